"""From stop to stop: by a routing service where one answers, else a stated estimate from the straight line."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from pyproj import Geod

from heritage.maps import routing

GEOD = Geod(ellps="WGS84")
Point = tuple[float, float]
SPEED_KMH = {"walk": 4.5, "bike": 12.0, "car": 35.0}
DETOUR = 1.35
"""How much longer than the straight line roads are taken to be in the estimate."""


@dataclass(frozen=True)
class Leg:
    """`metres` in a straight line where `is_estimate`, else along roads."""

    metres: float
    minutes: float
    is_estimate: bool


def between(points: Sequence[Point], by: str) -> list[Leg]:
    """The legs that join `points` (latitude, longitude) in their order."""
    if len(points) < 2:
        return []
    routed = routing.legs(points, by)
    if routed is not None:
        return [Leg(metres, seconds / 60, is_estimate=False) for metres, seconds in routed]
    return [estimate(a, b, by) for a, b in itertools.pairwise(points)]


def estimate(a: Point, b: Point, by: str) -> Leg:
    metres = straight(a, b)
    return Leg(metres, metres * DETOUR / (SPEED_KMH[by] * 1000 / 60), is_estimate=True)


def straight(a: Point, b: Point) -> float:
    """Metres along the ellipsoid (WGS 84)."""
    return float(GEOD.inv(a[1], a[0], b[1], b[0])[2])
