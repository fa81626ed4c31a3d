"""What the library adds to the page of a heritage record."""

from typing import Any

from django.http import HttpRequest

from heritage.catalog.models import Record
from heritage.core.sections import Section, register
from heritage.library.models import Access, Edition, EditionKind
from heritage.library.queries import published

MOST = 12


def register_sections() -> None:
    register("catalog.record", Section("books", 60, "library/sections/books.html", books_about))
    register("catalog.record", Section("listen", 55, "library/sections/listen.html", audiobooks_about))


def books_about(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """Published works that are about `record`; nothing where there are none."""
    works = list(published().filter(records=record.pk).prefetch_related("contributors", "editions")[:MOST])
    return {"works": works} if works else None


def audiobooks_about(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """What can be heard about `record`: open or lent audiobooks of published works about it."""
    rows = Edition.objects.filter(kind=EditionKind.AUDIOBOOK, work__live=True, work__records=record.pk)
    heard = list(rows.exclude(access=Access.STAFF).select_related("work").order_by("pk")[:MOST])
    return {"editions": heard} if heard else None
