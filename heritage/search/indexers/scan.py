"""Text inside scans and recordings, each a document that leads to its place.

Of an open digital object: the page text of each page, and what is said in each recording by its captions.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.db.models import Prefetch, Q, QuerySet

from heritage.catalog.models import Record, RecordObject
from heritage.core import languages
from heritage.iiif import queries
from heritage.iiif.models import Canvas, Caption, DigitalObject, PageText
from heritage.iiif.models.digital_object import Audience
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer, addresses
from heritage.search.indexers.record import unit_path

PAGE = {"vi": "trang", "en": "page"}
CAPTION = "c"
"""Stands before the primary key of captions where a page's document has that of its canvas."""


class ScanTextIndexer(Indexer):
    """Obeys the object's access and audience: text of pictures that only some may see is nobody's to find."""

    model = "iiif.digitalobject"
    kind = DocumentKind.SCAN

    def rows(self) -> QuerySet[DigitalObject]:
        written = PageText.objects.exclude(text="").exclude(canvas__pyramid="")
        read_by_all = Q(audience__in=(Audience.FULL, Audience.REDUCED), pk__in=written.values("canvas__digital_object"))
        said = Caption.objects.exclude(words="")
        heard_by_all = Q(audience=Audience.FULL, pk__in=said.values("canvas__digital_object"))
        return DigitalObject.objects.open().filter(read_by_all | heard_by_all)

    def whole(self, rows: QuerySet[DigitalObject]) -> QuerySet[DigitalObject]:
        shown = Canvas.objects.filter(queries.LISTED).order_by("order", "pk").defer("technical")
        said = Caption.objects.defer("text", "folded").order_by("language")
        texts = PageText.objects.only("canvas_id", "text", "language", "modified_at")
        return rows.prefetch_related(
            Prefetch(
                "canvases",
                shown.prefetch_related(Prefetch("page_text", texts), Prefetch("captions", said, to_attr="said")),
                to_attr="shown_canvases",
            ),
            Prefetch("record_objects", RecordObject.objects.select_related("record__unit__province"), to_attr="links"),
        )

    def containing(self, word: str, folded: str) -> Q:
        return Q(pk__in=())

    def named(self, words: Iterable[tuple[str, str]], limit: int) -> Iterator[Document]:
        """Without the index no text is looked through: that is not done within a second."""
        return iter(())

    def of_one(self, instance: Any) -> Iterator[Document]:
        record = next((link.record for link in instance.links if link.record.live), None)
        for number, canvas in enumerate(instance.shown_canvases, 1):
            text = getattr(canvas, "page_text", None)
            if text is not None and text.text.strip():
                place = region(canvas.image_identifier, (0, 0, canvas.width or 1, canvas.height or 1))
                yield self._document(instance, canvas, number, record, str(canvas.pk), place, text)
            for caption in canvas.said if instance.audience == Audience.FULL else []:
                place = quote(canvas.image_identifier, safe="")
                yield self._document(instance, canvas, number, record, f"{CAPTION}{caption.pk}", place, caption)

    def _document(
        self,
        instance: Any,
        canvas: Canvas,
        number: int,
        record: Record | None,
        part: str,
        place: str,
        text: PageText | Caption,
    ) -> Document:
        language = text.language[:2].lower()
        return Document(
            id=f"{self.identity(instance)}/{part}",
            kind=self.kind,
            number=record.number if record else "",
            urls={code: f"{path}#{place}" for code, path in addresses("digital_object", instance.identifier).items()},
            titles={code: _title(instance, canvas, number, code) for code in languages.LANGUAGES},
            bodies={
                language if language in languages.LANGUAGES else "vi": text.words
                if isinstance(text, Caption)
                else text.text
            },
            facets={"kind": (str(self.kind),), "unit": (unit_path(record),) if record and unit_path(record) else ()},
            place=record.name_vi if record and record.name_vi != instance.label_vi else "",
            modified=text.modified_at.isoformat(),
            is_part=True,
        )


def region(image: str, box: tuple[int, int, int, int]) -> str:
    """The part of an address by which the viewer opens a page at a box of its pixels: `TN01-1.3/x,y,width,height`."""
    return f"{quote(image, safe='')}/{','.join(map(str, box))}"


def _title(instance: DigitalObject, canvas: Canvas, number: int, language: str) -> str:
    """`Bia chùa Hang, trang 3`; in English where there is one. A recording without a name of its own has no page."""
    label = instance.label_en if language == "en" and instance.label_en else instance.label_vi
    own = canvas.label_en if language == "en" and canvas.label_en else canvas.label_vi
    place = own or ("" if canvas.is_recording else f"{PAGE[language]} {number}")
    return f"{label}, {place}" if place else label
