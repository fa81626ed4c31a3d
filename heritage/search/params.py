"""An address's parameters as a query, and a query as an address; nothing in an address is an error."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, QueryDict

from heritage.core import languages, limits
from heritage.search import facets, geometry
from heritage.search.contract import PUBLIC, Box, Near, Notice, Query, Sort

LONGEST_VALUE = 200
LONGEST_NUMBER = 40
_YEARS = re.compile(r"(-?\d{1,4})\.\.(-?\d{1,4})\Z")


def read(request: HttpRequest, *, size: int | None = None) -> tuple[Query, list[Notice]]:
    """The query that the address asks, and what of it could not be read."""
    query, notices = read_from(request.GET, languages.current(), size)
    return replace(query, audience=audience(request)), notices


def read_from(params: QueryDict, language: str, size: int | None = None) -> tuple[Query, list[Notice]]:
    """The same from the parameters alone, as everybody."""
    notices: list[Notice] = []
    text, was_cut = limits.query_text(params)
    if was_cut:
        notices.append(Notice("cut"))
    query = Query(
        text=text,
        filters={name: values for name in facets.KNOWN if (values := _values(params, name))},
        page=limits.page_number(params),
        size=size or settings.PUBLIC_PAGE_SIZE,
        sort=_sort(params.get("sort", "")),
        language=language,
        near=_near(params.get("near", ""), notices),
        box=_box(params.get("box", ""), notices),
        years=_years(params.get("years", ""), notices),
        like=text_of(params.get("like", ""))[:LONGEST_NUMBER],
    )
    if query.near and not params.get("sort") and not query.text:
        query = replace(query, sort=Sort.NEAREST)
    return query, notices


def text_of(value: str) -> str:
    """A short value from an address, without what cannot be printed."""
    return "".join(char for char in value[:LONGEST_VALUE] if char.isprintable()).strip()


def audience(request: HttpRequest) -> frozenset[str]:
    """What the visitor may find; staff see in public search what everybody sees."""
    return frozenset({PUBLIC})


def _values(params: QueryDict, name: str) -> tuple[str, ...]:
    values = (value.replace("\x00", "").strip()[:LONGEST_VALUE] for value in params.getlist(name)[:20])
    return tuple(dict.fromkeys(value for value in values if value))


def _sort(value: str) -> Sort:
    return Sort(value) if value in list(Sort) else Sort.RELEVANCE


def _near(value: str, notices: list[Notice]) -> Near | None:
    near = geometry.point(value)
    if value and near is None:
        notices.append(Notice("near_unread", value[:40]))
    return near


def _box(value: str, notices: list[Notice]) -> Box | None:
    """`west,south,east,north`, as in GeoJSON (RFC 7946, section 5)."""
    if not value:
        return None
    numbers = geometry.numbers(value, 4)
    if numbers is None or numbers[0] > numbers[2] or numbers[1] > numbers[3] or max(map(abs, numbers)) > 180:
        notices.append(Notice("box_unread", value[:40]))
        return None
    return Box(*numbers)


def _years(value: str, notices: list[Notice]) -> tuple[int, int] | None:
    if not value:
        return None
    match = _YEARS.match(value.strip())
    if not match:
        notices.append(Notice("years_unread", value[:40]))
        return None
    first, last = int(match[1]), int(match[2])
    return (first, last) if first <= last else (last, first)


def write(query: Query, **changes: Any) -> str:
    """The part of an address behind `?` for `query` with `changes`; the first page unless one is named."""
    values: dict[str, Any] = {"page": 1, **changes}
    changed = replace(query, **values)
    return "&".join(f"{name}={_quoted(value)}" for name, value in _pairs(changed))


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="/,.")


def query_dict(query: Query) -> QueryDict:
    """The parameters of `query`, nothing that is as by default."""
    params = QueryDict(mutable=True)
    for name, value in _pairs(query):
        params.appendlist(name, value)
    return params


def _pairs(query: Query) -> Iterator[tuple[str, str]]:
    if query.text:
        yield "q", query.text
    if query.like:
        yield "like", query.like
    for name, values in sorted(query.filters.items()):
        for value in values:
            yield name, value
    if query.near:
        yield "near", f"{query.near.latitude:.7g},{query.near.longitude:.8g},{query.near.metres:g}"
    if query.box:
        yield "box", ",".join(f"{x:g}" for x in (query.box.west, query.box.south, query.box.east, query.box.north))
    if query.years:
        yield "years", f"{query.years[0]}..{query.years[1]}"
    if query.sort is not Sort.RELEVANCE:
        yield "sort", str(query.sort)
    if query.page > 1:
        yield "page", str(query.page)


def toggled(query: Query, facet: str, value: str) -> str:
    """The address with `value` chosen in `facet`, or no longer; a place chosen lets go of those above and below it."""
    chosen = query.filters.get(facet, ())
    if value in chosen:
        values = tuple(one for one in chosen if one != value)
    else:
        related = {one for one in chosen if value.startswith(f"{one}/") or one.startswith(f"{value}/")}
        values = (*(one for one in chosen if one not in related), value)
    filters = {**query.filters, facet: values}
    return write(query, filters={name: values for name, values in filters.items() if values})
