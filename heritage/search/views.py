"""The search page, its suggestions, its results for machines, and the description by which a browser adds it."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from heritage.catalog.people import queries as people
from heritage.core import languages, limits
from heritage.maps import shell
from heritage.search import exports, facets, geometry, histogram, params, saving, service, tallies, wording
from heritage.search.admin.access import may_see_reports
from heritage.search.contract import Query, Result, Sort

SORTS = {
    Sort.RELEVANCE: _("Relevance"),
    Sort.TITLE: _("Name, A to Z"),
    Sort.NEWEST: _("Last changed"),
    Sort.NEAREST: _("Distance"),
}
BESIDE = ("subject", "decade")
"""Facets that the page shows beside those that every query counts."""
PEOPLE_SHOWN = 5
"""People above the results: asked of the database each time, for an index would outlive their consent."""
SHOWN_AT_FIRST = 8
"""Values of a facet shown before the rest unfolds."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page; with `format` the same results as JSON, CSV, GeoJSON or RSS."""
    query, unread = params.read(request)
    if writer := exports.writer(request.GET.get("format", "")):
        return writer(request, query)
    query = replace(query, facets=(*query.facets, *BESIDE))
    result = service.search(query)
    text = result.query.text
    in_names = people.is_in_names(text)
    found = people.named(text, PEOPLE_SHOWN) if in_names and result.query.page == 1 else []
    if not (in_names and people.is_a_name(text)):  # what others search for is shown to all; a name must not be
        _count(result)
    on_map = request.GET.get("view") == "map"
    request.GET = params.query_dict(result.query)  # type: ignore[assignment]  # what pager and language switch carry on
    context = _context(request, result, unread, on_map=on_map) | {"people": found}
    response = render(request, "search/page.html", context)
    if found:  # named as long as they consent, and not a minute longer in anybody's cache
        response["Cache-Control"] = people.NOTHING_KEPT
    return response


def _count(result: Result) -> None:
    """Only what was typed is counted, not each page and choice after it."""
    query = result.query
    if query.text and query.page == 1 and not params.query_dict(replace(query, text="")):
        tallies.note(query.text, 0 if result.did_you_mean else result.total)


def _context(request: HttpRequest, result: Result, unread: list[Any], *, on_map: bool) -> dict[str, Any]:
    query = result.query
    is_away = result.engine == "database"
    return {
        "query": query,
        "result": result,
        "page": _page(result),
        "said_back": wording.said_back(result),
        "bounds": wording.bounds(query, result),
        "notices": wording.notices([*unread, *result.notices]),
        "facets": [] if is_away else [o for name in query.facets if name != "decade" and (o := _facet(name, result))],
        "histogram": None if is_away else histogram.drawn(result),
        "related": tallies.related(query.text),
        "map": None if is_away else _map(result, shown=on_map),
        "saved": saving.is_saved(request.user, query),
        "save_address": params.write(query),
        "tabs": [] if is_away else _tabs(result),
        "sorts": _sorts(query),
        "clear_url": f"?{params.write(query, filters={}, near=None, box=None, years=None)}" if query.text else "?",
        "is_filtered": bool(query.filters or query.near or query.box or query.years),
        "explain_url": _explain_url(request, query),
        "formats": [(name, label, f"?{params.write(query)}&format={name}") for name, label in exports.LABELS.items()],
        "other_language_url": _in_language("en" if languages.current() == "vi" else "vi", query),
        "rss_url": f"?{params.write(query)}&format=rss",
    }


def _map(result: Result, *, shown: bool) -> dict[str, Any]:
    """Where the hits lie: the map itself only when it is asked for, else the address that asks."""
    asked = params.write(result.query)
    found: dict[str, Any] = {"is_shown": shown, "url": f"?{asked}" if shown else f"?{asked}&view=map"}
    if shown:
        found["drawn"] = shell.ground(str(_("Map of the results")))
        found["data"] = f"?{asked}&format=geojson"
        found["metres"] = f"{geometry.USUAL:g}"
        found["box"] = f"?{params.write(result.query, box=None, near=None)}"
    return found


