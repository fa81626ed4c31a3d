"""What the map of the editor asks (read this file, check this boundary; nothing is saved), and the public GeoJSON."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.policies import policy_of
from heritage.catalog.models import Record
from heritage.catalog.page import public
from heritage.catalog.zones import reading
from heritage.catalog.zones.page import public_features
from heritage.places import archipelagos
from heritage.places.fields import LONGEST
from heritage.places.geometry import files, shapes
from heritage.places.geometry.vn2000 import THREE_DEGREES, label, named_meridians
from heritage.places.models import Unit


def _only_editors(request: HttpRequest) -> None:
    if not policy_of(Record).user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied


@require_POST
def read(request: HttpRequest) -> JsonResponse:
    """A `file`, or a `list` with its `meridian` -> the areas in it; 422 with the reason where there is none."""
    _only_editors(request)
    try:
        areas = _areas(request)
    except shapes.BadGeometryError as error:
        return _refused(error)
    return JsonResponse({"areas": areas})


@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """A `geometry` as GeoJSON text -> its size and what speaks against it."""
    _only_editors(request)
    text = request.POST.get("geometry", "")
    try:
        if len(text) > LONGEST:
            raise shapes.refuse("size", _("The geometry is too long; simplify it before importing."))
        area = shapes.read(json.loads(text))
    except shapes.BadGeometryError as error:
        return _refused(error)
    except (ValueError, RecursionError):
        message = _("This is no GeoJSON: an object with “type” and “coordinates” is expected.")
        return _refused(shapes.refuse("format", message))
    return JsonResponse({"areas": [reading.answer(area, _near(request))]})


@require_safe
def meridians(request: HttpRequest) -> JsonResponse:
    """The central meridians of the drawings of a `unit`'s province, the likeliest first, each with its provinces."""
    _only_editors(request)
    found = named_meridians(_unit(request.GET.get("unit", "")))
    rows = [
        {"value": str(meridian), "label": label(meridian), "provinces": [unit.name for unit in units]}
        for meridian, units in found.items()
    ]
    return JsonResponse({"meridians": rows})


@require_safe
def zones_geojson(request: HttpRequest, number: str) -> JsonResponse:
    """The zones in force of a public record (RFC 7946) with both archipelagos' names; empty where it has none."""
    record = public(number)
    if record is None:
        raise Http404
    document = public_features(record)
    if document["features"]:
        document["features"] += archipelagos.features(lambda name: {"name": name})
    return JsonResponse(document, content_type="application/geo+json")


def _areas(request: HttpRequest) -> list[dict[str, Any]]:
    near = _near(request)
    upload = request.FILES.get("file")
    if upload is not None:
        # one byte more than allowed is enough for the reader to refuse it
        return reading.from_file(upload.name or "", upload.read(files.LARGEST_FILE + 1), near)
    meridian = _number(request.POST.get("meridian", ""))
    if meridian not in THREE_DEGREES:
        raise shapes.refuse("meridian", _("Choose the central meridian that the drawing names."))
    return reading.from_list(request.POST.get("list", ""), meridian, near)


def _near(request: HttpRequest) -> reading.Near:
    unit = _unit(request.POST.get("unit", ""))
    latitude, longitude = (_number(request.POST.get(name, "")) for name in ("latitude", "longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return reading.Near(unit=unit)
    return reading.Near((longitude, latitude), max(_number(request.POST.get("accuracy", "")) or 0, 0), unit)


def _unit(text: str) -> Unit | None:
    """The unit that the form has chosen by its key; units are public, so nobody's rights are asked."""
    key = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return Unit.objects.select_related("province").filter(pk=key).first() if key else None


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ".")[:40])
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None


def _refused(error: shapes.BadGeometryError) -> JsonResponse:
    return JsonResponse({"areas": [], "problems": [problem._asdict() for problem in error.problems]}, status=422)
