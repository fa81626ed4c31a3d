"""What the columns of a file mean: as its names say, as a saved meaning says, or as a person chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from heritage.core import meanings
from heritage.core.meanings import LONGEST_CELL, PREVIEWED
from heritage.maps.imports.reading import as_named, canonical, open_source
from heritage.maps.imports.values import TAKEN
from heritage.maps.models import Place

FIELDS = [*TAKEN, "unit_code", "source_key", "source_licence"]
"""What a column may be said to mean."""


@dataclass(frozen=True)
class Preview:
    """The first rows of a file: `columns` as the file names them (none where nothing is to be chosen)."""

    columns: list[str]
    rows: list[list[str]]
    fields: list[str]


naming_of = partial(meanings.naming_of, fields=FIELDS)


def meaning_of(name: str) -> str:
    """What a person reads for a field: its label, with the name that a file may use for it."""
    if name == "unit_code":
        label = _("code of the commune or ward")
    else:
        try:
            label = str(getattr(Place._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            return name
    return name if label == name else f"{label} ({name})"


def suggested(columns: list[str], saved: Mapping[str, str] | None = None) -> dict[str, str]:
    """A field, or "", for each column: as `saved` has it, else as its name says; no field twice."""
    return meanings.suggested(columns, saved, FIELDS, canonical)


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
    return [str(values.get(name, ""))[:LONGEST_CELL] for name in names]


def _order(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)
