"""Ordering jobs and doing them: a few objects at once, many by the worker, each ending in a stated state."""

import datetime as dt
import logging
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from heritage.accounts import batches
from heritage.core import jobs, languages
from heritage.library.batches import ACTIONS, BatchAction
from heritage.library.imports import Row, Terms, take_in
from heritage.library.models import Access, Job, JobState, Licence

logger = logging.getLogger(__name__)

TAKING = "take-in"
AT_ONCE = 25
"""So many objects are changed while their user waits; more are left to the worker."""
KEPT = dt.timedelta(days=7)
"""Files of a trial wait so long for the word to take them in."""


def order_batch(action: BatchAction, values: dict[str, Any], keys: list[int], user: Any) -> Job:
    """Do `action` with the raw `values` of its form to the objects of `keys`; done already where they are few."""
    order = {"keys": keys, "values": values, "language": languages.current()}
    return _ordered(action.name, order, user, len(keys), at_once=len(keys) <= AT_ONCE)


def order_taking(folder: Path, terms: Terms, user: Any, *, dry_run: bool, may_publish: bool, at_once: bool) -> Job:
    """Take in the books below `folder`, which is the job's own from now on; with `dry_run` say what would happen."""
    order = {
        "folder": str(folder), "dry_run": dry_run, "language": languages.current(),
        "terms": {
            "access": terms.access, "copies": terms.copies, "licence": terms.licence,
            "publish": terms.publish and may_publish,
        },
    }  # fmt: skip
    files = sum(1 for file in folder.rglob("*") if file.is_file())
    return _ordered(TAKING, order, user, files, at_once=at_once)


def take_for_good(trial: Job, user: Any) -> Job:
    """Take in the files of a trial that has ended."""
    order = {**trial.order, "dry_run": False}
    Job.objects.filter(pk=trial.pk).update(order={**trial.order, "folder": ""})
    return _ordered(TAKING, order, user, trial.total, at_once=False)


def incoming() -> Path:
    """Where files wait that were handed in; below `MEDIA_ROOT`, of which nothing is served by path."""
    folder = Path(settings.MEDIA_ROOT, "library/incoming")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run_waiting() -> int:
    """Do all that waits; returns how many jobs ended, in whatever state. Old files are removed."""
    _remove_old()
    return jobs.run_waiting(Job, run, resumes=True)


def run(job: Job) -> Job:
    """Do `job`, which nobody else does, to its end."""
    try:
        with translation.override(job.order["language"]):
            _take_in(job) if job.action == TAKING else batches.do(job, ACTIONS[job.action])
    except Exception as error:
        logger.exception("The job %s failed", job.pk)
        _end(job, JobState.FAILED, f"{type(error).__name__}: {error}"[:500])
    else:
        _end(job, JobState.DONE)
    return job


def _ordered(action: str, order: dict[str, Any], user: Any, total: int, *, at_once: bool) -> Job:
    job = Job.objects.create(action=action, order=order, user=user, total=total)
    taken = jobs.take(Job, job.pk) if at_once else None
    return run(taken) if taken else job


def _take_in(job: Job) -> None:
    """A job that was broken off begins anew: what is on the shelf already is said to be unchanged."""
    said, folder = job.order["terms"], Path(job.order["folder"])
    terms = Terms(Access(said["access"]), said["copies"], Licence(said["licence"]), said["publish"], job.user)
    job.report, job.done = [], 0

    def tell(row: Row) -> None:
        name = row.path.removeprefix(str(folder)).lstrip("/")
        words = translation.gettext("Removed from the file: %(what)s") % {"what": row.removed_words}
        reason = " ".join(filter(None, [row.reason, words if row.removed else ""]))
        job.add(title=row.title or name, number=row.number, file=name, outcome=row.outcome, reason=reason)
        if not job.beat_at or timezone.now() - job.beat_at > dt.timedelta(seconds=1):
            job.keep_progress()

    take_in(folder, terms, job.order["dry_run"], tell)
    job.total = job.done
    if not job.order["dry_run"]:
        shutil.rmtree(folder, ignore_errors=True)


def _end(job: Job, state: JobState, problem: str = "") -> None:
    jobs.end(job, state, problem=problem, done=job.done, total=job.total, report=job.report)


def _remove_old() -> None:
    """Files of trials that nobody took in, and of jobs that failed."""
    old = Job.objects.filter(action=TAKING, ended_at__lt=timezone.now() - KEPT).exclude(order__folder="")
    for job in old[:100]:
        shutil.rmtree(job.order["folder"], ignore_errors=True)
        Job.objects.filter(pk=job.pk).update(order={**job.order, "folder": ""})
