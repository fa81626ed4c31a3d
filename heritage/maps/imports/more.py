"""Places out of workbooks (.xlsx) and out of the points of KML and GPX files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from heritage.catalog.imports import UnreadableFileError
from heritage.core.folding import nfc
from heritage.maps import geofiles
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.imports.reading import Row, Source, canonical

LARGEST_WORKBOOK = 30 * 1024**2
LARGEST_UNPACKED = 400 * 1024**2
NEEDED = ("name_vi", "latitude", "longitude")


def xlsx(path: Path) -> Source:
    """The first sheet of a workbook; its first line names the columns as in a CSV file.

    Raises:
        UnreadableFileError: too large, damaged, or without the columns that every place needs.
    """
    _check_size(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        cells = next(book.worksheets[0].iter_rows(values_only=True), ())
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise UnreadableFileError(_("The workbook cannot be read: %s.") % error) from error
    header = [canonical(_text(cell)) for cell in cells]
    if missing := [name for name in NEEDED if name not in header]:
        message = _("The file lacks these columns: %(columns)s. The first line names the columns.")
        raise UnreadableFileError(message % {"columns": ", ".join(missing)})

    def rows() -> Iterator[Row]:
        for line, values in enumerate(book.worksheets[0].iter_rows(min_row=2, values_only=True), start=2):
            texts = [_text(value) for value in values]
            if any(texts):
                yield Row(line, dict(zip(header, texts, strict=False)))

    return Source(path.name, rows, encoding="utf-8", header=header)


def _check_size(path: Path) -> None:
    """A small archive may unpack to gigabytes: what it says of itself is summed up before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableFileError(_("The workbook cannot be read: %s.") % error) from error
    if path.stat().st_size > LARGEST_WORKBOOK or unpacked > LARGEST_UNPACKED:
        raise UnreadableFileError(_("The workbook is too large. Divide it, or save it as CSV."))


def _text(value: Any) -> str:
    """A cell as a file of text would have it: whole numbers without `.0`, days as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "date"):
        return str(value.date())
    return nfc(str(value)).strip()


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
    own = {label["text"] for label in LABELS}

    def rows() -> Iterator[Row | None]:
        for number, feature in enumerate(features, start=1):
            name = nfc(feature["properties"]["name_vi"]).strip()
            if feature["geometry"]["type"] != "Point" or not name or name in own:
                yield None
                continue
            longitude, latitude = feature["geometry"]["coordinates"]
            yield Row(number, {"name_vi": name, "latitude": str(latitude), "longitude": str(longitude)})

    return Source(path.name, rows, encoding="utf-8")
