"""The two files of units that ship with the archive, row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
UNITS = "units.csv"
CHANGES = "unit_changes.csv"


class UnitRow(NamedTuple):
    """One unit in one form; dates are ISO 8601, "" where open.

    A code of two digits is a province's, of three a district's, of five a commune's.
    """

    code: str
    name: str
    parent: str
    valid_from: str
    valid_to: str


class ChangeRow(NamedTuple):
    """`predecessor` became `successor`: `part` is "" for all of it, `main part` or `part` where it was divided."""

    predecessor: str
    successor: str
    part: str
    took_effect_on: str
    resolution: str


def units(folder: Path = DATA) -> Iterator[UnitRow]:
    return (UnitRow(*row) for row in _rows(folder / UNITS))


def changes(folder: Path = DATA) -> Iterator[ChangeRow]:
    return (ChangeRow(*row) for row in _rows(folder / CHANGES))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader
