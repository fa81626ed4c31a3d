"""The coarse outlines of the 34 provinces, and whether an area lies in the province that it should.

`data/provinces_outline.geojson` comes from Natural Earth's public-domain 1:10m data, merged as Resolution 202/2025/QH15
merged the provinces. It is right to about three kilometres and leaves small islands out: good for a warning or a
backdrop, never to decide a unit.
"""

import json
from functools import cache
from typing import Any

import shapely
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from heritage.places.geometry.measuring import distance_m
from heritage.places.geometry.shapes import Area, Problem
from heritage.places.models import Unit
from heritage.places.tables import DATA

COARSE_M = 8_000
"""Nearer than this an outline can say nothing."""


@cache
def outlines() -> dict[str, Any]:
    """The 34 provinces as GeoJSON; each feature has `code` and `name`."""
    return json.loads((DATA / "provinces_outline.geojson").read_text(encoding="utf-8"))


@cache
def _shapes() -> dict[str, BaseGeometry]:
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in outlines()["features"]}


def away_m(area: Area, code: str) -> float:
    """Metres from `area` to the coarse outline of the province of this code since 1 July 2025; 0 inside or unknown."""
    outline = _shapes().get(code)
    if outline is None or not shapely.is_valid(area) or area.intersects(outline):
        return 0.0
    ours, theirs = nearest_points(area, outline)
    return distance_m((ours.x, ours.y), (theirs.x, theirs.y))


def warning(area: Area, province: Unit | None) -> Problem | None:
    """What to look at where `area` lies well outside `province`; it may be right, so nothing is refused by it."""
    away = away_m(area, province.code) if province else 0.0
    if province is None or away <= COARSE_M:
        return None
    message = _(
        "The area lies about %(away)s km outside %(province)s. Check the central meridian, the order of the "
        "coordinates, and the record's unit."
    )
    centre = area.representative_point()
    values = {"away": number_format(away / 1000, 0), "province": province.label()}
    return Problem("province", message % values, (centre.x, centre.y))
