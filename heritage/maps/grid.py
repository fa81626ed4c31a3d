"""Cells: a nested Mercator grid for the map, strips of latitude for what is nearby.

A cell of zoom z is one third of a 256-pixel tile, about 85 pixels: the size at which marks begin to touch. Cell (r, c)
of zoom z lies in cell (r // 2, c // 2) of zoom z - 1, so a zoom's counts are sums of the next one's.
"""

import math
from dataclasses import dataclass

CELLS_PER_TILE = 3
BASE_ZOOM = 18
"""The zoom whose cell a mark keeps; every lower zoom's cell is a shift away."""
MAX_LATITUDE = 85.0511287798066
"""Where Web Mercator ends (EPSG:3857)."""
STRIP_DEGREES = 0.01
"""Height of a strip, about 1.1 km."""

SEMI_MAJOR = 6378137.0
ECCENTRICITY_SQUARED = 0.0066943799901413165
"""WGS 84."""


@dataclass(frozen=True)
class Cells:
    """A rectangle of cells of one zoom, both ends included."""

    zoom: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def count(self) -> int:
        return self.rows * (self.right - self.left + 1)


def size(zoom: int) -> int:
    """How many cells a zoom has on a side."""
    return CELLS_PER_TILE << zoom


def column_of(longitude: float, zoom: int = BASE_ZOOM) -> int:
    """The column of a longitude in degrees; those beyond ±180 are clamped."""
    return _clamped((longitude + 180.0) / 360.0, zoom)


def row_of(latitude: float, zoom: int = BASE_ZOOM) -> int:
    """The row of a latitude in degrees, counted from the north; those Mercator cannot show are clamped."""
    angle = math.radians(max(-MAX_LATITUDE, min(MAX_LATITUDE, latitude)))
    return _clamped((1.0 - math.asinh(math.tan(angle)) / math.pi) / 2.0, zoom)


def _clamped(share: float, zoom: int) -> int:
    return max(0, min(size(zoom) - 1, math.floor(share * size(zoom))))


def bounds(zoom: int, row: int, column: int) -> tuple[float, float, float, float]:
    """South, west, north, east of a cell in degrees."""
    side = size(zoom)

    def latitude(r: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * r / side))))

    return latitude(row + 1), column / side * 360 - 180, latitude(row), (column + 1) / side * 360 - 180


def strip_of(latitude: float) -> int:
    return math.floor(latitude / STRIP_DEGREES)


def ecef(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Earth-centred x, y, z in metres of a point on the ellipsoid's surface."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    normal = SEMI_MAJOR / math.sqrt(1.0 - ECCENTRICITY_SQUARED * math.sin(phi) ** 2)
    return (
        normal * math.cos(phi) * math.cos(lam),
        normal * math.cos(phi) * math.sin(lam),
        normal * (1.0 - ECCENTRICITY_SQUARED) * math.sin(phi),
    )
