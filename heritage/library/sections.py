"""What the library adds to the page of a heritage record."""

from typing import Any

from django.http import HttpRequest

from heritage.catalog.models import Record
from heritage.core.sections import Section, register
from heritage.library.models import Access, EditionKind, Work
from heritage.library.queries import published

MOST = 12
LOOKED_AT = 60
"""Works about one record among which something to hear is sought."""


def register_sections() -> None:
    register("catalog.record", Section("books", 60, "library/sections/books.html", books_about))
    register("catalog.record", Section("listen", 55, "library/sections/listen.html", audiobooks_about))


def books_about(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """Published works that are about `record`; nothing where there are none."""
    works = _works(record)[:MOST]
    return {"works": works} if works else None


def audiobooks_about(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """What can be heard about `record`: open or lent audiobooks of published works about it."""
    editions = [edition for work in _works(record) for edition in work.editions.all()]
    heard = [each for each in editions if each.kind == EditionKind.AUDIOBOOK and each.access != Access.STAFF]
    return {"editions": heard[:MOST]} if heard else None


def _works(record: Record) -> list[Work]:
    """Read once for both sections of a page; `record` lives as long as its page is drawn."""
    if not hasattr(record, "_works_about"):
        rows = published().filter(records=record.pk).prefetch_related("contributors", "editions")
        record._works_about = list(rows[:LOOKED_AT])  # type: ignore[attr-defined]
    works: list[Work] = record._works_about  # type: ignore[attr-defined]
    return works
