"""Points, lines and areas out of GeoJSON (RFC 7946), KML 2.2 and GPX 1.1, whatever is in the file."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

LARGEST = 5 * 1024 * 1024
MOST_FEATURES = 500
MOST_VERTICES = 50_000
KINDS = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
"""GeoJSON geometries and how deep their positions lie."""
COLOURS = ("red", "indigo", "jade", "gold", "ink")

Feature = dict[str, Any]


class BadGeometry(ValueError):  # noqa: N818  # named for what the file holds
    """The file or the drawing cannot be taken; the message says why and what would be right."""


def read(name: str, content: bytes) -> list[Feature]:
    """The features of a file, recognised by its name; each checked as `cleaned` does.

    Raises:
        BadGeometry: it is too large, of another kind, damaged, or holds no geometry.
    """
    if len(content) > LARGEST:
        raise BadGeometry(_("The file is larger than 5 MB. Simplify it first."))
    ending = name.lower().rpartition(".")[2]
    if ending in ("geojson", "json"):
        try:
            document = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BadGeometry(_("The file is no GeoJSON (RFC 7946): %s.") % error) from error
        return cleaned(document)["features"]
    if ending not in ("kml", "gpx"):
        raise BadGeometry(_("Drawings come from .geojson, .kml or .gpx files."))
    root = _xml(content)
    features = _kml(root) if ending == "kml" else _gpx(root)
    return cleaned({"type": "FeatureCollection", "features": features})["features"]


def cleaned(document: Any) -> dict[str, Any]:
    """A feature collection with nothing in it but checked geometries, names and colours.

    Raises:
        BadGeometry: it is none, is empty of geometry where it claims some, or is too large.
    """
    if not isinstance(document, dict):
        raise BadGeometry(_("A drawing is a GeoJSON object (RFC 7946)."))
    features = document.get("features", []) if document.get("type") == "FeatureCollection" else [document]
    if document.get("type") not in ("FeatureCollection", "Feature") or not isinstance(features, list):
        raise BadGeometry(_("A drawing is a GeoJSON “FeatureCollection” or “Feature” (RFC 7946)."))
    if len(features) > MOST_FEATURES:
        raise BadGeometry(_("A drawing has at most %(most)d shapes; this one has %(count)d.")
                          % {"most": MOST_FEATURES, "count": len(features)})  # fmt: skip
    left = [MOST_VERTICES]
    return {"type": "FeatureCollection", "features": [_feature(feature, left) for feature in features]}


def _feature(feature: Any, left: list[int]) -> Feature:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in KINDS or not isinstance(geometry, dict):
        raise BadGeometry(_("A shape is a point, a line or an area; “%s” is none.") % str(kind)[:40])
    properties = feature.get("properties")
    given = properties if isinstance(properties, dict) else {}
    name = str(given.get("name_vi") or given.get("name") or "")[:120]
    return {
        "type": "Feature",
        "properties": {
            "name_vi": name,
            "name_en": str(given.get("name_en") or "")[:120],
            "colour": given["colour"] if given.get("colour") in COLOURS else COLOURS[0],
        },
        "geometry": {"type": kind, "coordinates": _positions(geometry.get("coordinates"), KINDS[kind], left)},
    }


def _positions(value: Any, depth: int, left: list[int]) -> Any:
    if not isinstance(value, list):
        raise BadGeometry(_("A shape's coordinates are lists of longitude and latitude."))
    if depth:
        return [_positions(one, depth - 1, left) for one in value]
    left[0] -= 1
    if left[0] < 0:
        raise BadGeometry(_("A drawing has at most %d corners. Simplify it first.") % MOST_VERTICES)
    try:
        longitude, latitude = float(value[0]), float(value[1])
    except (IndexError, TypeError, ValueError, OverflowError):
        raise BadGeometry(_("A position is longitude and latitude in degrees.")) from None
    if not (math.isfinite(longitude) and math.isfinite(latitude) and abs(longitude) <= 180 and abs(latitude) <= 90):
        raise BadGeometry(_("A position lies within -180 to 180 and -90 to 90 degrees, longitude first."))
    return [round(longitude, 6), round(latitude, 6)]


def _xml(content: bytes) -> etree._Element:
    """The root, read without entities, DTDs or network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadGeometry(_("The file is damaged or no XML: %s.") % error) from error


def _all(element: etree._Element, name: str) -> list[Any]:
    return list(element.iterfind(f".//{{*}}{name}"))


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _made(name: str, kind: str, coordinates: Any) -> Feature:
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


def _gpx(root: etree._Element) -> list[Feature]:
    """Waypoints, routes, and each segment of each track."""

    def at(point: etree._Element) -> list[Any]:
        return [point.get("lon"), point.get("lat")]

    found = [_made(_text(point, "name"), "Point", at(point)) for point in root.iterfind("{*}wpt")]
    found += [
        _made(_text(route, "name"), "LineString", [at(point) for point in route.iterfind("{*}rtept")])
        for route in root.iterfind("{*}rte")
    ]
    for track in root.iterfind("{*}trk"):
        for segment in track.iterfind("{*}trkseg"):
            line = [at(point) for point in segment.iterfind("{*}trkpt")]
            found.append(_made(_text(track, "name"), "LineString", line))
    return found


def _kml(root: etree._Element) -> list[Feature]:
    found = []
    for mark in _all(root, "Placemark"):
        name = _text(mark, "name")
        found += [_made(name, "Point", line[0]) for one in _all(mark, "Point") if (line := _kml_line(one))]
        found += [_made(name, "LineString", _kml_line(one)) for one in _all(mark, "LineString")]
        for area in _all(mark, "Polygon"):
            rings = [_kml_line(ring) for ring in _all(area, "LinearRing")]
            found.append(_made(name, "Polygon", rings))
    return found


def _kml_line(element: etree._Element) -> list[list[str]]:
    return [part.split(",")[:2] for part in _text(element, "coordinates").split()]
