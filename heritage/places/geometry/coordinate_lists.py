"""Lists of VN-2000 coordinates as minutes and drawings print them: one point a line, X the northing, Y the easting."""

import re

from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon

from heritage.places.geometry.shapes import MOST_POINTS, Area, Problem, from_rings, refuse
from heritage.places.geometry.vn2000 import EASTINGS, NORTHINGS, Point, suggestion, to_degrees

LONGEST_TEXT = 1_000_000
_NUMBER = re.compile(r"\d[\d.,]*")
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")


def read(
    text: str, meridian: float, width: int = 3, near: Point | None = None, within_m: float = 10_000
) -> tuple[Area, list[Problem]]:
    """The area of a printed list, and what may be wrong with its meridian.

    A line holds a point's name (or none) and two numbers in either order: northings and eastings of Viet Nam
    cannot be mistaken for each other. An empty line or a heading begins another polygon.

    Raises:
        BadGeometryError: a line that cannot be read, named by its number; fewer than three points.
    """
    if len(text) > LONGEST_TEXT:
        raise refuse("size", _("The list is longer than a megabyte."))
    rings = _rings(text)
    if not rings:
        raise refuse("empty", _("There is no coordinate in the list. A line reads like: 1  2402123,45  412345,67"))
    degrees = [to_degrees(ring, meridian, width) for ring in rings]
    polygons = [from_rings([ring]) for ring in degrees]
    hint = suggestion(rings[0], meridian, near, within_m) if near and width == 3 else None
    area: Area = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return area, [hint] if hint else []


def _rings(text: str) -> list[list[Point]]:
    rings: list[list[Point]] = [[]]
    for number, line in enumerate(text.splitlines(), 1):
        point = _point(line, number)
        if point is None:
            rings.append([])
        else:
            rings[-1].append(point)
        if len(rings[-1]) > MOST_POINTS:
            message = _("A boundary has %(count)s points; the most is %(most)s. Simplify it before importing.")
            raise refuse("size", message % {"count": len(rings[-1]), "most": MOST_POINTS})
    return [ring for ring in rings if ring]


def _point(line: str, number: int) -> Point | None:
    """(easting, northing) of one line; None for a line that is no point."""
    values = [_values(token) for token in _tokens(line)]
    northing = [value for options in values for value in options if NORTHINGS[0] <= value <= NORTHINGS[1]]
    easting = [value for options in values for value in options if EASTINGS[0] <= value <= EASTINGS[1]]
    northing, easting = list(dict.fromkeys(northing)), list(dict.fromkeys(easting))
    both = [value for value in easting if value in northing]
    if both:  # 850,000 to 900,000 could be either; the other column tells
        northing = [value for value in northing if value not in both] or northing
        easting = [value for value in easting if value not in northing] or easting
    if len(northing) == 1 and len(easting) == 1 and northing != easting:
        return easting[0], northing[0]
    large = [value for options in values for value in options if value >= 1000]
    if not large or (line.strip() and not line.strip()[0].isdigit() and len(large) < 2):
        return None
    message = _(
        "Line %(number)s, “%(line)s”: expected a northing X (such as 2402123.45) and an easting Y (such as 412345.67) "
        "in metres."
    )
    raise refuse("line", message % {"number": number, "line": line.strip()[:80]})


def _tokens(line: str) -> list[str]:
    line = _GROUPED.sub("", line) if "\t" in line or ";" in line else line
    if ";" in line or "\t" in line:
        parts = re.split(r"[;\t]", line)
    elif " " in line.strip():
        parts = line.split()
    else:
        parts = line.split(",")
    return [found for part in parts for found in _NUMBER.findall(part)]


def _values(token: str) -> list[float]:
    """What a printed number may mean: `2.402.123,45`, `2402123.45`, `412.345` (thousands or a fraction)."""
    token = token.rstrip(".,")
    marks = [char for char in token if char in ".,"]
    if not marks:
        return [float(token)]
    last = marks[-1]
    whole, _mark, rest = token.rpartition(last)
    plain = re.sub(r"[.,]", "", whole)
    if len(set(marks)) == 1 and len(marks) > 1:
        return [float(plain + rest)]
    fraction = float(f"{plain}.{rest}")
    return [fraction, float(plain + rest)] if len(rest) == 3 and len(marks) == 1 else [fraction]
