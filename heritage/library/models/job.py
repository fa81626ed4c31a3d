"""Jobs that staff order: many titles changed at once, many files taken in; each ends in a stated state."""

from typing import Any

from django.db import models
from django.utils import timezone

from heritage.core.models import JobState, StaffJob

__all__ = ["Job", "JobState"]


class Job(StaffJob):
    """`order` names the objects by their keys, or the folder with the files; `report` has a row for each."""

    report = models.JSONField(default=list)

    class Meta(StaffJob.Meta):
        pass

    @property
    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.report:
            found[row["outcome"]] = found.get(row["outcome"], 0) + 1
        return found

    def add(self, **row: Any) -> None:
        self.report.append({name: value for name, value in row.items() if name not in ("instance", "kept")})
        self.done += 1

    def keep_progress(self) -> None:
        self.beat_at = timezone.now()
        self.save(update_fields=["done", "total", "report", "beat_at"])
