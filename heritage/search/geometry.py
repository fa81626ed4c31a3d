"""Where: boxes around points, distances between them."""

import math

from heritage.search.contract import Box, Near, Query

METRES_PER_DEGREE = 111_320.0
EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres; a sphere serves for ordering hits (error below 0.6 %)."""


def asked_box(query: Query) -> Box | None:
    """The rectangle a query asks for: its box, the square around its point, or where both overlap."""
    around = _around(query.near) if query.near else None
    if around and query.box:
        return Box(
            max(around.west, query.box.west),
            max(around.south, query.box.south),
            min(around.east, query.box.east),
            min(around.north, query.box.north),
        )
    return around or query.box


def _around(near: Near) -> Box:
    """The square in which the circle lies; hits in its corners are up to 1.42 times as far."""
    north = near.metres / METRES_PER_DEGREE
    east = north / max(0.01, math.cos(math.radians(near.latitude)))
    return Box(near.longitude - east, near.latitude - north, near.longitude + east, near.latitude + north)


def distance(near: Near, latitude: float, longitude: float) -> float:
    """Metres along the great circle."""
    first, second = math.radians(near.latitude), math.radians(latitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(longitude - near.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))
