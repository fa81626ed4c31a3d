"""What the columns of a file mean: as its names say, as a saved meaning says, or as a person chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from heritage.maps.imports.reading import Naming, as_named, canonical, open_source
from heritage.maps.imports.values import OTHERS, TAKEN

FIELDS = [*TAKEN, "unit_code", "source_key", "source_licence"]
"""What a column may be said to mean."""
PREVIEWED = 8


@dataclass(frozen=True)
class Preview:
    """The first rows of a file: `columns` as the file names them (none where nothing is to be chosen)."""

    columns: list[str]
    rows: list[list[str]]
    fields: list[str]


def naming_of(columns: Mapping[str, str]) -> Naming:
    """A naming by a table; columns that are not in it mean nothing."""

    def name(column: str) -> str:
        field = columns.get(column, "")
        return field if field in FIELDS else ""

    return name


def suggested(columns: list[str], saved: Mapping[str, str] | None = None) -> dict[str, str]:
    """A field, or "", for each column: as `saved` has it, else as its name says; no field twice."""
    found: dict[str, str] = {}
    for column in columns:
        field = saved[column] if saved is not None and column in saved else canonical(column)
        known = field in TAKEN or field in OTHERS
        found[column] = field if known and field in FIELDS and field not in found.values() else ""
    return found


def preview(path: Path) -> Preview:
    """The first rows of a file, whatever its columns mean.

    Raises:
        UnreadableFileError: the file as a whole cannot be taken.
    """
    opened = open_source(path, as_named)
    rows = [row for row in islice(opened.rows(), 5000) if row is not None]
    if not opened.columns:
        fields = sorted({name for row in rows[:PREVIEWED] for name, value in row.values.items() if value}, key=_order)
        return Preview([], [_cells(row.values, fields) for row in rows[:PREVIEWED]], fields)
    return Preview(opened.columns, [_cells(row.values, opened.columns) for row in rows[:PREVIEWED]], opened.columns)


def _cells(values: Mapping[str, Any], names: list[str]) -> list[str]:
    return [str(values.get(name, ""))[:80] for name in names]


def _order(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)
