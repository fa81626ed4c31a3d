"""Uploads: files on their way in, piece by piece, and what became of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.iiif.models.digital_object import DigitalObject


class UploadState(models.TextChoices):
    ARRIVING = "arriving", _("arriving")
    WAITING = "waiting", _("waiting to be taken in")
    DONE = "done", _("taken in")
    REFUSED = "refused", _("refused")


class Upload(models.Model):
    """One file of `length` bytes; how many of them are here is the size of the file on disk.

    `report` holds `created`, `updated` and `unchanged` counts, `files` taken up so far and `refused`, a list of
    `{"file", "reason"}`, and `notes`, a list of `{"file", "note"}`.
    """

    token = models.UUIDField(_("token"), default=uuid.uuid4, unique=True, editable=False)
    digital_object = models.ForeignKey(DigitalObject, models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name of the file"), max_length=200)
    length = models.PositiveBigIntegerField(_("size in bytes"))
    state = models.CharField(_("state"), max_length=8, choices=UploadState, default=UploadState.ARRIVING)
    report = models.JSONField(_("report"), default=dict)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.name
