"""Checks of a point: what can only be a slip is refused with the remedy, what is merely strange is asked about."""

import math
from dataclasses import dataclass
from functools import cache

import shapely
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.places.geometry.provinces import outlines

TOLERANCE_DEGREES = 0.06
"""About 6 km: the outlines are coarse (3 km) and leave small islands out."""


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
    here = shapely.Point(longitude, latitude)
    return len(_provinces()[0].query(here, predicate="dwithin", distance=TOLERANCE_DEGREES)) > 0


def province_at(latitude: float, longitude: float) -> str | None:
    """The name of the province whose coarse outline holds the point; for captions, never to decide a unit."""
    tree, names = _provinces()
    found = tree.query(shapely.Point(longitude, latitude), predicate="intersects")
    return names[found[0]] if len(found) else None


@cache
def _provinces() -> tuple[shapely.STRtree, list[str]]:
    features = outlines()["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    return shapely.STRtree(shapes), [feature["properties"]["name"] for feature in features]
