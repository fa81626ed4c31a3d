"""A file of catalogue records, whichever of the forms it is in: its first rows, and all that it describes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from heritage.catalog.imports import UnreadableFileError
from heritage.catalog.imports.sheets import open_sheet
from heritage.core.meanings import LONGEST_CELL, PREVIEWED
from heritage.library.records import marc, tables
from heritage.library.records.description import Description
from heritage.library.records.errors import RecordsError

TABLES = (".csv", ".txt", ".tsv", ".xlsx")
MARC = (".mrc", ".marc", ".iso", ".xml")
SHOWN = ("number", "title_vi", "contributors", "year", "language", "isbns", "subjects", "dewey")
"""What the first rows of MARC show; its fields mean what the standard says."""


@dataclass(frozen=True)
class Preview:
    """The first rows: `columns` as a table names them (none of MARC, where nothing is to be chosen)."""

    columns: list[str]
    fields: list[str]
    rows: list[list[str]]


def is_table(path: Path) -> bool:
    return path.suffix.lower() in TABLES


def open_records(
    path: Path, naming: Callable[[str], str] = tables.canonical
) -> Iterator[tuple[int, Description | str]]:
    """Each record by its line or place, or what is wrong with it; `naming` is for tables.

    Raises:
        RecordsError: the file as a whole cannot be read.
    """
    return tables.read(path, naming) if is_table(path) else marc.read(path.read_bytes())


def preview(path: Path) -> Preview:
    """The first rows of a file, whatever its columns mean.

    Raises:
        RecordsError: the file as a whole cannot be read.
    """
    if not is_table(path):
        return Preview([], list(SHOWN), [_shown(found) for _place, found in islice(open_records(path), PREVIEWED)])
    try:
        sheet = open_sheet(path)
        lines = list(islice(sheet.lines(), PREVIEWED))
    except UnreadableFileError as error:
        raise RecordsError(str(error)) from error
    columns = list(sheet.columns)
    return Preview(columns, columns, [[sheet.tidy(cell)[:LONGEST_CELL] for cell in line.cells] for line in lines])


def _shown(found: Description | str) -> list[str]:
    if isinstance(found, str):
        return ["", found[:LONGEST_CELL], *[""] * (len(SHOWN) - 2)]
    values = {name: getattr(found, name) for name in SHOWN} | {
        "contributors": [name for name, _r in found.contributors]
    }
    return [tables.as_text(values[name])[:LONGEST_CELL] for name in SHOWN]
