"""The library's home with its shelves, and the page of a work."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.core.limits import query_text
from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.library import access
from heritage.library.models import Audience, EditionKind, Language, Subject, Work
from heritage.library.queries import published
from heritage.library.queries.page import work_context
from heritage.library.queries.shelf_counts import counts
from heritage.library.queries.shelves import Shelf, page_of_shelf


@require_safe
def library_home(request: HttpRequest) -> HttpResponse:
    """Works, newest first, by kind, language, audience, subject and words of the title."""
    shelf = Shelf.from_query(request.GET)
    words, was_cut = query_text(request.GET)
    counted = counts(shelf, words)
    page = page_of_shelf(shelf, words, request.GET, counted.total)
    context = {
        "shelf": shelf,
        "words": words,
        "was_cut": was_cut,
        "page": page,
        "facets": _facets(request.GET, shelf, counted.by),
        "card": access.card_of(request.user),
    }
    return render(request, "library/home.html", context)


@require_safe
def work_page(request: HttpRequest, number: str) -> HttpResponse:
    """A public work; 410 with the reason where it was withdrawn, else 404."""
    works = Work.objects.select_related("cover", "unit")
    work = works.prefetch_related("contributors", "subjects", "editions__digital_object").filter(number=number).first()
    if work is None or not access.may_see(request.user, work):
        return absent(request, number)
    return render(request, "library/work.html", work_context(work, request.user))


def absent(request: HttpRequest, number: str) -> HttpResponse:
    """The answer for a work that is not public."""
    tombstone = Identifier.objects.select_related("successor").filter(number=number, model="library.work").first()
    if tombstone is None or tombstone.state == State.ACTIVE:
        raise Http404
    successor = published().filter(number=tombstone.successor.number).first() if tombstone.successor else None
    if successor is not None:
        return HttpResponsePermanentRedirect(successor.get_absolute_url())
    reason = languages.in_language(tombstone, "reason")
    return render(request, "library/withdrawn.html", {"tombstone": tombstone, "reason": reason}, status=410)


def _facets(params: QueryDict, shelf: Shelf, counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """Each filter with its options as links; a chosen one leads to the page without it."""
    labels: dict[str, dict[str, Any]] = {
        "kind": dict(EditionKind.choices),
        "language": dict(Language.choices),
        "audience": dict(Audience.choices),
        "subject": {s.slug: str(s) for s in Subject.objects.filter(slug__in=counted["subject"])},
    }
    titles = Shelf.titles()
    return [
        {
            "title": titles[name],
            "options": [
                _option(params, shelf, name, value, labels[name].get(value, value), n) for value, n in values.items()
            ],
        }
        for name, values in counted.items()
    ]


def _option(params: QueryDict, shelf: Shelf, name: str, value: str, label: Any, count: int) -> dict[str, Any]:
    query = params.copy()
    query.pop("page", None)
    selected = getattr(shelf, name) == value
    if selected:
        query.pop(name, None)
    else:
        query[name] = value
    return {"label": label, "count": count, "url": f"?{query.urlencode()}", "selected": selected}
