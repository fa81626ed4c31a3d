"""Reading the register's file: what its columns mean, and every line as cells by meaning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import UnreadableFileError
from heritage.catalog.imports.sheets import MAX_CELL, SheetFile, open_sheet

__all__ = ["COLUMNS", "EXTERNAL_ID", "MAX_CELL", "Row", "Table", "open_table"]

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

EXTERNAL_ID = "external_id"
"""A further column: the key of the row at whoever gives the file; with their name it is as good as a number."""
TOGETHER = (
    ("lat", "lon"),
    ("lon", "lat"),
    ("rank", "other_lists", "decision_no", "decision_date", "decision_authority", "decision_year"),
    ("commune_new_code", "commune_new", "province_new"),
)
"""Columns that say one thing: a file that has any of a group has the first."""
PARTS = {
    "other_lists": "lists",
    "decision_no": "number",
    "decision_date": "on",
    "decision_year": "year",
    "decision_authority": "authority",
}
"""What a file leaves unsaid of an act where it lacks a column (`canonical.completed`)."""

Naming = Callable[[str], str]
"""What a column of a file means: one of `COLUMNS`, `EXTERNAL_ID`, or "" where it is not to be taken."""


@dataclass(frozen=True)
class Row:
    """One line of data by column; `formulas` are the columns whose cells a spreadsheet would run."""

    line: int
    values: dict[str, str]
    fault: str = ""
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A file whose columns have a meaning, "" for those left out; it can be read any number of times."""

    sheet: SheetFile
    header: tuple[str, ...]
    said: frozenset[str] = field(default_factory=frozenset)

    @property
    def encoding(self) -> str:
        return f"{self.sheet.encoding}, {self.sheet.letters}" if self.sheet.letters else self.sheet.encoding

    @property
    def unsaid(self) -> frozenset[str]:
        """Parts of an act that the file has no column for."""
        return frozenset(part for column, part in PARTS.items() if column not in self.said)

    @property
    def delimiter(self) -> str:
        return self.sheet.delimiter

    @property
    def ignored_columns(self) -> list[str]:
        return [name for name, meaning in zip(self.sheet.columns, self.header, strict=True) if not meaning]

    def rows(self) -> Iterator[Row]:
        """Every line that is not empty, its cells in Unicode, composed (NFC) and stripped."""
        tidy = self.sheet.tidy
        for line in self.sheet.lines():
            cells = list(zip(self.header, line.cells, strict=False))
            formulas = tuple(name for name, cell in cells if name and cell.lstrip().startswith("="))
            values = {name: tidy(cell) for name, cell in cells if name}
            yield Row(line.number, values, line.fault, formulas)


def as_named(column: str) -> str:
    """The column that a header names, in whatever case."""
    folded = column.casefold()
    return folded if folded in COLUMNS or folded == EXTERNAL_ID else ""


def open_table(path: Path, naming: Naming | None = None, letters: str = "") -> Table:
    """Recognise how `path` is written and what its columns mean.

    Without a `naming` it is a whole register, in which every column stands; with one, columns may be left out: what
    they would say stays as it is in records that are there.

    Raises:
        UnreadableFileError: it cannot be read, or columns are missing or stand twice; they are named.
    """
    sheet = open_sheet(path, letters)
    header = tuple((naming or as_named)(name) for name in sheet.columns)
    said = frozenset(header) - {""}
    missing = _missing(said) if naming else [name for name in COLUMNS if name not in said]
    if missing:
        message = _(
            "The file lacks these columns: %(columns)s. Add them; where nothing is known their cells stay empty."
        )
        raise UnreadableFileError(message % {"columns": ", ".join(missing)} + _in_old_letters(sheet))
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise UnreadableFileError(_("These columns stand twice: %(columns)s.") % {"columns": ", ".join(twice)})
    return Table(sheet, header, said)


def _missing(said: frozenset[str]) -> list[str]:
    missing = [] if said & {"id", EXTERNAL_ID} else ["id"]
    missing += [first for first, *_others in TOGETHER if first not in said and said & set(_others)]
    return missing


def _in_old_letters(sheet: SheetFile) -> str:
    return " " + old_letters(sheet) if sheet.recognised and not sheet.letters else ""


def old_letters(sheet: SheetFile) -> str:
    """What is said of a file in old letters, and what to do."""
    message = _("The file is written in %(letters)s letters, not in Unicode; have them converted as it is read.")
    return message % {"letters": sheet.recognised_name}
