"""Imports that staff order in the admin: tried, carried out, gone on with after a break, or taken back."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heritage.catalog.imports import pictures, rows, undoing
from heritage.catalog.imports.importing import run
from heritage.catalog.imports.naming import gone, naming_of
from heritage.catalog.imports.reading import Table, open_table
from heritage.catalog.imports.report import Refusal, Report, UnreadableFileError
from heritage.catalog.imports.rights import Rights, rights_of
from heritage.catalog.imports.sheets import open_sheet
from heritage.catalog.imports.staging import Staging
from heritage.catalog.models import Deed, RegisterImport
from heritage.core import jobs, languages
from heritage.core.desk import local

KEPT = dt.timedelta(days=365)
"""How long an import, its report and what is needed to undo it are kept; the records stay."""
SHOWN = 100


@transaction.atomic
def order(job: RegisterImport, deed: Deed) -> None:
    """Hand a prepared import to the worker; one that waits or runs already goes on as it is.

    An import of which a part is in goes on behind that part; what is in is taken back by `Deed.UNDO`.
    """
    jobs.order(job, deed=deed, language=languages.current())


def run_waiting() -> int:
    """Do all imports that wait; returns how many ended, in whatever state. Very old ones are forgotten."""
    jobs.forget(RegisterImport, KEPT)
    # Imports from the command line are jobs too, but the worker has no file of theirs.
    return jobs.run_waiting(RegisterImport, _do, resumes=True, among=RegisterImport.objects.exclude(file=""))


def _do(job: RegisterImport) -> None:
    with translation.override(job.language):
        rights = rights_of(job.ordered_by)
        if rights is None:
            jobs.fail(job, _("Whoever ordered this import may not add records any more."))
        elif job.deed == Deed.UNDO:
            _undo(job, rights)
        else:
            _bring(job, rights)


def _bring(job: RegisterImport, rights: Rights) -> None:
    dry_run = job.deed == Deed.TRIAL
    with local(job) as path, TemporaryDirectory(prefix="register-report-") as folder:
        report = Path(folder, "report.csv")

        def told(staged: Staging) -> None:
            with report.open("w", encoding="utf-8-sig", newline="") as file:
                rows.write_report(file, rows.of_run(staged, job, dry_run=dry_run))

        try:
            if job.is_of_pictures:
                found = pictures.bring(job, path, rights, jobs.Beat(job), dry_run=dry_run)
                with report.open("w", encoding="utf-8-sig", newline="") as file:
                    rows.write_report(file, rows.of_pictures(found, job, dry_run=dry_run))
            else:
                found = run(job, _table(path, job), rights, jobs.Beat(job), dry_run=dry_run, told=told)
        except UnreadableFileError as error:
            jobs.fail(job, str(error))
            return
        with report.open("rb") as made:
            job.report.save("thu.csv" if dry_run else "nhap.csv", File(made), save=False)
    total = found.created + found.updated + found.unchanged + found.refused
    jobs.end(job, figures=_figures(found), report=job.report.name, done=total, total=total)


def _table(path: Path, job: RegisterImport) -> Table:
    if missing := gone(open_sheet(path, job.letters), job.mapping):
        message = _("The file has no longer these columns: %(columns)s. Say anew what its columns mean.")
        raise UnreadableFileError(message % {"columns": ", ".join(missing)})
    return open_table(path, naming_of(job.mapping), job.letters)


def _figures(found: Report) -> dict[str, Any]:
    return {
        **found.counts(),
        "ignored_columns": found.ignored_columns[:50],
        "refusals": [refusal.as_json() for refusal in found.refusals[:SHOWN]],
        "encoding": found.encoding,
    }


def _undo(job: RegisterImport, rights: Rights) -> None:
    beat = jobs.Beat(job)
    counts = pictures.take_back(job, rights, beat) if job.is_of_pictures else undoing.undo(job, rights, beat)
    with TemporaryDirectory(prefix="register-report-") as folder:
        report = Path(folder, "report.csv")
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            rows.write_report(file, rows.of_undoing(job))
        with report.open("rb") as made:
            job.report.save("hoan-tac.csv", File(made), save=False)
    kept = job.lines.filter(undone="kept").order_by("line")[:SHOWN]
    told = [Refusal(one.line, one.number, one.column, one.value, one.undone_note).as_json() for one in kept]
    jobs.end(job, figures=job.figures | {"undo": counts, "not_undone": told}, report=job.report.name)
