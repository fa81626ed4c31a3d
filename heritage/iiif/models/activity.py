"""The log of changes that harvesters follow (Change Discovery API 1.0)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    CREATE = "Create", _("published")
    UPDATE = "Update", _("changed")
    DELETE = "Delete", _("withdrawn")


class Activity(models.Model):
    """One line of the log, never changed: `position` counts from 1 without gaps, `ended_at` never goes back.

    It names the object by its identifier, since a withdrawn one may be gone.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=6, choices=ActivityKind)
    object_pk = models.PositiveBigIntegerField()
    object_identifier = models.CharField(_("identifier"), max_length=60)
    ended_at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["object_pk", "-position"], name="activity_of_object")]
        verbose_name = _("logged change")
        verbose_name_plural = _("logged changes")

    def __str__(self) -> str:
        return f"{self.position} {self.kind} {self.object_identifier}"
