"""Search results for machines: JSON, CSV, GeoJSON (RFC 7946) and RSS 2.0, each the page that was asked for.

CSV and GeoJSON with points in them end with both archipelagos' names, as every map does, and with the licences of the
sources that ask to be named.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext

from heritage.core.addresses import absolute
from heritage.maps.shell import licensed
from heritage.places import archipelagos
from heritage.search import params, service, wording
from heritage.search.contract import Hit, Query, Result, Sort

SIZE = 100
"""Results on a page for machines."""
LABELS = {"csv": "CSV", "geojson": "GeoJSON", "rss": "RSS", "json": "JSON"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Writer = Callable[[HttpRequest, Query], HttpResponse]


def writer(name: str) -> Writer | None:
    return {"csv": as_csv, "geojson": as_geojson, "rss": as_rss, "json": as_json}.get(name)


def _result(query: Query) -> Result:
    return service.search(replace(query, size=SIZE))


def as_dict(hit: Hit) -> dict[str, Any]:
    """A hit under stable names, as the API gives it too."""
    return {
        "id": hit.id,
        "kind": str(hit.kind),
        "number": hit.number,
        "title": dict(hit.titles),
        "url": absolute(hit.url),
        "place": hit.place,
        "snippet": hit.snippet.text,
        "rank": next(iter(hit.facets.get("rank", ())), ""),
        "location": {"latitude": hit.location[0], "longitude": hit.location[1]} if hit.location else None,
        "distance": round(hit.distance) if hit.distance is not None else None,
        "modified": hit.modified,
    }


def as_json(request: HttpRequest, query: Query) -> HttpResponse:
    """`count`, `next`, `previous`, `results`, `facets`, `notices`."""
    result = _result(query)
    number, last = result.query.page, result.pages

    def address(page: int) -> str | None:
        inside = 1 <= page <= last
        return (
            request.build_absolute_uri(f"{request.path}?{params.write(query, page=page)}&format=json")
            if inside
            else None
        )

    body = {
        "count": result.total,
        "next": address(number + 1),
        "previous": address(number - 1),
        "results": [as_dict(hit) for hit in result.hits],
        "facets": {
            name: [{"value": one.value, "count": one.count} for one in counts] for name, counts in result.facets.items()
        },
        "did_you_mean": result.did_you_mean,
        "notices": [note["text"] for note in wording.notices(list(result.notices))],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def as_csv(request: HttpRequest, query: Query) -> HttpResponse:
    """One row a result, UTF-8 with a byte order mark, so that spreadsheets read the marks."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "kind", "title_vi", "title_en", "place", "rank", "latitude", "longitude", "url"])
    hits = _result(query).hits
    for hit in hits:
        one = as_dict(hit)
        where = one["location"] or {"latitude": "", "longitude": ""}
        cells = [one["number"], one["kind"], hit.titles.get("vi", ""), hit.titles.get("en", ""), one["place"]]
        cells += [one["rank"], where["latitude"], where["longitude"], one["url"]]
        rows.writerow([_harmless(cell) for cell in cells])
    if any(hit.location for hit in hits):
        for name, *point in archipelagos.points():
            rows.writerow(["", archipelagos.KIND, name, "", "", "", *point, ""])
        for licence in licensed():
            rows.writerow(["", "licence", licence, "", "", "", "", "", ""])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="search.csv"'
    return answer


def _harmless(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula is quoted; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_geojson(request: HttpRequest, query: Query) -> HttpResponse:
    """The results that have a place, as a feature collection."""
    features = [
        {
            "type": "Feature",
            "id": hit.number or hit.id,
            "geometry": {"type": "Point", "coordinates": [hit.location[1], hit.location[0]]},
            "properties": {
                "title": hit.title.text,
                "kind": str(hit.kind),
                "place": hit.place,
                "url": absolute(hit.url),
            },
        }
        for hit in _result(query).hits
        if hit.location
    ]
    features += archipelagos.features(lambda name: {"title": name})
    return JsonResponse(
        {"type": "FeatureCollection", "features": features, "licences": licensed()},
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False},
    )


def as_rss(request: HttpRequest, query: Query) -> HttpResponse:
    """The newest results first, to be followed."""
    result = _result(replace(query, sort=Sort.NEWEST))
    title = gettext("Search: %(text)s") % {"text": query.text} if query.text else gettext("Newest entries")
    here = f"{request.path}?{params.write(query)}"
    feed = Rss201rev2Feed(
        title=title,
        link=absolute(here),
        description=wording.said_back(result),
        language=query.language,
        feed_url=absolute(f"{here}&format=rss"),
    )
    for hit in result.hits:
        feed.add_item(
            title=hit.title.text,
            link=absolute(hit.url),
            description=hit.snippet.text or hit.place,
            unique_id=hit.id,
            unique_id_is_permalink=False,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
