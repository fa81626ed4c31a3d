"""The points of a list on one sheet that shows them all, for papers of other apps (`core.paper_maps`)."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _

from heritage.core.paper_maps import Point
from heritage.maps.printing.sheet import FOOT, HEAD, MARGIN, SHEETS, SIDE, Frame, Sheet, draw

FARTHEST, CLOSEST = 4.5, 14.0
"""Zooms: one point is shown with its surroundings, and no list needs more than the country."""
ROOM = 0.9
APART_MM = 0.6
"""Points nearer to each other on the paper are drawn once."""


def of_points(title: str, meaning: str, points: Sequence[Point], file_format: str = "png") -> bytes:
    """A4, landscape, as `png` or `pdf`."""
    middle, zoom = view(points)
    frame = Frame(0, 0, 0, 0, *middle, zoom)
    apart: dict[tuple[int, int], list[float]] = {}
    for latitude, longitude in points:
        x, y = frame.at(latitude, longitude)
        apart.setdefault((round(x / APART_MM), round(y / APART_MM)), [longitude, latitude])
    shape = {
        "type": "Feature",
        "properties": {"colour": "red", "name": meaning},
        "geometry": {"type": "MultiPoint", "coordinates": list(apart.values())},
    }
    sources = _("Borders: the archive's table of units. For orientation; the decisions say where protection begins.")
    return draw(Sheet(title, *middle, zoom, "", shapes=[shape], sources=sources, has_marks=False), file_format)


def view(points: Sequence[Point]) -> tuple[Point, float]:
    """The middle of the points in the Mercator plane, and the closest zoom that shows them all."""
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    south, north, west, east = min(latitudes), max(latitudes), min(longitudes), max(longitudes)
    return (_middle(south, north), (west + east) / 2), _zoom(south, north, west, east)


def _middle(south: float, north: float) -> float:
    """The latitude that is drawn half-way between two."""
    planes = [math.asinh(math.tan(math.radians(latitude))) for latitude in (south, north)]
    return math.degrees(math.atan(math.sinh(sum(planes) / 2)))


def _zoom(south: float, north: float, west: float, east: float) -> float:
    """The closest at which the box fits into the sheet's window."""
    width, height = SHEETS["A4"]
    inner = width - 2 * MARGIN - SIDE, height - 2 * MARGIN - HEAD - FOOT
    whole = Frame(0, 0, 0, 0, 0, 0, 0)
    (left, bottom), (right, top) = whole.at(south, west), whole.at(north, east)
    share = max((right - left) / (inner[0] * ROOM), (bottom - top) / (inner[1] * ROOM), 1e-9)
    return max(FARTHEST, min(CLOSEST, -math.log2(share)))
