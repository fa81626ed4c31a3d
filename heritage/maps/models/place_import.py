"""Imports of places that staff order in the admin, and what columns mean, saved under a name."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.maps.models.vocabulary import PlaceKind


class ImportState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    WAITING = "waiting", _("waiting for the worker")
    RUNNING = "running", _("running")
    DONE = "done", _("ended")
    FAILED = "failed", _("failed")


def import_folder(instance: "PlaceImport", filename: str) -> str:
    """A folder that nobody can guess; nothing in it is served by its path."""
    return f"imports/places/{instance.token}/{filename}"


class PlaceImport(models.Model):
    """One file handed in: what its columns mean, the last run's figures and its report by row.

    `done` and `total` count rows; `total` is 0 until a trial run, or the end, has told it.
    """

    token = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to=import_folder, max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("licence of the source"), max_length=60, blank=True)
    kind = models.CharField(_("kind of rows that name none"), max_length=14, choices=PlaceKind, blank=True)
    mapping = models.JSONField(_("what the columns mean"), default=dict, blank=True)
    dry_run = models.BooleanField(_("trial run"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.DRAFT)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    report = models.FileField(_("report by row"), upload_to=import_folder, max_length=300, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ordered by")
    )
    ordered_at = models.DateTimeField(_("ordered at"), auto_now_add=True)
    beat_at = models.DateTimeField(_("last sign of the worker"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "id"], name="place_import_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in (ImportState.WAITING, ImportState.RUNNING)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The files go with their row."""
        for file in (self.file, self.report):
            if file:
                file.delete(save=False)
        return super().delete(*args, **kwargs)


class ColumnMapping(models.Model):
    """What the columns of a kind of file mean: `columns` holds a field's name, or "" to leave out, by column."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    columns = models.JSONField(_("columns"), default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("meaning of columns")
        verbose_name_plural = _("meanings of columns")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
