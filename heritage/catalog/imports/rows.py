"""The report of an import by row, as a CSV file: row, field, value, what is wrong and what would be right."""

import csv
import heapq
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from django.utils.translation import gettext as _

from heritage.catalog.exports.formats import guarded
from heritage.catalog.imports.report import Report, parted
from heritage.catalog.imports.staging import Staging
from heritage.catalog.models import ImportedLine, RegisterImport, RowOutcome, Undone

HEADER = ("line", "number", "outcome", "field", "value", "reason", "remedy")
Cells = tuple[int, str, str, str, str, str]


def write_report(file: TextIO, rows: Iterable[Cells]) -> None:
    """Cells are guarded against being taken for formulas; what is wrong and what would be right are two of them."""
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for line, *cells, message in rows:
        wrong, remedy = parted(message)
        if wrong and cells[1] == str(RowOutcome.REFUSED.label):
            remedy = remedy or _("Correct the cell as the reason says, or leave the row out.")
        writer.writerow([line, *map(guarded, [*cells, wrong, remedy])])


def of_run(staged: Staging, job: RegisterImport, *, dry_run: bool) -> Iterator[Cells]:
    """What became of each row in the order of the file; rows that were as before are only counted."""
    refused = (
        (one.line, one.number, str(RowOutcome.REFUSED.label), one.column, one.value, one.reason)
        for one in staged.refusals()
    )
    done = _tried(staged) if dry_run else _done(job.lines.exclude(outcome=RowOutcome.REFUSED))
    return heapq.merge(refused, done, key=lambda cells: cells[0])


def of_pictures(report: Report, job: RegisterImport, *, dry_run: bool) -> Iterator[Cells]:
    """What became of each picture; `value` is its name."""
    if dry_run:
        for one in report.refusals:
            yield one.line, one.number, str(RowOutcome.REFUSED.label), one.column, one.value, one.reason
        return
    for line in job.lines.order_by("line").iterator(chunk_size=2000):
        yield line.line, line.number, str(RowOutcome(line.outcome).label), line.column, line.value, line.reason


def of_undoing(job: RegisterImport) -> Iterator[Cells]:
    """What undoing did to each row that had done something."""
    for line in job.lines.exclude(outcome=RowOutcome.REFUSED).order_by("line").iterator(chunk_size=2000):
        told = Undone(line.undone).label if line.undone else _("not yet")
        column = line.column if line.undone == Undone.NO else ""
        yield line.line, line.number, str(told), column, line.value, line.undone_note


def _tried(staged: Staging) -> Iterator[Cells]:
    for line, number, outcome in staged.outcomes():
        yield line, number, str(RowOutcome(outcome).label), "", "", ""


def _done(lines: Any) -> Iterator[Cells]:
    for one in lines.order_by("line").iterator(chunk_size=2000):
        line: ImportedLine = one
        changed = line.reason if line.outcome == RowOutcome.UPDATED else ""
        yield line.line, line.number, str(RowOutcome(line.outcome).label), changed, "", ""
