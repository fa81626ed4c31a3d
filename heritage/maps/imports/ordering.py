"""Imports that staff order in the admin: taken in, tried or carried out by the worker, with a report by row."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heritage.catalog.imports import UnreadableFileError
from heritage.core import jobs, languages
from heritage.core.desk import local
from heritage.maps.imports.importing import Terms, import_file
from heritage.maps.imports.naming import meaning_of, naming_of
from heritage.maps.imports.osm import ENDINGS, NAME
from heritage.maps.imports.report import PlaceReport
from heritage.maps.imports.rights import rights_of
from heritage.maps.imports.rows import RowReport
from heritage.maps.models import PlaceImport

KEPT = dt.timedelta(days=30)
"""How long a file, its report and its figures are kept."""
SHOWN = 100


@transaction.atomic
def order(job: PlaceImport, dry_run: bool) -> None:
    """Hand a prepared import to the worker; one that waits or runs already goes on as it is."""
    jobs.order(job, dry_run=dry_run, total=job.figures.get("rows", 0), language=languages.current())


def run_waiting() -> int:
    """Do all imports that wait; returns how many ended, in whatever state. Old ones are forgotten, places stay."""
    jobs.forget(PlaceImport, KEPT)
    return jobs.run_waiting(PlaceImport, _do)


def _do(job: PlaceImport) -> None:
    with translation.override(job.language), TemporaryDirectory(prefix="place-import-report-") as folder:
        rights = rights_of(job.ordered_by)
        if rights is None:
            jobs.fail(job, _("Whoever ordered this import may not publish places any more."))
            return
        report = Path(folder, "report.csv")
        beat, total = jobs.Beat(job), int(job.figures.get("rows", 0))
        is_osm = job.name.lower().endswith(ENDINGS)
        terms = Terms(
            dry_run=job.dry_run,
            source=job.source or (NAME if is_osm else job.name),
            kind=job.kind,
            licence=job.licence,
            naming=naming_of(job.mapping) if job.mapping else None,
            rights=rights,
        )
        with local(job) as path, report.open("w", encoding="utf-8-sig", newline="") as file:
            rows = RowReport(file)
            try:
                found = import_file(path, terms, lambda done: beat(done, max(done, total)), rows)
            except UnreadableFileError as error:
                jobs.fail(job, str(error))
                return
        _keep(job, found, rows.count, report)


def _keep(job: PlaceImport, found: PlaceReport, rows: int, report: Path) -> None:
    figures: dict[str, Any] = {
        **found.counts(),
        "rows": rows,
        "left_out": found.left_out,
        "ignored_columns": found.ignored_columns[:50],
        "refusals": [_said(refusal.as_json()) for refusal in found.refusals[:SHOWN]],
        "kept": [_said(kept) for kept in found.kept[:SHOWN]],
        "kept_count": len(found.kept),
        "encoding": found.encoding,
    }
    with report.open("rb") as made:
        name = "thu.csv" if job.dry_run else "nhap.csv"
        job.report.save(name, File(made), save=False)
    if not job.dry_run:  # what is in the register need not lie here as well
        job.file.delete(save=False)
    jobs.end(job, figures=figures, report=job.report.name, file=job.file.name or "", done=rows, total=rows)


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """A refusal or what was kept, its column as who reads it knows it."""
    return told | {"column": meaning_of(told["column"])}