def _explain_url(request: HttpRequest, query: Query) -> str:
    """For staff: why the hits stand in this order."""
    user = request.user
    if not query.text or not getattr(user, "is_authenticated", False) or not may_see_reports(user):
        return ""
    asked = {name: value for name, value in params.query_dict(query).items() if name in ("q", "near")}
    return f"{reverse('search_report')}?{urlencode(asked)}"


def _in_language(language: str, query: Query) -> str:
    asked = params.write(query, page=query.page)
    return f"{_address(language)}?{asked}" if asked else _address(language)


@lru_cache(maxsize=2)
def _address(language: str) -> str:
    with override(language):
        return reverse("search")


def _page(result: Result) -> Page:
    numbers = Paginator(range(min(result.total, result.query.size * 1000)), result.query.size)
    return numbers.get_page(result.query.page)


def _facet(name: str, result: Result) -> dict[str, Any] | None:
    counts = [one for one in result.facets.get(name, ()) if name != "kind" or one.depth]
    if not counts:
        return None
    options = [
        {
            "label": facets.label(name, one.value),
            "count": wording.counted(one.count),
            "url": f"?{params.toggled(result.query, name, one.value)}",
            "selected": one.is_chosen,
            "depth": one.depth - (name == "kind"),
        }
        for one in counts
    ]
    chosen = any(option["selected"] for option in options)
    first = [o for i, o in enumerate(options) if i < SHOWN_AT_FIRST or o["selected"]]
    rest = [o for o in options if o not in first]
    return {
        "name": name,
        "title": facets.TITLES[name],
        "first": first,
        "rest": rest,
        "open": chosen or name != "period",
    }


def _tabs(result: Result) -> list[dict[str, Any]]:
    """The groups by kind: each with its count, all of them first."""
    query = result.query
    if not any(one.count for one in result.facets.get("kind", ())):
        return []
    chosen = {value.partition("/")[0] for value in query.filters.get("kind", ())}
    tops = [one for one in result.facets.get("kind", ()) if not one.depth]
    without = query.without("kind").filters
    total = wording.counted(sum(one.count for one in tops))
    tabs = [
        {"label": _("All"), "count": total, "url": f"?{params.write(query, filters=without)}", "current": not chosen}
    ]
    tabs += [
        {
            "label": facets.label("kind", one.value),
            "count": wording.counted(one.count),
            "url": f"?{params.write(query, filters={**without, 'kind': (one.value,)})}",
            "current": one.value in chosen,
        }
        for one in tops
    ]
    return tabs


def _sorts(query: Query) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?{params.write(query, sort=sort)}", "current": query.sort is sort}
        for sort, label in SORTS.items()
        if sort is not Sort.NEAREST or query.near
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{"text", "parts", "url", "kind", "number", "place", "thumbnail"}]}` for what is being typed."""
    text, _was_cut = limits.query_text(request.GET)
    found = service.suggest(text, languages.current())
    answer = JsonResponse(
        {
            "suggestions": [
                {
                    "text": one.text.text,
                    "parts": [[segment.text, segment.is_match] for segment in one.text.segments],
                    "url": one.url,
                    "kind": str(facets.KINDS[one.kind]),
                    "number": one.number,
                    "place": one.place,
                    "thumbnail": one.thumbnail,
                }
                for one in found
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = "public, max-age=60"
    return answer


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1 description: lets a browser offer this search in its own box."""
    context = {"search_path": reverse("search"), "suggest_path": reverse("opensearch_suggest")}
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def opensearch_suggest(request: HttpRequest) -> HttpResponse:
    """The OpenSearch suggestions extension: `[typed, [names], [descriptions], [addresses]]`."""
    text, _was_cut = limits.query_text(request.GET)
    found = service.suggest(text, languages.current())
    rows = [text, [one.text.text for one in found], [one.place for one in found]]
    rows.append([request.build_absolute_uri(one.url) for one in found])
    return HttpResponse(json.dumps(rows, ensure_ascii=False), content_type="application/x-suggestions+json")
