"""The map's page and the two answers it asks for while it is moved."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heritage.core import limits
from heritage.core.languages import current
from heritage.maps import finding, heat, historical, layers, shell, viewport

DEFAULT_FAMILIES = (layers.HERITAGE, layers.TOURISM)


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """The tourism map; `at=lat,lon,zoom`, `layers`, `ranks` and `open=number` say what it shows at first."""
    chosen = set(request.GET.get("layers", "").split(",")) & set(layers.BY_SLUG) or set(layers.BY_SLUG)
    bands = set(request.GET.get("ranks", "").split(",")) & set(layers.BAND_BY_SLUG)
    families = [
        {
            "slug": family,
            "options": [(layer, layer.slug in chosen) for layer in layers.LAYERS if layer.family == family],
        }
        for family in DEFAULT_FAMILIES
    ]
    context = {
        "map": shell.large(start_of(request.GET.get("at", "")), request.GET.get("open", "")[:40]),
        "families": families,
        "bands": [(band, band.slug in bands) for band in layers.BANDS if band.code],
        "is_open_wanted": request.GET.get("now") == "1",
    }
    return render(request, "maps/map.html", context)


def start_of(text: str) -> tuple[float, float, int] | None:
    """Latitude, longitude, zoom of `at=21.6,105.8,12`; None where it is none."""
    try:
        latitude, longitude, zoom = (float(part) for part in text[:80].split(","))
    except ValueError:
        return None
    if not (math.isfinite(zoom) and abs(latitude) <= 85 and abs(longitude) <= 180):
        return None
    return latitude, longitude, int(min(max(zoom, 4), viewport.MAX_ZOOM))


MORE = {
    "now": re.compile("1"),
    "heat": re.compile("1"),
    "open": re.compile(r"[\w.-]{1,40}"),
    "base": re.compile(r"own|b\d{1,2}"),
}
"""What else the large map's address says: open now, density, whose popup is open, and the basemap."""


def more_of(query: Mapping[str, str], *names: str) -> dict[str, str]:
    """Of `names`, in `MORE`, those that the address says and that are well formed."""
    return {name: query[name] for name in names if MORE[name].fullmatch(query.get(name, ""))}


def place_of(start: tuple[float, float, int]) -> str:
    """A view as `start_of` reads it, to about a metre."""
    return ",".join(f"{value:.5f}".rstrip("0").rstrip(".") for value in start)


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """Marks and clusters of a box as GeoJSON, or the one of `number`; 400 with the remedy where the box is none."""
    if "number" in request.GET:
        number = request.GET["number"][:40]
        found = viewport.by_number(number)
        details = finding.details(number) if found else {}
        return _answer({"type": "FeatureCollection", "features": found, "details": details})
    try:
        view = viewport.parse(request.GET)
    except viewport.BadViewport as error:
        return refused(error)
    document: dict[str, Any] = {"type": "FeatureCollection", "zoom": view.cell_zoom}
    if request.GET.get("open") != "1":
        return _answer(document | {"features": viewport.features(view)})
    open_marks = finding.open_now(view)
    return _answer(document | {"features": open_marks or [], "tooMany": open_marks is None})


@require_safe
def counts(request: HttpRequest) -> JsonResponse:
    """How many of each layer and rank lie in a box; 400 with the remedy where the box is none."""
    try:
        view = viewport.parse(request.GET)
    except viewport.BadViewport as error:
        return refused(error)
    return _answer(finding.counts(view), "application/json")


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Marks by name as GeoJSON, ten at most; `q` is cut at the site's limit."""
    text, _was_cut = limits.query_text(request.GET)
    return _answer({"type": "FeatureCollection", "features": finding.by_name(text)})


@require_safe
def cluster(request: HttpRequest) -> JsonResponse:
    """The marks of one cluster as GeoJSON, the first `viewport.MEMBERS` of them, and their number."""
    chosen = layers.symbols(
        request.GET.get("layers", "")[:400].split(","), request.GET.get("ranks", "")[:400].split(",")
    )
    try:
        found, count = viewport.members(request.GET.get("cell", ""), tuple(chosen))
    except viewport.BadViewport as error:
        return refused(error)
    return _answer({"type": "FeatureCollection", "count": count, "features": found})


@require_safe
def density(request: HttpRequest) -> JsonResponse:
    """Longitude, latitude and count of the small cells of a box, for the heat map; 400 where the box is none."""
    try:
        view = viewport.parse(request.GET)
    except viewport.BadViewport as error:
        return refused(error)
    return _answer({"cells": heat.weights(view)}, "application/json")


@require_safe
def historical_maps(request: HttpRequest) -> JsonResponse:
    """Historical maps the public may see: those named by `ids`, else those of `bbox`; 400 where the box is none."""
    if "ids" in request.GET:
        found = historical.named(request.GET["ids"][:2000].split(","))
    else:
        try:
            found = historical.within(viewport.box_of(request.GET.get("bbox", "")))
        except viewport.BadViewport as error:
            return refused(error)
    return _answer({"maps": [historical.told(one) for one in found]}, "application/json")


def refused(error: viewport.BadViewport) -> JsonResponse:
    return JsonResponse(
        {"error": {"field": error.field, "message": str(error)}}, status=400, json_dumps_params={"ensure_ascii": False}
    )


def _answer(document: dict[str, Any], content_type: str = "application/geo+json") -> JsonResponse:
    response = JsonResponse(
        document,
        content_type=content_type,
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    response["Content-Language"] = current()
    response["Cache-Control"] = "no-cache"
    return response
