"""Reading the register's file, whatever program wrote it: encodings, delimiters, decomposed letters, workbooks."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import UnreadableFileError
from heritage.catalog.imports.workbook import Sheet, is_workbook
from heritage.core.folding import nfc

COLUMNS = [
    "id",
    "name_vi",
    "name_en",
    "kind",
    "types",
    "ich_category",
    "rank",
    "other_lists",
    "decision_no",
    "decision_date",
    "decision_authority",
    "decision_year",
    "commune_old",
    "district_old",
    "province_old",
    "commune_new",
    "commune_new_code",
    "province_new",
    "lat",
    "lon",
    "coord_flag",
    "coord_basis",
    "coord_accuracy_m",
    "part_of_id",
    "related_place_id",
    "lunar_dates",
    "facts_vi",
    "facts_en",
    "confidence",
    "source",
]

MAX_CELL = 20_000
_BLOCK = 1 << 20
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Row:
    """One line of data by column; `fault` says what is wrong with the line as a whole, "" where nothing is."""

    line: int
    values: dict[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """A file that can be read any number of times, a row at a time; this one is CSV."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]

    @property
    def ignored_columns(self) -> list[str]:
        return [name for name in self.header if name not in COLUMNS]

    def rows(self) -> Iterator[Row]:
        """Every line that is not empty, its cells composed (NFC) and stripped."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            next(reader)
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Row(line, {}, _("The line cannot be read as CSV (%(error)s).") % {"error": error})
                    continue
                if any(cell.strip() for cell in cells):
                    yield self._row(line, cells)

    def _row(self, line: int, cells: list[str]) -> Row:
        values = {name: _tidy(cell) for name, cell in zip(self.header, cells, strict=False)}
        fault = ""
        if len(cells) != len(self.header):
            fault = _(
                "The line has %(found)s cells where the header has %(expected)s; look for a missing quote or comma."
            )
            fault %= {"found": len(cells), "expected": len(self.header)}
        return Row(line, values, fault)


class SheetTable(Table):
    """The same of a workbook's first sheet; a line is a row of the sheet."""

    def rows(self) -> Iterator[Row]:
        lines = Sheet(self.path).lines()
        next(lines)
        for line, cells in lines:
            if any(cell.strip() for cell in cells):
                padded = [*cells[: len(self.header)], *[""] * (len(self.header) - len(cells))]
                yield self._row(line, padded)


def open_table(path: Path) -> Table:
    """Recognise how `path` is written: CSV, or an Excel workbook (XLSX).

    Raises:
        UnreadableFileError: it is missing, empty, in no known encoding, or lacks columns, which are named.
    """
    csv.field_size_limit(MAX_CELL * 50)
    try:
        if is_workbook(path):
            return _open_sheet(path)
        encoding = _encoding(path)
    except OSError as error:
        raise UnreadableFileError(
            _("%(path)s cannot be opened: %(error)s.") % {"path": path, "error": error.strerror}
        ) from error
    first = _first_line(path, encoding)
    delimiter = max(",;\t", key=first.count)
    header = tuple(_tidy(name).casefold() for name in next(csv.reader([first], delimiter=delimiter), []))
    _check_header(header)
    return Table(path, encoding, delimiter, header)


def _open_sheet(path: Path) -> Table:
    _number, cells = next(Sheet(path).lines(), (0, []))
    while cells and not cells[-1].strip():
        cells.pop()
    header = tuple(_tidy(name).casefold() for name in cells)
    if not header:
        raise UnreadableFileError(_("The file is empty; its first line must name the columns."))
    _check_header(header)
    return SheetTable(path, "xlsx", "", header)


def _check_header(header: tuple[str, ...]) -> None:
    if missing := [name for name in COLUMNS if name not in header]:
        message = _(
            "The file lacks these columns: %(columns)s. Add them; where nothing is known their cells stay empty."
        )
        raise UnreadableFileError(message % {"columns": ", ".join(missing)})
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise UnreadableFileError(_("These columns stand twice: %(columns)s.") % {"columns": ", ".join(twice)})


def _tidy(cell: str) -> str:
    """Composed and stripped, without the apostrophe that keeps a spreadsheet from reading a formula."""
    return nfc(_GUARDED.sub("", cell.strip().lstrip("\ufeff")))


def _first_line(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline=None) as file:
        first = file.readline(_BLOCK).rstrip("\n")
    if not first.strip():
        raise UnreadableFileError(_("The file is empty; its first line must name the columns."))
    return first


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 where the file says or proves so, else Windows-1258, whose tones follow their letters."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(path, name)
    if b"\0" in head:
        return _checked(path, "utf-16-le" if head[1:2] == b"\0" else "utf-16-be")
    try:
        return _checked(path, "utf-8")
    except UnreadableFileError:
        return _checked(path, "cp1258")


def _checked(path: Path, encoding: str) -> str:
    """`encoding` where the whole file can be read in it; read in blocks, so that memory stays flat."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        message = _("The file is neither UTF-8, UTF-16 nor Windows-1258 (%(error)s). Save it as CSV UTF-8.")
        raise UnreadableFileError(message % {"error": error}) from error
    return encoding
