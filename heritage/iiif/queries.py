"""Reads of iiif."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from heritage.iiif.models import (
    Access,
    Annotation,
    Audience,
    Canvas,
    Caption,
    CaptionLanguage,
    ControlPoint,
    DigitalObject,
    Moderation,
    PageText,
    Range,
    State,
)

SERVED_WHOLE = Q(duration__gt=0) | Q(media_type__startswith="model/", state=State.READY)
"""Canvases whose original is served as it came in: sound, film and 3D models."""

SHOWN = ~Q(pyramid="") | SERVED_WHOLE
"""Canvases that have something to show: a pyramid, a recording, or a model."""

LISTED = (SHOWN | Q(state=State.MISSING)) & Q(shown_on=None)
"""What stands in a manifest: the same and the missing pages, without what is shown on another canvas."""


@dataclass(frozen=True)
class ServedImage:
    """What the Image API needs to know of an image: sizes in pixels, `pyramid` below IIIF_PYRAMIDS_DIR.

    A reduced size has measures of its own; `reduced_by` is its factor, `whole` the image that it is made from.
    """

    identifier: str
    object_pk: int
    access: str
    pyramid: str
    version: str
    width: int
    height: int
    rights: str
    audience: str
    reduced_by: int = 1
    whole: "ServedImage | None" = None

    @property
    def is_public(self) -> bool:
        """Whether everybody gets all of it."""
        return self.access == Access.OPEN and self.audience == Audience.FULL

    @property
    def kept_as(self) -> str:
        """The access by which what stands between us and the reader may keep it."""
        return self.access if self.is_public else Access.STAFF


_SERVED = (
    "image_identifier",
    "digital_object_id",
    "digital_object__access",
    "pyramid",
    "version",
    "width",
    "height",
    "digital_object__rights",
    "digital_object__audience",
)


_ASKED = "\x00"
"""Stands for the identifier in the kept SQL; no identifier is this."""


@lru_cache(maxsize=1)
def _served_sql() -> tuple[str, tuple[str, ...]]:
    """The look-up of an image, built once: building it costs Django more than the database needs to answer it."""
    rows = Canvas.objects.filter(image_identifier=_ASKED).exclude(pyramid="").order_by()
    sql, parameters = rows.values_list(*_SERVED).query.sql_with_params()
    return sql, parameters


def served_image(image_identifier: str) -> ServedImage | None:
    """The image of that identifier, None where there is none that can be served; one query."""
    sql, parameters = _served_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, [image_identifier if value == _ASKED else value for value in parameters])
        row = cursor.fetchone()
    return ServedImage(*row) if row else None


@lru_cache(maxsize=4)
def _served_sql_of(vendor: str) -> str:
    """The look-up in the driver's own words: SQLite marks a parameter by `?`, and Django rewrites it at every call."""
    sql, _parameters = _served_sql()
    return sql.replace("%s", "?") if vendor == "sqlite" else sql


def served_image_directly(image_identifier: str) -> ServedImage | None:
    """`served_image` by the database's driver alone, for tiles: half of what Django's cursor takes is its wrapping.

    Raises:
        django.db.Error: the connection is lost; the next request by way of Django opens another.
    """
    _sql, parameters = _served_sql()
    values = [image_identifier if value == _ASKED else value for value in parameters]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute(_served_sql_of(connection.vendor), values).fetchone()
    return ServedImage(*row) if row else None


def open_objects() -> QuerySet[DigitalObject]:
    """Objects that everybody may see and that have something to show."""
    shown = Canvas.objects.filter(SHOWN).values("digital_object")
    return DigitalObject.objects.open().filter(pk__in=shown).order_by("identifier")


def for_viewer(objects: Iterable[DigitalObject]) -> list[DigitalObject]:
    """Those of `objects` that have a ready canvas, each with `ready_canvases`, in their order, and `ranges_in_order`.

    Two queries, one where `with_contents` has said that no object has ranges; each canvas says by `has_text` whether it
    has page text, by `beyond` what of a 3D model our viewer cannot draw.
    """
    found = list(objects)
    texts = PageText.objects.filter(canvas=OuterRef("pk"))
    ready = Canvas.objects.filter(LISTED).order_by("order", "pk").defer("technical")
    ready = ready.annotate(
        has_layers=Exists(Canvas.objects.filter(shown_on=OuterRef("pk"))),
        has_text=Exists(texts),
        beyond=F("technical__beyond"),
    )
    prefetch_related_objects(found, Prefetch("canvases", ready, to_attr="ready_canvases"))
    entries = Range.objects.order_by("order")
    shown = [obj for obj in found if obj.ready_canvases]
    for obj in shown:
        if not getattr(obj, "has_contents", True):
            obj.ranges_in_order = []
    with_ranges = [obj for obj in shown if not hasattr(obj, "ranges_in_order")]
    prefetch_related_objects(with_ranges, Prefetch("ranges", entries, to_attr="ranges_in_order"))
    return shown


