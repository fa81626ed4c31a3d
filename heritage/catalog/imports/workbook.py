"""Reading the register from an Excel workbook (XLSX, ECMA-376): its first sheet, every cell as text."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import UnreadableFileError

MAX_UNPACKED = 400 * 1024**2  # bytes
MAX_COLUMNS = 200
HIGHEST_RATIO = 200
MAX_SHARED = 100 * 1024**2
"""Bytes of the table of texts (`sharedStrings.xml`), which is read whole."""
MAX_ROWS = 1_000_000
DAMAGES = (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError)
"""What is raised for a file that is no workbook, or half of one, besides the error of openpyxl."""


def is_workbook(path: Path) -> bool:
    """By content: a ZIP archive, whatever the file is called."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a workbook; `lines()` may be read any number of times, a row at a time."""

    path: Path

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each row's number in the sheet, from 1, and its cells.

        Raises:
            UnreadableFileError: it is no workbook, or larger than the limits once unpacked.
        """
        self._check_size()
        from openpyxl import load_workbook  # loaded where it is used: no other process needs to hold it
        from openpyxl.utils.exceptions import InvalidFileException

        try:
            book = load_workbook(self.path, read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), 1):
                if number > MAX_ROWS:
                    raise UnreadableFileError(_("The sheet has more than %(most)s rows.") % {"most": MAX_ROWS})
                yield number, [_text(value) for value in row]
            book.close()
        except (InvalidFileException, *DAMAGES) as error:
            raise UnreadableFileError(
                _("The workbook cannot be read (%(error)s). Save it again as XLSX, or as CSV UTF-8.") % {"error": error}
            ) from error

    def _check_size(self) -> None:
        try:
            with zipfile.ZipFile(self.path) as archive:
                entries = archive.infolist()
        except zipfile.BadZipFile as error:
            raise UnreadableFileError(_("The workbook is damaged or cut short; save it again as XLSX.")) from error
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        shared = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
        bomb = unpacked > 10 * 1024**2 and unpacked > HIGHEST_RATIO * max(1, packed)
        if unpacked > MAX_UNPACKED or shared > MAX_SHARED or bomb:
            message = _("The workbook would unpack to %(size)s MB; at most %(most)s MB are read. Save it as CSV UTF-8.")
            raise UnreadableFileError(message % {"size": unpacked // 1024**2, "most": MAX_UNPACKED // 1024**2})


def _text(value: Any) -> str:
    """A cell as the register writes it: days as 2012-05-10, numbers without a needless fraction, formulas from "="."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str):
        return value
    from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

    return "=" if isinstance(value, ArrayFormula | DataTableFormula) else str(value)
