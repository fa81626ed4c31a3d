"""Places out of workbooks (.xlsx) and out of the points of KML and GPX files."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.catalog.imports import UnreadableFileError
from heritage.core.folding import nfc
from heritage.maps import geofiles
from heritage.maps.imports.reading import Naming, Row, Source, table

LARGEST_WORKBOOK = 30 * 1024**2


def xlsx(path: Path, naming: Naming) -> Source:
    """The first sheet of a workbook; its first line names the columns as in a CSV file.

    Raises:
        UnreadableFileError: too large, damaged, or without the columns that every place needs.
    """
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise UnreadableFileError(_("The workbook is too large. Divide it, or save it as CSV."))
    return table(path, naming)


def drawn(path: Path) -> Source:
    """The points of a KML or GPX file that have a name; lines and areas are no places.

    Raises:
        UnreadableFileError: too large, damaged, or of another kind.
    """
    try:
        with path.open("rb") as file:
            features = geofiles.read(path.name, file.read(geofiles.LARGEST + 1))
    except geofiles.BadGeometry as error:
        raise UnreadableFileError(str(error)) from error

    def rows() -> Iterator[Row | None]:
        for number, feature in enumerate(features, start=1):
            name = nfc(feature["properties"]["name_vi"]).strip()
            if feature["geometry"]["type"] != "Point" or not name:
                yield None
                continue
            longitude, latitude = feature["geometry"]["coordinates"]
            yield Row(number, {"name_vi": name, "latitude": str(latitude), "longitude": str(longitude)})

    return Source(path.name, rows, encoding="utf-8")
