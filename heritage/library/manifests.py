"""What the library says in the IIIF manifests of its scanned books, and the collection in which they are listed."""

from collections.abc import Mapping

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import translation

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.iiif.descriptions import Description, Link, Pair
from heritage.iiif.models import DigitalObject
from heritage.iiif.shelves import Shelf
from heritage.library.models import Access, Edition, EditionKind, Work

SHELF_NAME = {"vi": "Sách quét của thư viện", "en": "Scanned books of the library"}


def shelf() -> Shelf:
    return Shelf("library", SHELF_NAME, scanned_books)


def scanned_books() -> QuerySet[DigitalObject]:
    """Scans of books that the library shows to everybody."""
    shown = _open_editions().filter(kind=EditionKind.SCAN, digital_object__isnull=False)
    return DigitalObject.objects.filter(pk__in=shown.order_by().values("digital_object"))


def describe(objects: list[DigitalObject]) -> Mapping[int, Description]:
    """A description of each object that is a scan of a published work; two queries for any number of objects."""
    files = _open_editions().filter(kind=EditionKind.EBOOK).exclude(file="").order_by("pk")
    scans = _open_editions().filter(kind=EditionKind.SCAN, digital_object__in=[obj.pk for obj in objects])
    works = Prefetch("work__editions", files, to_attr="open_files")
    found: dict[int, Description] = {}
    for edition in scans.select_related("work").prefetch_related(works).order_by("pk"):
        if edition.digital_object_id is not None:
            found.setdefault(edition.digital_object_id, _description(edition.work))
    return found


def _open_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(access=Access.OPEN, work__live=True)


def _description(work: Work) -> Description:
    title = languages.pair(work, "title")
    pairs = []
    if work.publication_year:
        year = str(work.publication_year)
        pairs.append(Pair({"vi": "Năm xuất bản", "en": "Year of publication"}, {"vi": year, "en": year}))
    return Description(
        name=title,
        metadata=tuple(pairs),
        homepages=tuple(_page(work, language) for language in languages.LANGUAGES),
        renderings=tuple(_file(edition) for edition in work.open_files),  # type: ignore[attr-defined]
    )


def _page(work: Work, language: str) -> Link:
    with translation.override(language):
        path = reverse("work", args=[work.number])
    title = languages.pair(work, "title").get(language) or work.title_vi
    return Link(absolute(path), "text/html", {language: title}, language=language)


def _file(edition: Edition) -> Link:
    """The same text as an e-book, such as EPUB."""
    label = edition.get_format_display()
    return Link(absolute(reverse("edition_file", args=[edition.pk])), edition.media_type, {"vi": label, "en": label})
