"""Where: boxes around points, distances between them."""

import math
from collections.abc import Iterator
from dataclasses import replace

from heritage.search import weights
from heritage.search.contract import Box, Near, Query

METRES_PER_DEGREE = 111_320.0
FARTHEST = 200_000.0
"""Metres around a point that may be asked for."""
USUAL = 5_000.0
"""Metres around a point where none are named."""
EARTH_RADIUS = 6_371_008.8
"""Mean radius in metres; a sphere serves for ordering hits (error below 0.6 %)."""


def numbers(text: str, count: int) -> list[float] | None:
    """So many finite numbers with commas between; None where `text` is anything else."""
    try:
        found = [float(part) for part in text[:120].split(",")]
    except ValueError:
        return None
    return found if len(found) == count and all(math.isfinite(number) for number in found) else None


def point(text: str) -> Near | None:
    """`latitude,longitude,metres`, or without the last one `USUAL` metres around; None where `text` is no point."""
    found = numbers(text, 3) or [*(numbers(text, 2) or []), USUAL]
    if len(found) != 3 or abs(found[0]) > 90 or abs(found[1]) > 180 or found[2] <= 0:
        return None
    return Near(found[0], found[1], min(found[2], FARTHEST))


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


def nearer(near: Near) -> Iterator[Box]:
    """Ever smaller squares around a point, each half as wide: the more of them hold a place, the nearer it is."""
    for step in range(1, weights.NEAR_STEPS + 1):
        yield _around(replace(near, metres=near.metres / 2**step))


def distance(near: Near, latitude: float, longitude: float) -> float:
    """Metres along the great circle."""
    first, second = math.radians(near.latitude), math.radians(latitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(longitude - near.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))
