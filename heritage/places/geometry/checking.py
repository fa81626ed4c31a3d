"""Whether an area can be a protection zone: its boundary, where it lies, how large it is."""

import re

import shapely
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from shapely.geometry import Point
from shapely.validation import explain_validity

from heritage.places.geometry.measuring import area_m2, distance_m
from heritage.places.geometry.shapes import Area, BadGeometryError, Problem, points

VIET_NAM = (101.5, 6.0, 118.5, 24.0)
"""West, south, east, north in degrees: the mainland, the islands and both archipelagos."""
FARTHEST_M = 10_000
"""From the record's own point, beside the accuracy of that point: half the width of a large commune."""
SMALLEST_M2, LARGEST_M2 = 1, 5e9
_PLACE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)\]")


def problems(area: Area, near: tuple[float, float] | None = None, accuracy_m: float = 0) -> list[Problem]:
    """Every reason to refuse `area`; [] where it may stand.

    Args:
        near: (longitude, latitude) of the record, where it has a point.
        accuracy_m: how far that point may be off.
    """
    found = _outside(area)
    if found:
        return found
    found = _invalid(area)
    if near:
        found += _far(area, near, accuracy_m)
    return found or _size(area)


def refuse_unless_sound(area: Area, near: tuple[float, float] | None = None, accuracy_m: float = 0) -> None:
    """Raises BadGeometryError with every problem of `area`."""
    if found := problems(area, near, accuracy_m):
        raise BadGeometryError(*found)


def _outside(area: Area) -> list[Problem]:
    west, south, east, north = VIET_NAM
    for x, y in points(area):
        if west <= x <= east and south <= y <= north:
            continue
        if west <= y <= east and south <= x <= north:
            message = _(
                "Latitude and longitude are swapped: %(first)s, %(second)s. GeoJSON and KML put the longitude first."
            )
            return [Problem("swapped", message % {"first": x, "second": y}, (y, x))]
        if abs(x) > 180 or abs(y) > 90:
            message = _(
                "%(first)s, %(second)s are metres, not degrees. Import them as a list of VN-2000 coordinates "
                "with the central meridian that the drawing names."
            )
            return [Problem("metres", message % {"first": x, "second": y})]
        message = _("The point %(first)s, %(second)s lies outside Viet Nam.")
        return [Problem("outside", message % {"first": x, "second": y}, (x, y))]
    return []


def _invalid(area: Area) -> list[Problem]:
    if shapely.is_valid(area):
        return []
    reason = explain_validity(area)
    place = _PLACE.search(reason)
    at = (float(place[1]), float(place[2])) if place else None
    words = {
        "Self-intersection": ("crossed", _("The boundary crosses itself")),
        "Ring Self-intersection": ("crossed", _("The boundary touches itself")),
        "Hole lies outside shell": ("hole", _("A hole lies outside its polygon")),
        "Holes are nested": ("hole", _("One hole lies within another")),
        "Nested shells": ("nested", _("One polygon lies within another; make it a hole or leave it out")),
        "Interior is disconnected": ("crossed", _("A hole cuts the polygon in two")),
        "Duplicate Rings": ("nested", _("The same boundary is there twice")),
    }
    code, message = words.get(reason.partition("[")[0], ("invalid", _("The boundary is not sound (%(reason)s)")))
    message = message % {"reason": reason} if "%(reason)s" in message else message
    if at:
        message = _("%(message)s at %(latitude).6f, %(longitude).6f. Move its points apart there.") % {
            "message": message,
            "latitude": at[1],
            "longitude": at[0],
        }
    return [Problem(code, message, at)]


def _far(area: Area, near: tuple[float, float], accuracy_m: float) -> list[Problem]:
    if shapely.is_valid(area) and area.covers(Point(near)):
        return []
    away, at = min((distance_m(point, near), point) for point in points(area))
    if away <= FARTHEST_M + accuracy_m:
        return []
    message = _(
        "The area lies %(away)s km from the record's own point. Check the central meridian, the order of the "
        "coordinates, or correct the point first."
    )
    return [Problem("far", message % {"away": number_format(away / 1000, 1)}, at)]


def _size(area: Area) -> list[Problem]:
    size = area_m2(area)
    if size < SMALLEST_M2:
        return [Problem("small", _("The area is smaller than one square metre: its points lie on one line."))]
    if size > LARGEST_M2:
        message = _("The area of %(area)s km² is larger than any protection zone; check the coordinates.")
        return [Problem("large", message % {"area": number_format(size / 1e6, 0)})]
    return []
