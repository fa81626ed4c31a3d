"""Tables as files, whatever program wrote them: CSV, the first sheet of a workbook (XLSX), JSON; a line at a time."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.catalog.imports import objects
from heritage.catalog.imports.encoding import BLOCK, recognised
from heritage.catalog.imports.report import UnreadableFileError
from heritage.catalog.imports.workbook import Sheet, is_workbook
from heritage.core.folding import nfc
from heritage.core.letters import NAMES, from_letters, recognise

MAX_CELL = 20_000
MAX_COLUMNS = 200
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")
_SAMPLED = 200


@dataclass(frozen=True)
class Line:
    """Cells as they stand in a line; `fault` says what is wrong with the line as a whole, "" where nothing is."""

    number: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True)
class SheetFile:
    """A table that can be read any number of times, a line at a time; this one is CSV.

    `recognised` are the old letters that the file seems to be in, `letters` those that it is read as.
    """

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    recognised: str = ""
    letters: str = ""

    @property
    def recognised_name(self) -> str:
        return NAMES.get(self.recognised, "")

    def lines(self) -> Iterator[Line]:
        """Every line below the header that is not empty; its number counts from 1, the header's."""
        for line in self._lines():
            if line.fault or any(cell and not cell.isspace() for cell in line.cells):
                yield self._fitted(line)

    def tidy(self, cell: str) -> str:
        """In Unicode, composed and stripped, without the apostrophe that keeps a sheet from reading a formula."""
        return tidied(cell, self.letters)

    def _lines(self) -> Iterator[Line]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            next(reader)
            while True:
                number = reader.line_num + 1
                try:
                    yield Line(number, next(reader))
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Line(
                        number,
                        [],
                        _("The line cannot be read as CSV (%(error)s). | Look for a missing quote.") % {"error": error},
                    )

    def _fitted(self, line: Line) -> Line:
        if line.fault or len(line.cells) == len(self.columns):
            return line
        message = _(
            "The line has %(found)s cells where the header has %(expected)s. | Look for a missing quote or comma."
        )
        return Line(line.number, line.cells, message % {"found": len(line.cells), "expected": len(self.columns)})


class WorkbookFile(SheetFile):
    """The same of a workbook's first sheet; a line is a row of the sheet, and short rows are filled up."""

    def _lines(self) -> Iterator[Line]:
        lines = Sheet(self.path).lines()
        next(lines)
        for number, cells in lines:
            while len(cells) > len(self.columns) and not cells[-1].strip():
                cells.pop()
            yield Line(number, cells + [""] * (len(self.columns) - len(cells)))


class ObjectsFile(SheetFile):
    """The same of a JSON array or of JSON lines; a line is an object, the first being line 2 as in a sheet."""

    def _lines(self) -> Iterator[Line]:
        for number, (values, fault) in enumerate(objects.objects(self.path, self.encoding), 2):
            yield Line(number, [values.get(name, "") for name in self.columns], fault)


def tidied(cell: str, letters: str = "") -> str:
    if letters:
        cell = from_letters(cell, letters)
    return nfc(_GUARDED.sub("", cell.strip().lstrip("\ufeff")))


def open_sheet(path: Path, letters: str = "") -> SheetFile:
    """Recognise how `path` is written; `letters` (`tcvn3`, `vni`) turns old letters into Unicode as it is read.

    Raises:
        UnreadableFileError: it is missing, empty, in no known encoding, or too wide; the message says what to do.
    """
    csv.field_size_limit(MAX_CELL * 50)
    try:
        if is_workbook(path):
            return _workbook(path, letters)
        encoding, found = recognised(path)
        if objects.is_json(path, encoding):
            return _objects(path, encoding, found, letters)
    except OSError as error:
        raise UnreadableFileError(
            _("%(path)s cannot be opened: %(error)s.") % {"path": path, "error": error.strerror}
        ) from error
    first = _first_line(path, encoding)
    delimiter = max(",;\t", key=first.count)
    cells = next(csv.reader([first], delimiter=delimiter), [])
    return SheetFile(path, encoding, delimiter, _header(cells, letters), found, letters)


def _workbook(path: Path, letters: str) -> SheetFile:
    lines = Sheet(path).lines()
    _number, cells = next(lines, (0, []))
    while cells and not cells[-1].strip():
        cells.pop()
    sample = [" ".join(row) for (_line, row), _n in zip(lines, range(_SAMPLED), strict=False)]
    return WorkbookFile(path, "xlsx", "", _header(cells, letters), recognise(" ".join([*cells, *sample])), letters)


def _objects(path: Path, encoding: str, found: str, letters: str) -> SheetFile:
    columns: dict[str, None] = {}
    for (values, _fault), _n in zip(objects.objects(path, encoding), range(objects.LOOKED_AT), strict=False):
        columns |= dict.fromkeys(values)
    # Names of members are taken as they stand: a line is read by them.
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFileError(_("The file has more than %(most)s columns.") % {"most": MAX_COLUMNS})
    return ObjectsFile(path, encoding, "", tuple(columns), found, letters)


def _header(cells: list[str], letters: str) -> tuple[str, ...]:
    if not any(cell.strip() for cell in cells):
        raise UnreadableFileError(_("The file is empty; its first line must name the columns."))
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFileError(_("The file has more than %(most)s columns.") % {"most": MAX_COLUMNS})
    return tuple(tidied(name, letters) for name in cells)


def _first_line(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline=None) as file:
        first = file.readline(BLOCK).rstrip("\n")
    if not first.strip():
        raise UnreadableFileError(_("The file is empty; its first line must name the columns."))
    return first
