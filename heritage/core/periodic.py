"""Periodic jobs: what must happen again and again though nobody edits, such as ending loans that are past their time.

    periodic.register("library settle", 600, settle)

in an app's `ready()`; the worker does each at its start and then every so many seconds.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """`action` is done every `seconds`; one that fails is logged and done again at its next turn."""

    name: str
    seconds: float
    action: Callable[[], object]
    due_at: float = field(default=0.0)


_jobs: dict[str, Job] = {}


def register(name: str, seconds: float, action: Callable[[], object]) -> None:
    _jobs[name] = Job(name, seconds, action)


def run_due(now: float | None = None) -> list[str]:
    """Do every job whose time has come; returns the names of those done without an error."""
    now = time.monotonic() if now is None else now
    done = []
    for job in _jobs.values():
        if job.due_at > now:
            continue
        job.due_at = now + job.seconds
        try:
            job.action()
        except Exception:
            logger.exception("%s failed; it is tried again in %s s", job.name, job.seconds)
        else:
            done.append(job.name)
    return done
