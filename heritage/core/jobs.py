"""Long jobs that a person orders and the worker does, one at a time; each ends in a stated state.

A job is a row whose model has `state` (waiting, running, done or failed), `done` of `total`, `attempts`, `problem`,
`beat_at` (the worker's last sign of life) and `ended_at`. An app registers `run_waiting` with `periodic`.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

logger = logging.getLogger(__name__)

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
MOST_ATTEMPTS = 3
SILENT = dt.timedelta(minutes=5)
"""A job whose worker gave no sign for so long is taken up again."""


def order(job: models.Model, **values: Any) -> None:
    """Hand a prepared job to the worker, with `values` set; one that waits or runs already goes on as it is."""
    rows = type(job)._default_manager.filter(pk=job.pk).exclude(state__in=[WAITING, RUNNING])
    rows.update(state=WAITING, attempts=0, problem="", done=0, ended_at=None, **values)
    job.refresh_from_db()


def forget(model: type[models.Model], kept: dt.timedelta, at_most: int = 50) -> None:
    """Take away jobs ordered longer ago than `kept`, and their files; what they brought in stays."""
    for old in model._default_manager.filter(ordered_at__lt=timezone.now() - kept).exclude(state=RUNNING)[:at_most]:
        old.delete()


def run_waiting(
    model: type[models.Model],
    do: Callable[[Any], object],
    *,
    resumes: bool = False,
    among: models.QuerySet | None = None,
) -> int:
    """Do every job of `model` that waits (`among` these), the oldest first; returns how many ended, in whatever state.

    `do` ends the job itself (`end`); an exception that it lets out is the job's problem, and the next one begins.
    A job begins anew after a break, unless it `resumes` where `done` says.
    """
    rows = model._default_manager.all() if among is None else among
    give_back_abandoned(rows)
    ended = 0
    while (job := _oldest(rows, {} if resumes else {"done": 0, "total": 0})) is not None:
        try:
            do(job)
        except Exception as error:
            logger.exception("%s %s failed", model._meta.label, job.pk)
            fail(job, f"{type(error).__name__}: {error}")
        ended += 1
    return ended


def give_back_abandoned(rows: models.QuerySet) -> None:
    """What a killed worker left half done waits again, or fails after too many attempts."""
    abandoned = rows.filter(state=RUNNING, beat_at__lt=timezone.now() - SILENT)
    abandoned.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=FAILED,
        problem="Bị ngắt nhiều lần khi đang chạy. / Interrupted several times while being done.",
        ended_at=timezone.now(),
    )
    abandoned.update(state=WAITING)


def take(model: type[models.Model], pk: int, **values: Any) -> Any:
    """The job `pk`, if it waits, with `values` set and now this process's alone; None where another has it."""
    begun = {"state": RUNNING, "attempts": F("attempts") + 1, "beat_at": timezone.now(), **values}
    won = model._default_manager.filter(pk=pk, state=WAITING).update(**begun)  # succeeds for one process only
    return model._default_manager.get(pk=pk) if won else None


def _oldest(rows: models.QuerySet, values: dict[str, Any]) -> Any:
    """The oldest that waits and could be taken, or None."""
    waiting = rows.filter(state=WAITING).order_by("pk").values_list("pk", flat=True)[:10]
    return next((job for pk in waiting if (job := take(rows.model, pk, **values)) is not None), None)


class Beat:
    """Called with how much is done of how much; writes it at most once a second."""

    def __init__(self, job: models.Model) -> None:
        self._job, self._at = job, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._at < 1 and done < total:
            return
        self._at = time.monotonic()
        rows = type(self._job)._default_manager.filter(pk=self._job.pk)
        rows.update(done=done, total=total, beat_at=timezone.now())


def end(job: models.Model, state: str = DONE, **values: Any) -> None:
    """Write the end of a job and what came of it."""
    rows = type(job)._default_manager.filter(pk=job.pk)
    rows.update(state=state, ended_at=timezone.now(), **values)
    job.refresh_from_db()


def fail(job: models.Model, problem: str) -> None:
    end(job, FAILED, problem=problem[:500])
