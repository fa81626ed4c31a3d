"""Imports of catalogue records that staff order: tried or carried out by the worker, with a report by row."""

import datetime as dt
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heritage.accounts.policies import policy_of
from heritage.accounts.reach import Reach, reach_of
from heritage.accounts.roles import Action
from heritage.catalog.imports.rows import Cells, write_report
from heritage.core import jobs, languages
from heritage.core.desk import local
from heritage.library.imports.report import Row
from heritage.library.models import Work, WorksImport
from heritage.library.records import RecordsError, open_records, tables, take_each
from heritage.library.records.taking import Taking

KEPT = dt.timedelta(days=30)
"""How long a file, its report and its figures are kept."""
SHOWN = 100
OUTCOMES = ("created", "updated", "unchanged", "refused")


def reach(user: Any) -> Reach | None:
    """In which units `user` may take in works: who may add them may fill in what they lack."""
    return reach_of(user, Work, Action.ADD)


@transaction.atomic
def order(job: WorksImport, dry_run: bool) -> None:
    """Hand a prepared import to the worker; one that waits or runs already goes on as it is."""
    jobs.order(job, dry_run=dry_run, total=job.figures.get("rows", 0), language=languages.current())


def run_waiting() -> int:
    """Do all imports that wait; returns how many ended, in whatever state. Old ones are forgotten, works stay."""
    jobs.forget(WorksImport, KEPT)
    return jobs.run_waiting(WorksImport, _do)


def _do(job: WorksImport) -> None:
    """An import that was broken off begins anew: what is in the library already is said to be unchanged."""
    with (
        translation.override(job.language),
        TemporaryDirectory(prefix="works-report-") as folder,
        local(job) as path,
    ):
        covered = reach(job.ordered_by)
        if covered is None:
            jobs.fail(job, _("Whoever ordered this import may not add works any more."))
            return
        report = Path(folder, "report.csv")
        run = _Run(job, Taking(dry_run=job.dry_run, reach=covered, unit=_own_unit(job.ordered_by, covered)))
        try:
            naming = tables.naming_of(job.mapping) if job.mapping else tables.canonical
            with report.open("w", encoding="utf-8-sig", newline="") as file:
                write_report(file, map(run.take, take_each(open_records(path, naming), job.name, run.taking)))
        except RecordsError as error:
            jobs.fail(job, str(error))
            return
        run.end(report)


class _Run:
    """Counts what becomes of each record, and tells how far it is."""

    def __init__(self, job: WorksImport, taking: Taking) -> None:
        self.job, self.taking = job, taking
        self._counts: Counter[str] = Counter()
        self._refused: list[dict[str, Any]] = []
        self._beat, self._expected = jobs.Beat(job), int(job.figures.get("rows", 0))

    def take(self, placed: tuple[int, Row]) -> Cells:
        place, row = placed
        self._counts[row.outcome] += 1
        if row.outcome == "refused" and len(self._refused) < SHOWN:
            self._refused.append({"line": place, "column": "", "value": row.title, "reason": row.reason})
        done = self._counts.total()
        self._beat(done, max(done + 1, self._expected))
        return place, row.number, row.outcome, "", row.title, row.reason

    def end(self, report: Path) -> None:
        rows = self._counts.total()
        figures = {**{name: self._counts[name] for name in OUTCOMES}, "rows": rows, "refusals": self._refused}
        with report.open("rb") as made:
            self.job.report.save("thu.csv" if self.job.dry_run else "nhap.csv", File(made), save=False)
        if not self.job.dry_run:  # what is in the library need not lie here as well
            self.job.file.delete(save=False)
        report_name, file = self.job.report.name, self.job.file.name or ""
        jobs.end(self.job, figures=figures, report=report_name, file=file, done=rows, total=rows)


def _own_unit(user: Any, covered: Reach) -> int | None:
    """To which unit new works of somebody belong whose roles do not reach the provincial library's own."""
    if covered.cover(None):
        return None
    return next(held.unit_id for held in policy_of(Work).roles_for(user, [Action.ADD.value]))
