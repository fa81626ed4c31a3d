"""Pages of a list: `count`, `next`, `previous`, `results`."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

from heritage.core.addresses import absolute
from heritage.publishing.api.problems import Problem, refuse_unknown

LARGEST_PAGE = 100
COUNTS_FOR = 60  # seconds; a deletion, which leaves no trace in the newest change, shows after that


class PageQuery(Schema):
    """Which page; every list takes these beside its own filters."""

    page: int = Field(1, ge=1, le=settings.PUBLIC_MAX_PAGE, description="Page, from 1.")
    page_size: int = Field(
        settings.PUBLIC_PAGE_SIZE, ge=1, le=LARGEST_PAGE, description=f"Results per page, at most {LARGEST_PAGE}."
    )


def page_of(
    request: HttpRequest,
    query: PageQuery,
    rows: QuerySet,
    describe_page: Callable[[list[Any]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """One page of `rows` as the API answers it.

    Raises:
        Problem: an unknown parameter, or a page after the last.
    """
    refuse_unknown(request, type(query).model_fields)
    count = _counted(rows)
    start = (query.page - 1) * query.page_size
    found = list(rows[start : start + query.page_size]) if start < count else []
    return answer(request, query, count, describe_page(found))


def _counted(rows: QuerySet) -> int:
    """How many `rows` there are; kept until one of their kind is saved, for counting reads them all."""
    plain = rows.order_by()
    if not any(field.name == "modified_at" for field in rows.model._meta.fields):
        return plain.count()
    newest = rows.model._default_manager.aggregate(newest=Max("modified_at"))["newest"]
    try:
        asked = hashlib.sha256(str(plain.query).encode()).hexdigest()[:24]
    except EmptyResultSet:  # what is asked for cannot be
        return 0
    key = f"api:count:{asked}:{newest.timestamp() if newest else 0}"
    return int(cache.get_or_set(key, plain.count, COUNTS_FOR) or 0)


def answer(request: HttpRequest, query: PageQuery, count: int, results: list[dict[str, Any]]) -> dict[str, Any]:
    """The envelope of a list.

    Raises:
        Problem: the page lies after the last one.
    """
    last = max(1, -(-count // query.page_size))
    if query.page > last:
        detail = f"there is no page {query.page}; the last one is {last}"
        raise Problem(404, f"page: {detail}", [("page", detail)])
    return {
        "count": count,
        "next": _address(request, query.page + 1) if query.page < min(last, settings.PUBLIC_MAX_PAGE) else None,
        "previous": _address(request, query.page - 1) if query.page > 1 else None,
        "results": results,
    }


def _address(request: HttpRequest, page: int) -> str:
    """The same list at another page, at the site's public address whatever host the request named."""
    values = {name: request.GET.getlist(name) for name in request.GET if name != "page"}
    return absolute(f"{request.path}?{urlencode({**values, 'page': page}, doseq=True)}")
