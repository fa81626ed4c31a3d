"""Areas as GeoJSON geometries (RFC 7946): degrees of WGS 84, longitude first, outer rings counter-clockwise."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

MOST_POINTS = 20_000
"""A cadastral boundary has hundreds; more than this is a mistake or an attack."""
DECIMALS = 8
"""Of a degree: about a millimetre."""

Area = Polygon | MultiPolygon


class Problem(NamedTuple):
    """Why an area is refused: `code` for programs, `message` for people, `at` (longitude, latitude) for the map."""

    code: str
    message: str
    at: tuple[float, float] | None = None


class BadGeometryError(ValueError):
    """What was given is no area at all; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


def refuse(code: str, message: str) -> BadGeometryError:
    return BadGeometryError(Problem(code, message))


def read(geometry: Any) -> Area:
    """A GeoJSON geometry, feature or collection of features as one area, heights left out.

    The result may still be crossed or far away: that is for `checking.problems`, which can show it.

    Raises:
        BadGeometryError: no polygon, broken rings, numbers that are none, too many points.
    """
    polygons = list(_polygons(geometry, depth=0))
    if not polygons:
        raise refuse("empty", _("There is no area in it: draw or import at least one polygon."))
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def write(area: Area) -> dict[str, Any]:
    """`area` as a GeoJSON geometry, rounded to a millimetre, rings turned as RFC 7946, section 3.1.6 wants them."""
    turned = shapely.orient_polygons(area)
    return _rounded(mapping(turned))


def points(area: Area) -> Iterator[tuple[float, float]]:
    for part in parts(area):
        for ring in (part.exterior, *part.interiors):
            yield from ((x, y) for x, y, *_height in ring.coords)


def parts(area: Area) -> list[Polygon]:
    return list(area.geoms) if isinstance(area, MultiPolygon) else [area]


def from_rings(rings: list[list[tuple[float, float]]]) -> Polygon:
    """A polygon of its outer ring and its holes; rings may be open.

    Raises:
        BadGeometryError: as `read`.
    """
    return _polygon([[*ring] for ring in rings])


def _polygons(geometry: Any, depth: int) -> Iterator[Polygon]:
    if not isinstance(geometry, dict) or depth > 4:
        raise refuse("format", _("This is no GeoJSON: an object with “type” and “coordinates” is expected."))
    kind = geometry.get("type")
    if kind == "Feature":
        yield from _polygons(geometry.get("geometry"), depth + 1)
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for one in _list(geometry.get("features" if kind == "FeatureCollection" else "geometries")):
            yield from _polygons(one, depth + 1)
    elif kind == "Polygon":
        yield _polygon(_list(geometry.get("coordinates")))
    elif kind == "MultiPolygon":
        for rings in _list(geometry.get("coordinates")):
            yield _polygon(_list(rings))
    else:
        message = _("A protection zone is an area; “%(kind)s” is none. Use Polygon or MultiPolygon.")
        raise refuse("kind", message % {"kind": str(kind)[:40]})


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise refuse("format", _("The coordinates are not a list."))
    return value


def _polygon(rings: list[Any]) -> Polygon:
    if not rings:
        raise refuse("empty", _("There is no area in it: draw or import at least one polygon."))
    read_rings = [_ring(_list(ring) if not isinstance(ring, tuple) else list(ring)) for ring in rings]
    return Polygon(read_rings[0], read_rings[1:])


def _ring(points_given: list[Any]) -> list[tuple[float, float]]:
    if len(points_given) > MOST_POINTS:
        message = _("A boundary has %(count)s points; the most is %(most)s. Simplify it before importing.")
        raise refuse("size", message % {"count": len(points_given), "most": MOST_POINTS})
    ring = [_point(point) for point in points_given]
    if len(set(ring)) < 3:
        raise refuse("points", _("A boundary needs at least three different points."))
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or len(point) < 2:
        raise refuse("format", _("A point is not a pair of longitude and latitude."))
    x, y = point[0], point[1]
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (x, y))
    if not numbers or not (abs(x) < 1e8 and abs(y) < 1e8):  # also false for NaN
        raise refuse("format", _("“%(point)s” is no pair of numbers.") % {"point": str(point)[:60]})
    return float(x), float(y)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, DECIMALS) if isinstance(value, float) else value


def of(geometry: dict[str, Any]) -> Area:
    """A geometry that is stored, and so was checked before."""
    return cast(Area, shape(geometry))
