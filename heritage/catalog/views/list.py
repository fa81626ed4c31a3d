"""The public list of records."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heritage.catalog.browsing import Browsing, Filters
from heritage.core.limits import page_number


class BrowsingPaginator(Paginator):
    """Pages of a browsing, whose count is kept and whose rows are fetched by key."""

    def __init__(self, browsing: Browsing, size: int) -> None:
        super().__init__([], size)
        self.browsing = browsing
        self.count = browsing.count()  # type: ignore[misc]

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.browsing.rows(first, first + self.per_page), number, self)


@require_safe
def record_list(request: HttpRequest) -> HttpResponse:
    """Records by kind, rank, type and place, in dictionary order, a page at a time."""
    browsing = Browsing(Filters.read(request.GET))
    paginator = BrowsingPaginator(browsing, settings.PUBLIC_PAGE_SIZE)
    page = paginator.get_page(page_number(request.GET))
    context: dict[str, Any] = {
        "browsing": browsing,
        "page": page,
        "facets": browsing.facets(),
        "said": browsing.said(),
        "filters": browsing.filters,
        "kept": [(name, value) for name, value in vars(browsing.filters).items() if value and name != "as_of"],
        "without_day": browsing.filters.query(as_of=""),
    }
    return render(request, "catalog/record_list.html", context)
