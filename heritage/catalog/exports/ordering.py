"""Lists on paper that the worker makes: each ends ready or failed with the reason, and is kept a week."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from heritage.catalog.exports.formats import FORMATS
from heritage.catalog.exports.rows import Row, rows_of
from heritage.catalog.models import ListExport
from heritage.core import jobs, languages

KEPT = dt.timedelta(days=7)
AT_ONCE = 300
"""Lists of so many records are made while their user waits; the map alone takes a second."""


def order(form: str, keys: list[int], criteria: str, user: Any) -> ListExport:
    """Have the records of `keys` listed in their order, as far as `user` may see them when it is made."""
    said = {"keys": keys, "criteria": criteria, "language": languages.current()}
    return ListExport.objects.create(action=form, order=said, user=user, total=len(keys))


def run_waiting() -> int:
    """Make all that waits; returns how many ended, in whatever state. Old files are removed."""
    for old in ListExport.objects.filter(ended_at__lt=timezone.now() - KEPT)[:100]:
        old.delete()
    return jobs.run_waiting(ListExport, _make)


def _make(job: ListExport) -> None:
    with translation.override(job.order["language"]), TemporaryDirectory(prefix="list-export-") as folder:
        if job.user is None or not job.user.is_active:
            jobs.fail(job, _("Whoever ordered this list has no account any more."))
            return
        path, form = Path(folder, "list"), FORMATS[job.action]
        with path.open("wb") as file:
            file.writelines(form.write(_counted(job), job.order["criteria"]))
        with path.open("rb") as made:
            name = f"di-san-{timezone.localdate():%Y-%m-%d}.{form.suffix}"
            job.file.save(name, File(made), save=False)
        jobs.end(job, file=job.file.name, size=path.stat().st_size, done=job.total)


def _counted(job: ListExport) -> Iterator[Row]:
    beat, total = jobs.Beat(job), len(job.order["keys"])
    for done, row in enumerate(rows_of(job.order["keys"], job.user), 1):
        yield row
        if done % 100 == 0:
            beat(done, total)
