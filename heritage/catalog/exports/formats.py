"""The forms an export can have. Every writer is a generator of bytes, so that nothing waits for the whole.

What a map is made of (GeoJSON, KML, Shapefile) ends with both archipelagos' names; the sheets, made to be brought back,
hold records alone.
"""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.catalog.exports.paper import as_docx
from heritage.catalog.exports.pdf import as_pdf
from heritage.catalog.exports.rows import FURTHER
from heritage.catalog.exports.shapes import as_shapefile
from heritage.catalog.imports.reading import COLUMNS
from heritage.catalog.models import Rank
from heritage.places import archipelagos

Rows = Iterable[dict[str, str]]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula; such a text gets an apostrophe before it, as they write it."""
BLOCK = 64 * 1024


@dataclass(frozen=True)
class Format:
    """`suffix` names the file, `write` turns rows into its bytes; a paper's is told too what was asked, in words."""

    label: Any
    suffix: str
    media_type: str
    write: Callable[..., Iterator[bytes]]
    is_paper: bool = False


def as_csv(rows: Rows) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which Excel reads Vietnamese as Windows-1258."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, [*COLUMNS, FURTHER])
    kept.write("\ufeff")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(cell) for name, cell in row.items()})
        if kept.tell() > BLOCK:
            yield kept.getvalue().encode()
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue().encode()


def guarded(cell: str) -> str:
    """`cell` as a spreadsheet takes it for text; `imports.reading` takes the apostrophe off again."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def as_xlsx(rows: Rows) -> Iterator[bytes]:
    """A workbook of one sheet whose cells are all text: nothing in it is ever taken for a formula or a date."""
    from openpyxl import Workbook  # loaded where it is used: no other process needs to hold it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Register")[:31])
    sheet.freeze_panes = "A2"
    names = [*COLUMNS, FURTHER]
    sheet.append(names)
    for row in rows:
        sheet.append([_text(sheet, row[name]) for name in names])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _text(sheet: Any, value: str) -> Any:
    if not value:
        return None
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def as_json_lines(rows: Rows) -> Iterator[bytes]:
    """One object a line (JSON lines), whose members are the columns that are not empty."""
    for row in rows:
        yield json.dumps({name: cell for name, cell in row.items() if cell}, ensure_ascii=False).encode() + b"\n"


def as_geojson(rows: Rows) -> Iterator[bytes]:
    """A FeatureCollection of the records that have a point (RFC 7946: longitude first)."""
    yield b'{"type": "FeatureCollection", "features": [\n'
    separator = b""
    for row in rows:
        if row["lat"]:
            feature = {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
                "properties": {name: cell for name, cell in row.items() if cell and name not in ("lat", "lon")},
            }
            yield separator + json.dumps(feature, ensure_ascii=False).encode()
            separator = b",\n"
    for feature in archipelagos.features(lambda name: {"name_vi": name}):
        yield separator + json.dumps(feature, ensure_ascii=False).encode()
        separator = b",\n"
    yield b"\n]}\n"


def as_kml(rows: Rows) -> Iterator[bytes]:
    """Placemarks of the records that have a point (OGC KML 2.3)."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
    for row in rows:
        if row["lat"]:
            rank = str(Rank(row["rank"]).label) if row["rank"] else ""
            told = "\n".join(part for part in (rank, row["decision_no"], row["facts_vi"]) if part)
            yield (
                f'<Placemark id="{_xml(row["id"])}"><name>{_xml(row["name_vi"])}</name>'
                f"<description>{_xml(told)}</description>"
                f"<Point><coordinates>{row['lon']},{row['lat']}</coordinates></Point></Placemark>\n"
            ).encode()
    for name, latitude, longitude in archipelagos.points():
        yield (
            f"<Placemark><name>{_xml(name)}</name>"
            f"<Point><coordinates>{longitude},{latitude}</coordinates></Point></Placemark>\n"
        ).encode()
    yield b"</Document></kml>\n"


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;"})


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    one.suffix: one
    for one in (
        Format(gettext_lazy("CSV (can be imported again)"), "csv", "text/csv; charset=utf-8", as_csv),
        Format(gettext_lazy("Excel (XLSX, can be imported again)"), "xlsx", XLSX, as_xlsx),
        Format(gettext_lazy("JSON lines (can be imported again)"), "jsonl", "application/jsonl", as_json_lines),
        Format(gettext_lazy("Word (DOCX)"), "docx", DOCX, as_docx, is_paper=True),
        Format("PDF", "pdf", "application/pdf", as_pdf, is_paper=True),
        Format("GeoJSON", "geojson", "application/geo+json", as_geojson),
        Format("KML", "kml", "application/vnd.google-earth.kml+xml", as_kml),
        Format(gettext_lazy("Shapefile (ZIP)"), "zip", "application/zip", as_shapefile),
    )
}
