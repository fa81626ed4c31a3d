"""GPX 1.1: a walk around the boundary, recorded as a track or planned as a route."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from heritage.places.geometry.files import xml
from heritage.places.geometry.files.found import MOST_AREAS, Found
from heritage.places.geometry.measuring import distance_m
from heritage.places.geometry.shapes import MOST_POINTS, from_rings, refuse

GAP_M = 50
"""A walk whose ends lie no farther apart is closed with a straight line."""


def read(data: bytes) -> list[Found]:
    """Each track segment and route as one area.

    Raises:
        BadGeometryError: its ends lie too far apart to be closed.
    """
    document = xml.root(data, "gpx")
    lines = [
        (xml.text(track, "name"), one, "trkpt") for track in xml.every(document, "trk") for one in _segments(track)
    ]
    lines += [(xml.text(route, "name"), route, "rtept") for route in xml.every(document, "rte")]
    if len(lines) > MOST_AREAS:
        message = _("The file has %(count)s shapes; the most is %(most)s.")
        raise refuse("size", message % {"count": len(lines), "most": MOST_AREAS})
    walks = [(name[:300], _points(line, tag)) for name, line, tag in lines]
    return [Found(from_rings([_closed(points, name)]), name, {"name": name}) for name, points in walks if points]


def _segments(track: Element) -> list[Element]:
    return list(xml.every(track, "trkseg"))


def _points(line: Element, tag: str) -> list[tuple[float, float]]:
    points = []
    for one in xml.every(line, tag):
        try:
            points.append((float(one.get("lon", "")), float(one.get("lat", ""))))
        except ValueError as error:
            given = f"{one.get('lon')}, {one.get('lat')}"
            raise refuse("format", _("“%(point)s” is no pair of numbers.") % {"point": given[:60]}) from error
        if len(points) > MOST_POINTS:
            message = _("A boundary has %(count)s points; the most is %(most)s. Simplify it before importing.")
            raise refuse("size", message % {"count": len(points), "most": MOST_POINTS})
    return points


def _closed(points: list[tuple[float, float]], name: str) -> list[tuple[float, float]]:
    inside = all(abs(x) <= 180 and abs(y) <= 90 for x, y in (points[0], points[-1]))
    gap = distance_m(points[0], points[-1]) if inside else 0.0
    if gap <= GAP_M:
        return points
    message = _("The walk “%(name)s” ends %(gap)s m from where it began; a boundary must come back to its start.")
    raise refuse("open", message % {"name": name, "gap": round(gap)})