def with_contents(objects: QuerySet[DigitalObject]) -> QuerySet[DigitalObject]:
    """Annotate each object with `has_contents`: whether it has ranges, which most scans have not."""
    return objects.annotate(has_contents=Exists(Range.objects.filter(digital_object=OuterRef("pk"))))


def states() -> dict[str, int]:
    """How many canvases there are in each state."""
    rows = Canvas.objects.values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows.order_by())


def ready_canvases(digital_object: DigitalObject) -> QuerySet[Canvas]:
    """What a manifest shows, in order."""
    return Canvas.objects.filter(LISTED, digital_object=digital_object).order_by("order", "pk")


def layers(canvases: Iterable[int]) -> dict[int, list[Canvas]]:
    """What is shown on each of these canvases (primary keys), in order, by the primary key of that canvas."""
    found: dict[int, list[Canvas]] = {}
    rows = Canvas.objects.filter(~Q(pyramid=""), shown_on__in=canvases).order_by("order", "pk").defer("technical")
    for row in rows:
        found.setdefault(row.shown_on_id or 0, []).append(row)
    return found


def captions(canvases: Iterable[int]) -> dict[int, list[Caption]]:
    """The captions of each of these recordings (primary keys), without their text, as viewers offer them."""
    rows = Caption.objects.filter(canvas__in=canvases).defer("text", "words", "folded")
    return {pk: in_order(some) for pk, some in _by_canvas(rows).items()}


def in_order(some: list[Caption]) -> list[Caption]:
    """Vietnamese, English, then the others by their code."""
    first = {CaptionLanguage.VIETNAMESE.value: 0, CaptionLanguage.ENGLISH.value: 1}
    return sorted(some, key=lambda one: (first.get(one.language, 2), one.language))


def canvases_with_text(digital_object: DigitalObject) -> set[int]:
    """The primary keys of the canvases that have page text."""
    rows = PageText.objects.filter(canvas__digital_object=digital_object)
    return set(rows.values_list("canvas_id", flat=True))


def ranges(digital_object: DigitalObject) -> list[Range]:
    """The entries of an object's contents, in order."""
    return list(Range.objects.filter(digital_object=digital_object).order_by("order"))


def remarks(digital_object: DigitalObject) -> QuerySet[Annotation]:
    """The remarks that staff published, oldest first."""
    rows = Annotation.objects.filter(canvas__digital_object=digital_object, state=Moderation.PUBLISHED)
    return rows.order_by("created_at", "pk")


def published_remarks(digital_object: DigitalObject) -> dict[int, list[Annotation]]:
    """The same by the primary key of their canvas."""
    return _by_canvas(remarks(digital_object))


def images_with_remarks(digital_object: DigitalObject) -> list[str]:
    """The image identifiers of the pages that have published remarks, in order."""
    published = Annotation.objects.filter(canvas=OuterRef("pk"), state=Moderation.PUBLISHED)
    rows = ready_canvases(digital_object).filter(Exists(published))
    return list(rows.values_list("image_identifier", flat=True))


def control_points(digital_object: DigitalObject) -> dict[int, list[ControlPoint]]:
    """The control points of an object's maps, by the primary key of their canvas."""
    return _by_canvas(ControlPoint.objects.filter(canvas__digital_object=digital_object).order_by("order", "pk"))


def _by_canvas(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.canvas_id, []).append(row)
    return found


def with_first_canvas(objects: QuerySet[DigitalObject]) -> list[DigitalObject]:
    """Each object with its first ready canvas as `first_canvases`, a list of one or none; two queries."""
    found = list(objects)
    earlier = Canvas.objects.filter(~Q(pyramid=""), shown_on=None, digital_object=OuterRef("digital_object")).order_by(
        "order", "pk"
    )
    first = Canvas.objects.filter(pk=Subquery(earlier.values("pk")[:1]))
    prefetch_related_objects(found, Prefetch("canvases", first, to_attr="first_canvases"))
    return found
