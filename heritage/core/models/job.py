"""What every job has that the worker does for a person; `heritage.core.jobs` takes, gives back and ends them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class WorkerJob(models.Model):
    """`done` of `total` are behind it; `beat_at` is the worker's last sign of life. A concrete model has `state`."""

    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)
    beat_at = models.DateTimeField(_("last sign of the worker"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)  # type: ignore[attr-defined]

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class StaffJob(WorkerJob):
    """`order` says what to do, in the order given.

    A model that keeps what became of each object says how in `add`, `counts` and `keep_progress`.
    """

    action = models.CharField(_("action"), max_length=30)
    order = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.WAITING)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="%(app_label)s_jobs")
    created_at = models.DateTimeField(_("ordered at"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "id"], name="%(app_label)s_job_by_state")]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return f"{self.action} {self.done}/{self.total}"

    @property
    def counts(self) -> dict[str, int]:
        """How many objects ended in each way, by outcome."""
        raise NotImplementedError

    def add(self, **row: Any) -> None:
        """One more object is done: its `title`, `outcome` and `reason`, and what else the model keeps."""
        raise NotImplementedError

    def keep_progress(self) -> None:
        """Write what was added, and a sign of life."""
        raise NotImplementedError
