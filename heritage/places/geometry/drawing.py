"""Areas as a small SVG plan: north up, true to scale, with a bar that says how long a round distance is."""

import math
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Point

from heritage.places.geometry.measuring import distance_m
from heritage.places.geometry.shapes import Area, parts, points

WIDTH, HEIGHT, MARGIN = 480, 320, 24
ROUND = (1, 2, 5)


@dataclass(frozen=True)
class Outline:
    """One area on the plan: `path` for SVG's `d`, `style` names its class, `at` where its label stands."""

    path: str
    style: str
    label: str
    at: tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """A plan of `width` x `height` units; the bar is `bar` units long and stands for `bar_m` metres."""

    width: int
    height: int
    outlines: list[Outline]
    bar: float
    bar_m: int

    @property
    def bar_end(self) -> float:
        return round(MARGIN + self.bar, 1)

    @property
    def bar_km(self) -> int:
        return self.bar_m // 1000


def plan(areas: list[tuple[Area, str, str]]) -> Plan | None:
    """A plan of areas given as (area, style, label), the first lowest; None where there is none."""
    if not areas:
        return None
    place = _projection([point for area, _style, _label in areas for point in points(area)])
    outlines = [
        Outline(_path(area, place), style, label, place(*_seen(area, areas[position + 1 :]).coords[0]))
        for position, (area, style, label) in enumerate(areas)
    ]
    metres = place.metres_per_unit  # type: ignore[attr-defined]
    bar_m = _round_below(metres * WIDTH / 4)
    return Plan(WIDTH, HEIGHT, outlines, round(bar_m / metres, 1), bar_m)


def _seen(area: Area, above: list[tuple[Area, str, str]]) -> Point:
    """A point of `area` that none of the areas drawn above it covers, where there is one: its label stands there."""
    if not all(shapely.is_valid(one) for one in (area, *(other for other, _style, _label in above))):
        return area.representative_point()
    left = area.difference(shapely.union_all([other for other, _style, _label in above]))
    return (area if left.is_empty else left).representative_point()


def _projection(coordinates: list[tuple[float, float]]) -> Any:
    """From degrees to units of the plan; a degree of longitude is as long as at the middle of the areas."""
    xs, ys = zip(*coordinates, strict=True)
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    middle = (south + north) / 2
    across = max(distance_m((west, middle), (east, middle)), 1.0)
    along = max(distance_m((west, south), (west, north)), 1.0)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 3 * MARGIN) / along)
    left, top = (WIDTH - across * scale) / 2, MARGIN + (HEIGHT - 3 * MARGIN - along * scale) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        right = (x - west) / ((east - west) or 1) * across * scale
        down = (north - y) / ((north - south) or 1) * along * scale
        return round(left + right, 1), round(top + down, 1)

    place.metres_per_unit = 1 / scale  # type: ignore[attr-defined]
    return place


def _path(area: Area, place: Any) -> str:
    rings = [ring for part in parts(area) for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join("{},{}".format(*place(x, y)) for x, y in ring.coords[:-1]) + "Z" for ring in rings)


def _round_below(metres: float) -> int:
    """The largest of 1, 2, 5, 10, 20, ... that is not above `metres`."""
    power = 10 ** math.floor(math.log10(max(metres, 1)))
    return max(step * power for step in ROUND if step * power <= max(metres, 1))
