"""The page of an authority name: its forms, years, identifiers, and the works it made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from heritage.core.limits import page_of
from heritage.library.models import AuthorityName
from heritage.library.queries import published
from heritage.library.queries.shelves import for_list


@require_safe
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """A name with at least one public work; others are absent."""
    works = published().filter(contributors__authority=pk).distinct()
    if not works.exists():
        raise Http404
    found = get_object_or_404(AuthorityName, pk=pk)
    return render(request, "library/name.html", {"name": found, "page": page_of(for_list(works), request.GET)})
