"""How many works of each sort stand on the shelves, kept where they are too many to be counted at each look."""

from django.db import models


class ShelfSummary(models.Model):
    """One row, which the worker writes after changes; none where the catalogue is small.

    `groups` are rows (forms, language, audience, number of works), `subjects` the same by a subject's slug.
    """

    groups = models.JSONField(default=list)
    subjects = models.JSONField(default=dict)
    counted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M:%S}"
