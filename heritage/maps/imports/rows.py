"""The report of an import by row, as a CSV file."""

import csv
from collections.abc import Sequence
from typing import TextIO

from heritage.catalog.exports.formats import guarded
from heritage.maps.imports.report import Outcome


class RowReport:
    """Writes what became of each row; cells are guarded against being taken for formulas."""

    HEADER = ("line", "key", "outcome", "number", "name", "detail")

    def __init__(self, file: TextIO) -> None:
        self.count = 0
        self._writer = csv.writer(file)
        self._writer.writerow(self.HEADER)

    def __call__(self, outcomes: Sequence[Outcome]) -> None:
        self.count += len(outcomes)
        for one in outcomes:
            self._writer.writerow([one.line, *map(guarded, (one.key, one.outcome, one.number, one.name, one.detail))])
