"""KML 2.2 (OGC 07-147r2) and its zipped form, KMZ."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon

from heritage.places.geometry.files import archive, xml
from heritage.places.geometry.files.found import MOST_AREAS, Found
from heritage.places.geometry.shapes import MOST_POINTS, from_rings, refuse


def read(data: bytes) -> list[Found]:
    """Each placemark that has polygons, or a closed line."""
    found = []
    for placemark in xml.every(xml.root(data, "kml"), "Placemark"):
        polygons = [_polygon(one) for one in xml.every(placemark, "Polygon")] or _closed_lines(placemark)
        if not polygons:
            continue
        area = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
        name = xml.text(placemark, "name")[:300]
        description = xml.text(placemark, "description")[:300]
        found.append(Found(area, name, {"name": name, "description": description, **_extended(placemark)}))
        if len(found) > MOST_AREAS:
            message = _("The file has %(count)s shapes; the most is %(most)s.")
            raise refuse("size", message % {"count": len(found), "most": MOST_AREAS})
    return found


def _extended(placemark: Element) -> dict[str, str]:
    """Values of `Data` and `SimpleData` (section 9.2 and 9.3), at most a hundred."""
    typed = [(one.get("name", ""), (one.text or "").strip()) for one in xml.every(placemark, "SimpleData")]
    free = [(one.get("name", ""), xml.text(one, "value")) for one in xml.every(placemark, "Data")]
    return {key[:60]: value[:300] for key, value in [*typed, *free][:100] if key and value}


def read_zipped(data: bytes) -> list[Found]:
    with archive.opened(data) as files:
        name = next((name for name in files.names if name.lower().endswith(".kml")), None)
        if name is None:
            raise refuse("format", _("There is no .kml in the KMZ."))
        return read(files.read(name))


def _polygon(element: Element) -> Polygon:
    outer = [_points(ring) for part in xml.every(element, "outerBoundaryIs") for ring in xml.every(part, "coordinates")]
    holes = [_points(ring) for part in xml.every(element, "innerBoundaryIs") for ring in xml.every(part, "coordinates")]
    if len(outer) != 1:
        raise refuse("format", _("A KML polygon needs exactly one outer boundary."))
    return from_rings([*outer, *holes])


def _closed_lines(placemark: Element) -> list[Polygon]:
    lines = [_points(one) for line in xml.every(placemark, "LineString") for one in xml.every(line, "coordinates")]
    return [from_rings([line]) for line in lines if len(line) > 3 and line[0] == line[-1]]


def _points(element: Element) -> list[tuple[float, float]]:
    """`105.1,21.5,0 105.2,21.5,0`: longitude, latitude and a height that is left out."""
    tuples = (element.text or "").split()
    if len(tuples) > MOST_POINTS:
        message = _("A boundary has %(count)s points; the most is %(most)s. Simplify it before importing.")
        raise refuse("size", message % {"count": len(tuples), "most": MOST_POINTS})
    points = []
    for one in tuples:
        try:
            longitude, latitude, *_height = (float(part) for part in one.split(","))
        except ValueError as error:
            raise refuse("format", _("“%(point)s” is no pair of numbers.") % {"point": one[:60]}) from error
        points.append((longitude, latitude))
    return points
