"""Zipped ESRI Shapefiles, in WGS 84 or in whatever system their .prj names."""

import io
from typing import Any

import shapefile  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from heritage.places.geometry import shapes
from heritage.places.geometry.files import archive
from heritage.places.geometry.files.found import MOST_AREAS, Found
from heritage.places.geometry.files.geojson import NAMES
from heritage.places.geometry.vn2000 import THREE_DEGREES, label, to_degrees

POLYGONS = {5, 15, 25}
"""Shape types Polygon, PolygonZ and PolygonM (ESRI Shapefile Technical Description, 1998)."""


def read(data: bytes, most: int = MOST_AREAS) -> list[Found]:
    with archive.opened(data) as files:
        layers = [name for name in files.names if name.lower().endswith(".shp") and "__MACOSX" not in name]
        if len(layers) != 1:
            message = _("The archive holds %(count)s .shp files; exactly one is expected.")
            raise shapes.refuse("format", message % {"count": len(layers)})
        stem = layers[0][:-4]
        by_name = {name.lower(): name for name in files.names}
        part = {end: by_name.get(f"{stem}{end}".lower()) for end in (".dbf", ".prj", ".cpg")}
        system = _system(files.read(part[".prj"]) if part[".prj"] else b"")
        table = io.BytesIO(files.read(part[".dbf"])) if part[".dbf"] else None
        encoding = files.read(part[".cpg"]).decode("ascii", "ignore").strip() if part[".cpg"] else "utf-8"
        return _areas(io.BytesIO(files.read(layers[0])), table, system, encoding, most)


def _system(prj: bytes) -> CRS:
    if not prj.strip():
        raise shapes.refuse("system", _("The archive has no .prj, so the system of its coordinates is not known."))
    try:
        return CRS.from_wkt(prj.decode("utf-8", "replace"))
    except CRSError as error:
        raise shapes.refuse("system", _("The .prj names no system that is known.")) from error


def _areas(layer: io.BytesIO, table: io.BytesIO | None, system: CRS, encoding: str, most: int) -> list[Found]:
    try:
        with shapefile.Reader(shp=layer, dbf=table, encoding=encoding, encodingErrors="replace") as reader:
            _refuse_other_kinds(reader)
            return [
                _found(shape, reader, index, system)
                for index, shape in enumerate(_bounded(reader, most))
                if shape.points
            ]
    except shapes.BadGeometryError:
        raise
    except Exception as error:  # pyshp raises whatever broken bytes lead to: struct.error, IndexError, LookupError
        raise shapes.refuse(
            "format", _("The Shapefile is broken: %(reason)s") % {"reason": str(error)[:200]}
        ) from error


def _refuse_other_kinds(reader: Any) -> None:
    if reader.shapeType not in POLYGONS:
        raise shapes.refuse("kind", _("The Shapefile holds no polygons."))


def _bounded(reader: Any, most: int) -> Any:
    for index, shape in enumerate(reader.iterShapes()):
        if index >= most:
            message = _("The file has %(count)s shapes; the most is %(most)s.")
            raise shapes.refuse("size", message % {"count": len(reader), "most": most})
        yield shape


def _found(shape: Any, reader: Any, index: int, system: CRS) -> Found:
    row = reader.record(index).as_dict() if reader.dbf else {}
    properties = {str(key)[:60]: str(value)[:300] for key, value in row.items() if value is not None}
    name = next((properties[key] for key in NAMES if key in properties), "")
    return Found(shapes.read(_in_degrees(shape.__geo_interface__, system)), name, properties)


def _in_degrees(geometry: dict[str, Any], system: CRS) -> dict[str, Any]:
    nested = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    turned = [[_ring([(x, y) for x, y, *_more in ring], system) for ring in polygon] for polygon in nested]
    return {"type": "MultiPolygon", "coordinates": turned}


def _ring(points: list[tuple[float, float]], system: CRS) -> list[tuple[float, float]]:
    if system.is_geographic and "VN" not in system.name.upper():
        return points
    meridian = _vn2000_meridian(system)
    if meridian is not None:
        return to_degrees(points, meridian)
    transformer = Transformer.from_crs(system, 4326, always_xy=True)
    xs, ys = transformer.transform([x for x, _y in points], [y for _x, y in points])
    return list(zip(xs, ys, strict=True))


def _vn2000_meridian(system: CRS) -> float | None:
    """The meridian of a 3-degree zone of VN-2000, which ESRI programs write without the shift of its datum.

    Raises:
        BadGeometryError: a zone of VN-2000 that does not exist.
    """
    if "VN" not in system.name.upper() or not system.is_projected:
        return None
    values = {parameter.name: parameter.value for parameter in system.coordinate_operation.params}
    if abs(values.get("Scale factor at natural origin", 0) - 0.9999) > 1e-6:
        return None
    meridian = float(values["Longitude of natural origin"])
    if meridian not in THREE_DEGREES:
        message = _("There is no VN-2000 zone of %(width)s degrees with the central meridian %(meridian)s.")
        raise shapes.refuse("meridian", message % {"width": 3, "meridian": label(meridian)})
    return meridian
