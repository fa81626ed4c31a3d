"""Bounds on what the public may ask for."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from heritage.core.folding import nfc


def query_text(params: QueryDict, name: str = "q") -> tuple[str, bool]:
    """The text asked for, composed, without control characters, and whether it had to be cut."""
    raw = params.get(name, "")
    text = "".join(c if c.isprintable() else " " for c in raw[: settings.PUBLIC_QUERY_MAX_LENGTH * 4])
    text = " ".join(nfc(text).split())
    limit = settings.PUBLIC_QUERY_MAX_LENGTH
    return text[:limit].strip(), len(raw) > limit * 4 or len(text) > limit


def page_number(params: QueryDict, name: str = "page") -> int:
    """The page asked for; anything that is no page (`-1`, `abc`, 10^9) is the nearest that is one."""
    raw = params.get(name, "1")
    if not (raw.isascii() and raw.isdigit()) or len(raw) > 9:
        return settings.PUBLIC_MAX_PAGE if raw.isascii() and raw.isdigit() else 1
    return min(max(int(raw), 1), settings.PUBLIC_MAX_PAGE)


def page_of(rows: QuerySet, params: QueryDict, size: int | None = None) -> Page:
    """The asked-for page of `rows`, the last one where fewer exist."""
    return Paginator(rows, size or settings.PUBLIC_PAGE_SIZE).get_page(page_number(params))
