"""The control points of a map as staff type them, one in a line: page, x and y in pixels, longitude and latitude.

1 | 1200 | 850 | 105.8412 | 21.0245
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.iiif import lines
from heritage.iiif.models import Canvas, ControlPoint
from heritage.iiif.models.control_point import ENOUGH

MAX_POINTS = 500


@dataclass(frozen=True)
class Point:
    """`page` from 1; `x`, `y` in pixels; longitude and latitude in degrees of WGS 84."""

    page: int
    x: int
    y: int
    longitude: float
    latitude: float


def parse(text: str, canvases: Sequence[Canvas]) -> list[Point]:
    """The points of `text`, each on one of `canvases`.

    Raises:
        ValidationError: with one message for each line that is no point, and for a page that has too few.
    """
    found, problems = lines.read(text, lambda line, _before: _point(line, canvases))
    if not problems:
        problems = _of_all(found)
    if problems:
        raise ValidationError(problems[: lines.MOST_PROBLEMS])
    return found


def _of_all(points: list[Point]) -> list[str]:
    problems = []
    if len(points) > MAX_POINTS:
        problems.append(_("At most %(limit)s control points.") % {"limit": MAX_POINTS})
    for page, count in Counter(point.page for point in points).items():
        if count < ENOUGH:
            problems.append(_("Page %(page)s: a map needs at least 3 control points.") % {"page": page})
    if len({(point.page, point.x, point.y) for point in points}) < len(points):
        problems.append(_("The same place of a page stands there twice."))
    return problems


def _point(line: str, canvases: Sequence[Canvas]) -> Point:
    columns = [column.strip() for column in line.split("|")]
    if len(columns) != 5:
        raise ValueError(_("write page | x | y | longitude | latitude."))
    try:
        page, x, y = (int(column) for column in columns[:3])
        longitude, latitude = (float(column) for column in columns[3:])
    except ValueError as wrong:
        raise ValueError(_("“%(value)s” is not five numbers.") % {"value": line.strip()[:60]}) from wrong
    if not 1 <= page <= len(canvases):
        raise ValueError(_("the pages are 1 to %(pages)s.") % {"pages": len(canvases)})
    width, height = canvases[page - 1].width or 0, canvases[page - 1].height or 0
    if not (0 <= x <= width and 0 <= y <= height):
        raise ValueError(_("the page measures %(width)s × %(height)s pixels.") % {"width": width, "height": height})
    if not (
        math.isfinite(longitude) and -180 <= longitude <= 180 and math.isfinite(latitude) and -90 <= latitude <= 90
    ):
        raise ValueError(_("longitude lies between -180 and 180, latitude between -90 and 90."))
    return Point(page, x, y, longitude, latitude)


def format_points(points: Iterable[Point]) -> str:
    """What `parse` reads."""
    return "\n".join(f"{p.page} | {p.x} | {p.y} | {p.longitude!r} | {p.latitude!r}" for p in points)


def points_of(kept: Iterable[ControlPoint], canvas_pks: Sequence[int]) -> list[Point]:
    """Kept control points, with the number of their page; `canvas_pks` are in their order."""
    page = {pk: number for number, pk in enumerate(canvas_pks, 1)}
    return [Point(page[p.canvas_id], p.x, p.y, p.longitude, p.latitude) for p in kept if p.canvas_id in page]
