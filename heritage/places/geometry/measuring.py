"""Areas in m² and distances in m on the WGS 84 ellipsoid, by PROJ's geodesics (Karney, 2013)."""

from pyproj import Geod
from shapely.geometry import LinearRing, Polygon

from heritage.places.geometry.shapes import Area, parts

ELLIPSOID = Geod(ellps="WGS84")


def area_m2(area: Area) -> float:
    """The area in m², holes taken off, whichever way the rings turn."""
    return sum(_part(part) for part in parts(area))


def _part(part: Polygon) -> float:
    outer, *holes = (abs(_ring(ring)) for ring in (part.exterior, *part.interiors))
    return outer - sum(holes)


def _ring(ring: LinearRing) -> float:
    xs, ys = ring.coords.xy
    return ELLIPSOID.polygon_area_perimeter(xs, ys)[0]


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Between two points given as (longitude, latitude)."""
    return ELLIPSOID.inv(*a, *b)[2]


def difference(computed: float, stated: float) -> float:
    """How far `computed` is from `stated`, as a share of `stated`: 0.05 where it is 5 % larger."""
    return (computed - stated) / stated
