"""Importing a file: one reading that judges every row, then a chunk in each transaction.

Killed at any point, whole chunks are in and nothing else, and the import's row says up to which line: what goes on from
there loses nothing and makes nothing twice.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from heritage.catalog.imports import linking
from heritage.catalog.imports.journal import Journal, Told
from heritage.catalog.imports.parsing import Parser
from heritage.catalog.imports.planning import Terms, plan
from heritage.catalog.imports.reading import Table, old_letters, open_table
from heritage.catalog.imports.report import Report, UnreadableFileError
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.staging import Staging, staging
from heritage.catalog.imports.units import Units
from heritage.catalog.imports.writing import Work
from heritage.catalog.models import Deed, RegisterImport
from heritage.core import jobs
from heritage.core.lean import lean_connection
from heritage.core.models import ImportState
from heritage.core.planner import refresh_statistics
from heritage.places.models import Unit

CHUNK = 500

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


def import_file(
    path: Path,
    *,
    dry_run: bool = False,
    overwrite: bool = False,
    letters: str = "",
    provider: str = "",
    say: Say = lambda _line: None,
) -> Report:
    """Bring the register's file in, as whoever has the command line.

    A new row becomes a draft record. A row that says what it said last time changes nothing, whatever was edited by
    hand since. A row that says something new changes just that, unless it was edited by hand to something else: then
    the row is refused, or with `overwrite` the file wins. Parts and wholes may stand in any order. Begun before and
    broken off, the import of the same file goes on where it stopped.

    Raises:
        UnreadableFileError: the file cannot be read as a register at all; nothing is changed.
    """
    table = open_table(path, letters=letters)
    if table.sheet.recognised and not letters:
        raise UnreadableFileError(old_letters(table.sheet))
    terms: dict[str, Any] = {"overwrite": overwrite, "letters": letters, "provider": provider[:80]}
    job = _job(path, terms) if not dry_run else RegisterImport(name=path.name[:200], **terms)

    def progress(done: int, total: int) -> None:
        say(_("%(done)s of %(all)s rows") % {"done": done, "all": total})

    try:
        report = run(job, table, Rights(), progress, dry_run=dry_run)
    except UnreadableFileError as error:
        if job.pk and not job.position:
            job.delete()
        raise error from error.__cause__
    if job.pk:
        jobs.end(job, figures=report.as_json() | {"refused_rows": []})
    return report


def run(
    job: RegisterImport,
    table: Table,
    rights: Rights,
    progress: Progress = lambda _done, _total: None,
    *,
    dry_run: bool = False,
    told: Told = lambda _staged: None,
) -> Report:
    """Carry `job` out, or on; `told` is called at the end with what every refused row lacks and every other became."""
    if not Unit.objects.current().exists():
        raise UnreadableFileError(_("There are no administrative units yet; run `manage.py places load_units` first."))
    with staging() as staged, lean_connection():
        parser = Parser(Units(), table.said)
        read = plan(staged, table, parser, Terms(job.provider, rights), lambda _rows: progress(0, 0))
        report = Report(
            encoding=table.encoding,
            delimiter=table.delimiter,
            ignored_columns=table.ignored_columns,
            dry_run=dry_run,
            key=job.pk,
        )
        work = Work(job, parser.units, report, rights, dry_run, table.unsaid)
        journal = Journal(work, staged)
        _write(staged, work, journal, progress, read)
        if not dry_run:
            _link(staged, job)
            if report.created:
                refresh_statistics()
        journal.complete()
        told(staged)
    return report


def _write(staged: Staging, work: Work, journal: Journal, progress: Progress, rows: int) -> None:
    done = rows - staged.count("1") + staged.count_up_to(work.job.position)
    for chunk in staged.chunks(CHUNK, after=work.job.position):
        with transaction.atomic():
            lines = work.take(chunk)
            journal.keep(lines, chunk[-1].line)
        done += len(chunk)
        progress(done, rows)


def _link(staged: Staging, job: RegisterImport) -> None:
    for entries in staged.chunks(CHUNK, condition="part_of != '' OR related != ''"):
        with transaction.atomic():
            linking.link(entries, job)


def _job(path: Path, terms: dict[str, Any]) -> RegisterImport:
    """The import of this very file that was broken off, or a new one."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    same = RegisterImport.objects.filter(digest=digest, deed=Deed.IMPORT, state=ImportState.RUNNING, **terms)
    broken_off = same.filter(file="", undone_at=None).order_by("-pk").first()
    values: dict[str, Any] = {"deed": Deed.IMPORT, "state": ImportState.RUNNING, "digest": digest, **terms}
    return broken_off or RegisterImport.objects.create(name=path.name[:200], **values)
