"""Reading areas from the files that people have: GeoJSON, KML and KMZ, zipped Shapefiles, GPX.

    found = files.read("ranh-gioi.kml", data)

Every file is hostile: its size is bounded before it is opened, archives are never unpacked onto disk, XML is read
without entities, document types or network.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from heritage.places.geometry.files import geojson, gpx, kml, shapefile
from heritage.places.geometry.files.found import Found
from heritage.places.geometry.shapes import refuse

LARGEST_FILE = 20 * 1024 * 1024


class Format(NamedTuple):
    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], list[Found]]


FORMATS = (
    Format("GeoJSON", (".geojson", ".json"), geojson.read),
    Format("KML", (".kml",), kml.read),
    Format("KMZ", (".kmz",), kml.read_zipped),
    Format("Shapefile", (".zip",), shapefile.read),
    Format("GPX", (".gpx",), gpx.read),
)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)


def read(name: str, data: bytes) -> list[Found]:
    """The areas in a file, each with its name and properties; not yet checked.

    Raises:
        BadGeometryError: of another kind, too large, broken, dangerous, or without any area.
    """
    if len(data) > LARGEST_FILE:
        message = _("The file has %(size)s MB; the most is %(most)s MB.")
        sizes = {"size": len(data) // 1_048_576, "most": LARGEST_FILE // 1_048_576}
        raise refuse("size", message % sizes)
    chosen = next((one for one in FORMATS if name.lower().endswith(one.suffixes)), None)
    if chosen is None:
        message = _("“%(name)s” is none of %(formats)s. A Shapefile comes as one .zip with .shp, .dbf and .prj.")
        raise refuse("format", message % {"name": name[-80:], "formats": ", ".join(SUFFIXES)})
    found = chosen.read(data)
    if not found:
        raise refuse("empty", _("There is no area in the file: only polygons and closed lines are read."))
    return found
