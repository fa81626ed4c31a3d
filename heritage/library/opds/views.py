"""The OPDS feeds over HTTP."""

import json
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.core.addresses import absolute
from heritage.core.limits import query_text
from heritage.library import access
from heritage.library.models import EditionKind, Work
from heritage.library.models.forms import masks_with
from heritage.library.opds import publications as parts
from heritage.library.queries import published
from heritage.library.queries.lending import availabilities
from heritage.library.queries.page import edition_of
from heritage.library.queries.shelves import Shelf, counts, for_list, matching, page_of_counted

PAGE_SIZE = 30
ACQUIRED = (EditionKind.EBOOK.value, EditionKind.AUDIOBOOK.value)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The whole catalogue, newest first: paging, facets, search (`query`), OPDS 2.0."""
    words, _was_cut = query_text(request.GET, "query")
    shelf = Shelf.from_query(request.GET)
    counted = counts(shelf, words, ACQUIRED)
    rows = _acquirable(shelf.of(matching(published(), words)))
    page = page_of_counted(rows, request.GET, counted.total, PAGE_SIZE)
    works = list(page)
    body: dict[str, Any] = {
        "metadata": {
            "title": _("Library"),
            "numberOfItems": page.paginator.count,
            "itemsPerPage": PAGE_SIZE,
            "currentPage": page.number,
        },
        "links": _links(request, page),
    }
    if works:
        stocks = availabilities([e for work in works for e in work.editions.all() if e.is_lent])
        body["publications"] = [parts.publication(work, stocks) for work in works]
    else:
        body["navigation"] = [{"href": absolute(reverse("opds2")), "title": _("Library"), "type": parts.FEED}]
    if facets := _facets(shelf, counted.by):
        body["facets"] = facets
    return _answer(body, parts.FEED)


@require_safe
def work(request: HttpRequest, number: str) -> HttpResponse:
    """One publication by itself."""
    found = get_object_or_404(_acquirable(published()), number=number)
    stocks = availabilities([edition for edition in found.editions.all() if edition.is_lent])
    return _answer(parts.publication(found, stocks), parts.PUBLICATION)


@require_safe
def audiobook(request: HttpRequest, number: str) -> HttpResponseBase:
    """The manifest of an audiobook, for whom the audiobook is open."""
    found = get_object_or_404(Work.objects.prefetch_related("contributors", "subjects", "editions"), number=number)
    edition = edition_of(found, EditionKind.AUDIOBOOK)
    if edition is None:
        raise Http404
    door, _loan = access.door(request.user, edition)
    if door is access.Door.CLOSED:
        raise Http404
    if not door.lets_in:
        return HttpResponse(status=401 if door is access.Door.LOGIN else 403, content_type="text/plain")
    chapters = list(edition.chapters.all())
    return _answer(parts.audiobook_manifest(found, edition, list(edition.tracks.all()), chapters), parts.AUDIOBOOK)


def _acquirable(works: QuerySet[Work]) -> QuerySet[Work]:
    """Works of which a reading program can have something."""
    return for_list(works.filter(forms__in=masks_with(*ACQUIRED))).prefetch_related("subjects")


def _links(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    def at(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return absolute(f"{reverse('opds2')}?{query.urlencode()}")

    links: list[dict[str, Any]] = [
        {"rel": "self", "href": absolute(request.get_full_path()), "type": parts.FEED},
        {"rel": "start", "href": absolute(reverse("opds2")), "type": parts.FEED},
        {"rel": "search", "href": absolute(reverse("opds2")) + "{?query}", "type": parts.FEED, "templated": True},
        {"rel": "alternate", "href": absolute(reverse("library")), "type": "text/html"},
        {"rel": "register", "href": absolute(reverse("register")), "type": "text/html"},
        {"rel": "first", "href": at(1), "type": parts.FEED},
        {"rel": "last", "href": at(page.paginator.num_pages), "type": parts.FEED},
    ]
    if page.has_next():
        links.append({"rel": "next", "href": at(page.next_page_number()), "type": parts.FEED})
    if page.has_previous():
        links.append({"rel": "previous", "href": at(page.previous_page_number()), "type": parts.FEED})
    return links


def _facets(shelf: Shelf, counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    titles = Shelf.titles()
    labels = {"kind": dict(EditionKind.choices), "language": dict(Work._meta.get_field("language").flatchoices)}
    facets = []
    for name, values in counted.items():
        links = [
            {
                "href": absolute(f"{reverse('opds2')}?{name}={value}"),
                "type": parts.FEED,
                "title": str(labels[name].get(value, value)),
                "properties": {"numberOfItems": number},
            }
            for value, number in values.items()
            if name in labels
        ]
        if links:
            facets.append({"metadata": {"title": str(titles[name])}, "links": links})
    return facets


def _answer(body: dict[str, Any], media_type: str) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, content_type=media_type, headers={"Content-Language": languages.current()})
