"""The OPDS feeds over HTTP."""

import datetime as dt
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from heritage.core.addresses import absolute
from heritage.core.limits import query_text
from heritage.library import access
from heritage.library.models import EditionKind, Work
from heritage.library.models.forms import masks_with
from heritage.library.opds import atom, authentication
from heritage.library.opds import publications as parts
from heritage.library.queries import published
from heritage.library.queries.lending import availabilities
from heritage.library.queries.page import edition_of
from heritage.library.queries.shelf_counts import counts
from heritage.library.queries.shelves import Shelf, for_list, page_of_shelf

PAGE_SIZE = 30
AUTHENTICATION = "http://opds-spec.org/auth/document"
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ACQUIRED = (EditionKind.EBOOK.value, EditionKind.AUDIOBOOK.value)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The whole catalogue, newest first: paging, facets, search (`query`), OPDS 2.0."""
    words, _was_cut = query_text(request.GET, "query")
    shelf = Shelf.from_query(request.GET)
    counted = counts(shelf, words, ACQUIRED)
    page = _page(request, shelf, words, counted.total)
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
    return parts.answer(body, parts.FEED)


@require_safe
def work(request: HttpRequest, number: str) -> HttpResponse:
    """One publication by itself."""
    found = get_object_or_404(_acquirable(published()), number=number)
    stocks = availabilities([edition for edition in found.editions.all() if edition.is_lent])
    return parts.answer(parts.publication(found, stocks), parts.PUBLICATION)


@require_safe
def audiobook(request: HttpRequest, number: str) -> HttpResponseBase:
    """The manifest of an audiobook, for whom the audiobook is open."""
    found = get_object_or_404(
        Work.objects.prefetch_related("contributors__authority", "subjects", "editions"), number=number
    )
    edition = edition_of(found, EditionKind.AUDIOBOOK)
    if edition is None:
        raise Http404
    user = request.user if request.user.is_authenticated else authentication.reader_of(request) or request.user
    door, _loan = access.door(user, edition)
    if door is access.Door.CLOSED:
        raise Http404
    if not door.lets_in:
        return authentication.refusal(request) if door is access.Door.LOGIN else HttpResponse(status=403)
    chapters = list(edition.chapters.all())
    return parts.answer(parts.audiobook_manifest(found, edition, list(edition.tracks.all()), chapters), parts.AUDIOBOOK)


@require_safe
@cache_control(public=True, max_age=3600)
def authentication_document(request: HttpRequest) -> HttpResponse:
    """How reading programs log in (drafts.opds.io/authentication-for-opds-1.0)."""
    return parts.answer(authentication.document(request), authentication.DOCUMENT)


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponse:
    """The whole catalogue as OPDS 1.2: the same paging, facets (`kind`, `language`) and search (`query`)."""
    words, _was_cut = query_text(request.GET, "query")
    shelf = Shelf.from_query(request.GET)
    counted = counts(shelf, words, ACQUIRED)
    page = _page(request, shelf, words, counted.total)
    works = list(page)
    stocks = availabilities([e for work in works for e in work.editions.all() if e.is_lent])
    newest = max((work.modified_at for work in works), default=EPOCH).isoformat()
    links = [*_links_1(request, page), *_facet_links(shelf, counted.by)]
    root = atom.feed(absolute(reverse("opds1")), _("Library"), newest, links, counted.total, PAGE_SIZE)
    root.extend(atom.entry(work, parts.publication(work, stocks)) for work in works)
    return parts.answer_bytes(atom.serialise(root), atom.FEED)


@require_safe
def atom_work(request: HttpRequest, number: str) -> HttpResponse:
    """One work as an entry of OPDS 1.2."""
    found = get_object_or_404(_acquirable(published()), number=number)
    stocks = availabilities([edition for edition in found.editions.all() if edition.is_lent])
    return parts.answer_bytes(atom.entry_document(found, parts.publication(found, stocks)), atom.ENTRY)


@require_safe
@cache_control(public=True, max_age=3600)
def open_search(request: HttpRequest) -> HttpResponse:
    """How to search the catalogue (OpenSearch 1.1)."""
    template = absolute(reverse("opds1")) + "?query={searchTerms}"
    return parts.answer_bytes(atom.search_description(_("Library"), template), atom.DESCRIPTION)


def _links_1(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """The links of the feed as Atom has them."""
    links = [link for link in _links(request, page, "opds1", atom.FEED) if not link.get("templated")]
    search = {"rel": "search", "href": absolute(reverse("opds_search")), "type": atom.DESCRIPTION}
    return [*links, search]


def _facet_links(shelf: Shelf, counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "rel": atom.FACET,
            "href": link["href"].replace("/opds/2/", "/opds/1/"),
            "type": atom.FEED,
            "title": link["title"],
            f"{{{atom.OPDS}}}facetGroup": facet["metadata"]["title"],
            f"{{{atom.THREAD}}}count": link["properties"]["numberOfItems"],
            **({f"{{{atom.OPDS}}}activeFacet": "true"} if link.get("rel") == "self" else {}),
        }
        for facet in _facets(shelf, counted)
        for link in facet["links"]
    ]


def _page(request: HttpRequest, shelf: Shelf, words: str, count: int) -> Page:
    return page_of_shelf(shelf, words, request.GET, count, kinds=ACQUIRED, size=PAGE_SIZE, also=["subjects"])


def _acquirable(works: QuerySet[Work]) -> QuerySet[Work]:
    """Works of which a reading program can have something."""
    return for_list(works.filter(forms__in=masks_with(*ACQUIRED))).prefetch_related("subjects")


def _links(request: HttpRequest, page: Page, name: str = "opds2", kind: str = parts.FEED) -> list[dict[str, Any]]:
    def at(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return absolute(f"{reverse(name)}?{query.urlencode()}")

    links: list[dict[str, Any]] = [
        {"rel": "self", "href": absolute(request.get_full_path()), "type": kind},
        {"rel": "start", "href": absolute(reverse(name)), "type": kind},
        {"rel": "search", "href": absolute(reverse(name)) + "{?query}", "type": kind, "templated": True},
        {"rel": "alternate", "href": absolute(reverse("library")), "type": "text/html"},
        {"rel": AUTHENTICATION, "href": absolute(reverse("opds_authentication")), "type": authentication.DOCUMENT},
        {"rel": "http://opds-spec.org/shelf", "href": absolute(reverse("opds2_shelf")), "type": parts.FEED},
        {"rel": "register", "href": absolute(reverse("register")), "type": "text/html"},
        {"rel": "first", "href": at(1), "type": kind},
        {"rel": "last", "href": at(page.paginator.num_pages), "type": kind},
    ]
    if page.has_next():
        links.append({"rel": "next", "href": at(page.next_page_number()), "type": kind})
    if page.has_previous():
        links.append({"rel": "previous", "href": at(page.previous_page_number()), "type": kind})
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
                **({"rel": "self"} if getattr(shelf, name) == value else {}),
            }
            for value, number in values.items()
            if name in labels
        ]
        if links:
            facets.append({"metadata": {"title": str(titles[name])}, "links": links})
    return facets
