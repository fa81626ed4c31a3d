"""Records with a point as a zipped ESRI Shapefile, in WGS 84, with its .prj, its .cpg and a list of its columns.

A .dbf has names of ten letters and cells of 254 bytes: `columns.csv` in the archive says which column is which, and
that longer texts are cut; the CSV and GeoJSON exports have them whole.
"""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import shapefile  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from pyproj import CRS
from pyproj.enums import WktVersion

from heritage.catalog.exports.rows import FURTHER
from heritage.catalog.imports.reading import COLUMNS
from heritage.places import archipelagos

NAME = "di-san"
LONGEST = 254
"""Bytes of a cell of text (dBase III)."""
BLOCK = 64 * 1024
WGS_84 = 4326


def as_shapefile(rows: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """Written to disk as it comes, so that memory does not grow with the list; then the archive is sent."""
    with tempfile.TemporaryDirectory(prefix="shapefile-") as folder:
        target = Path(folder, NAME)
        _write(rows, target)
        target.with_suffix(".prj").write_text(CRS.from_epsg(WGS_84).to_wkt(WktVersion.WKT1_ESRI), encoding="ascii")
        target.with_suffix(".cpg").write_text("UTF-8", encoding="ascii")
        Path(folder, "columns.csv").write_text(_columns(), encoding="utf-8-sig")
        archive = Path(folder, "archive")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
                made.write(target.with_suffix(suffix), f"{NAME}{suffix}")
            made.write(Path(folder, "columns.csv"), "columns.csv")
        with archive.open("rb") as file:
            while block := file.read(BLOCK):
                yield block


def _write(rows: Iterable[dict[str, str]], target: Path) -> None:
    names = short_names()
    with shapefile.Writer(str(target), shapeType=shapefile.POINT, encoding="utf-8") as writer:
        for short in names.values():
            writer.field(short, "C", size=LONGEST)
        for row in rows:
            if row["lat"]:
                writer.point(float(row["lon"]), float(row["lat"]))
                writer.record(*(cut(row[name]) for name in names))
        for name_vi, latitude, longitude in archipelagos.points():
            writer.point(longitude, latitude)
            writer.record(*({"name_vi": name_vi, "kind": archipelagos.KIND}.get(name, "") for name in names))


def cut(text: str) -> str:
    """As much of `text` as a cell holds, without half a letter at its end."""
    return text.encode()[:LONGEST].decode(errors="ignore")


def short_names() -> dict[str, str]:
    """By the name of the register's column, the unique one of ten letters."""
    found: dict[str, str] = {}
    for name in (*(name for name in COLUMNS if name not in ("lat", "lon")), FURTHER):
        short, number = name[:10], 1
        while short in found.values():
            number += 1
            short = f"{name[: 10 - len(str(number))]}{number}"
        found[name] = short
    return found


def _columns() -> str:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([_("Column of the Shapefile"), _("Column of the register"), _("Note")])
    for name, short in short_names().items():
        writer.writerow([short, name, _("longer texts are cut at %(bytes)s bytes") % {"bytes": LONGEST}])
    return kept.getvalue()
