"""Checks of a point: what can only be a slip is refused with the remedy, what is merely strange is asked about."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.places.geometry.provinces import outlines

TOLERANCE_DEGREES = 0.06
"""About 6 km: the outlines are coarse (3 km) and leave small islands out."""

Ring = list[list[float]]


@dataclass(frozen=True)
class Extent:
    """A box of degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


VIET_NAM = Extent(south=6.0, west=102.0, north=23.5, east=118.0)
"""Mainland, islands and both archipelagos."""
ARCHIPELAGOS = (Extent(15.5, 111.0, 17.3, 113.0), Extent(6.5, 111.0, 12.0, 117.9))


@dataclass(frozen=True)
class Problem:
    """What is wrong with a point: the field at fault and a message that names the remedy."""

    field: str
    message: str | Promise
    is_question: bool = False


def problem(latitude: float, longitude: float, confirmed: bool = False) -> Problem | None:
    """The first thing wrong with a point in degrees, or None; `confirmed` answers the questions, not the errors."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return Problem("latitude", _("A coordinate is a number of degrees, such as 21.594."))
    swapped = VIET_NAM.holds(longitude, latitude)
    if swapped:
        return Problem(
            "latitude", _("Latitude and longitude look swapped: latitude is the smaller one in Viet Nam (8 to 23.5).")
        )
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Problem("latitude", _("Latitude lies between -90 and 90, longitude between -180 and 180."))
    if latitude == 0 and longitude == 0:
        return Problem(
            "latitude", _("The point (0, 0) lies in the Atlantic: leave both blank where the position is not known.")
        )
    if confirmed:
        return None
    if not VIET_NAM.holds(latitude, longitude):
        return Problem(
            "latitude", _("The point lies outside Viet Nam. Tick “position confirmed” if it is right."), True
        )
    if not near_land(latitude, longitude):
        message = _("The point lies in the sea or across the border. Tick “position confirmed” if it is right.")
        return Problem("latitude", message, True)
    return None


def near_land(latitude: float, longitude: float) -> bool:
    """Whether a point lies in a province's coarse outline, near one, or in an archipelago (which are not drawn)."""
    if any(area.holds(latitude, longitude) for area in ARCHIPELAGOS):
        return True
    return any(_near(polygon, latitude, longitude) for polygon in _polygons())


def province_at(latitude: float, longitude: float) -> str | None:
    """The name of the province whose coarse outline holds the point; for captions, never to decide a unit."""
    for name, box, rings in _provinces():
        if box.holds(latitude, longitude) and _inside(rings, latitude, longitude):
            return name
    return None


@cache
def _provinces() -> list[tuple[str, Extent, list[Ring]]]:
    return [
        (feature["properties"]["name"], _box(rings[0], 0), rings)
        for feature in outlines()["features"]
        for rings in _rings(feature["geometry"])
    ]


@cache
def _polygons() -> list[tuple[Extent, list[Ring]]]:
    return [
        (_box(rings[0], TOLERANCE_DEGREES), rings)
        for feature in outlines()["features"]
        for rings in _rings(feature["geometry"])
    ]


def _rings(geometry: dict[str, Any]) -> list[list[Ring]]:
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def _box(ring: Ring, margin: float) -> Extent:
    longitudes, latitudes = [p[0] for p in ring], [p[1] for p in ring]
    return Extent(min(latitudes) - margin, min(longitudes) - margin, max(latitudes) + margin, max(longitudes) + margin)


def _near(polygon: tuple[Extent, list[Ring]], latitude: float, longitude: float) -> bool:
    box, rings = polygon
    if not box.holds(latitude, longitude):
        return False
    return _inside(rings, latitude, longitude) or any(
        _distance_to_edge(a, b, latitude, longitude) < TOLERANCE_DEGREES for ring in rings for a, b in pairwise(ring)
    )


def _inside(rings: list[Ring], latitude: float, longitude: float) -> bool:
    """Even-odd rule over all rings, so that holes count as outside."""
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def _distance_to_edge(a: list[float], b: list[float], latitude: float, longitude: float) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if not length else max(0.0, min(1.0, ((longitude - a[0]) * dx + (latitude - a[1]) * dy) / length))
    return math.hypot(longitude - a[0] - share * dx, latitude - a[1] - share * dy)
