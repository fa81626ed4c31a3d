"""Rows of a file, whatever its format: each a line number and texts by field name."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.imports import UnreadableFileError
from heritage.catalog.imports.sheets import open_sheet
from heritage.core.folding import fold, nfc
from heritage.places.archipelagos import NAMES

MAX_GEOJSON_BYTES = 64 * 1024**2
"""A GeoJSON document is read whole and grows about eightfold in memory."""
MAX_COLUMNS = 200
LOOKED_AT = 1000
"""Features in which the names of properties are looked for."""
ALIASES = {
    "id": "source_key",
    "key": "source_key",
    "ma": "source_key",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "name": "name_vi",
    "ten": "name_vi",
    "ten tieng anh": "name_en",
    "loai": "kind",
    "loai chi tiet": "category",
    "vi do": "latitude",
    "kinh do": "longitude",
    "dia chi": "address",
    "dien thoai": "phone",
    "gio mo cua": "opening_hours",
    "trang web": "website",
    "so giay phep": "licence_number",
    "so phong": "rooms",
    "ma don vi": "unit_code",
    "licence": "licence_number",
    "confirmed": "coord_confirmed",
}
"""Headers by their folded form; every field's own name is known too."""
NEEDED = ("name_vi", "latitude", "longitude")

Naming = Callable[[str], str]
"""What a column or property of a file means: the name of a field, or "" where it is not to be taken."""


@dataclass(frozen=True)
class Row:
    """One place as its file tells it; `fault` says what is wrong with the line as a whole."""

    line: int
    values: dict[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Source:
    """A file that can be imported: its rows, and where they come from.

    `columns` are named as in the file, `header` says what each means; both are empty where nothing is to be chosen.
    """

    name: str
    rows: Callable[[], Iterator[Row | None]]
    licence: str = ""
    encoding: str = ""
    columns: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)


def open_source(path: Path, naming: Naming | None = None) -> Source:
    """Recognise a file by its name and content; `naming` tells what its columns mean (else their names do).

    The archipelagos' names, with which the files of this archive end, are left out: they are no places.

    Raises:
        UnreadableFileError: it is missing, of no known kind, or cannot be read; the message says what to do.
    """
    if not path.is_file():
        raise UnreadableFileError(_("%(path)s is not a file.") % {"path": path})
    opened = _opened(path, naming)

    def rows() -> Iterator[Row | None]:
        return (None if row and row.values.get("name_vi") in NAMES else row for row in opened.rows())

    return replace(opened, rows=rows)


def _opened(path: Path, naming: Naming | None) -> Source:
    name = path.name.lower()
    if name.endswith((".osm", ".osm.pbf", ".pbf", ".osm.bz2", ".osm.gz")):
        from heritage.maps.imports.osm import osm_source

        return osm_source(path)
    if name.endswith((".geojson", ".json")):
        return _geojson(path, naming or canonical)
    if name.endswith((".csv", ".txt", ".tsv")):
        return table(path, naming or canonical)
    if name.endswith((".xlsx", ".kml", ".gpx")):
        from heritage.maps.imports import more

        return more.xlsx(path, naming or canonical) if name.endswith(".xlsx") else more.drawn(path)
    raise UnreadableFileError(_("Files of places end in .csv, .xlsx, .geojson, .kml, .gpx, .osm or .osm.pbf."))


def canonical(header: str) -> str:
    """The field a header means: its own name, or an alias in Vietnamese or English."""
    folded = fold(header)
    return ALIASES.get(folded.replace("_", " "), ALIASES.get(folded, folded.replace(" ", "_")))


def as_named(column: str) -> str:
    """The naming of a first look at a file, before anybody has said what is what."""
    return column


def named(columns: list[str], naming: Naming) -> list[str]:
    """What each column means.

    Raises:
        UnreadableFileError: what every place needs is not among them, or two columns mean the same.
    """
    header = [naming(name) for name in columns]
    if naming is as_named:
        return header
    if missing := [name for name in NEEDED if name not in header]:
        message = _("The file lacks these columns: %(columns)s. The first line names the columns.")
        raise UnreadableFileError(message % {"columns": ", ".join(missing)})
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        message = _("More than one column stands for: %(columns)s. Choose one for each.")
        raise UnreadableFileError(message % {"columns": ", ".join(twice)})
    return header


def values_of(header: list[str], cells: Iterable[str]) -> dict[str, str]:
    """The cells by what their columns mean, those left out that mean nothing."""
    return {name: cell for name, cell in zip(header, cells, strict=False) if name}


def table(path: Path, naming: Naming) -> Source:
    """A CSV file or a workbook; its first line names the columns."""
    sheet = open_sheet(path)
    if sheet.recognised:  # places have no step in which a person could confirm the letters
        sheet = open_sheet(path, sheet.recognised)
    columns = list(sheet.columns)
    header = named(columns, naming)

    def rows() -> Iterator[Row]:
        for line in sheet.lines():
            yield Row(line.number, values_of(header, map(sheet.tidy, line.cells)), line.fault)

    return Source(path.name, rows, encoding=sheet.encoding, columns=columns, header=header)


def _geojson(path: Path, naming: Naming) -> Source:
    if path.stat().st_size > MAX_GEOJSON_BYTES:
        message = _("The file is larger than %(most)s MB. Divide it, or bring it as CSV or .osm.pbf.")
        raise UnreadableFileError(message % {"most": MAX_GEOJSON_BYTES // 1024**2})
    try:
        document = json.loads(path.read_bytes())
        features = document["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError(_("The file is no GeoJSON with “features” (RFC 7946): %s.") % error) from error
    if not isinstance(features, list):
        raise UnreadableFileError(_("The file is no GeoJSON with “features” (RFC 7946): %s.") % "features")

    columns = _properties(features)

    def rows() -> Iterator[Row]:
        for number, feature in enumerate(features, start=1):
            yield _feature_row(number, feature, naming)

    return Source(path.name, rows, encoding="utf-8", columns=columns, header=[naming(name) for name in columns])


def _properties(features: list[Any]) -> list[str]:
    """The names of properties in the order in which the first features have them."""
    found: dict[str, None] = {}
    for feature in features[:LOOKED_AT]:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        found |= dict.fromkeys(map(str, properties)) if isinstance(properties, dict) else {}
    return list(found)[:MAX_COLUMNS]


def _feature_row(number: int, feature: Any, naming: Naming) -> Row:
    """A feature as a row; `line` counts features from 1."""
    try:
        properties, geometry = feature.get("properties") or {}, feature["geometry"]
        longitude, latitude = _middle(geometry)
        values = {naming(str(name)): nfc(str(value)).strip() for name, value in properties.items() if value is not None}
        values.pop("", None)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return Row(number, {}, _("The feature has no point, line or area that can be read."))
    values |= {"latitude": str(latitude), "longitude": str(longitude)}
    if feature.get("id") is not None:
        values.setdefault("source_key", str(feature["id"]))
    return Row(number, values)


def _middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """A point as it is; of a line or an area the mean of its (outer) corners."""
    coordinates, kind = geometry["coordinates"], geometry["type"]
    if kind == "Point":
        return float(coordinates[0]), float(coordinates[1])
    corners = {"LineString": lambda c: c, "Polygon": lambda c: c[0][:-1], "MultiPolygon": lambda c: c[0][0][:-1]}[kind](
        coordinates
    )
    return sum(p[0] for p in corners) / len(corners), sum(p[1] for p in corners) / len(corners)
