"""Permanent identifiers: a number and a short code that never move and are never used again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ACTIVE = "active", _("active")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another")


class Identifier(models.Model):
    """What `/id/<number>` and `/q/<code>` lead to; the row outlives the object as its tombstone."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(_("short code"), max_length=6, unique=True)
    model = models.CharField(_("model"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ACTIVE)
    reason_vi = models.TextField(_("reason in Vietnamese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="identifier_one_per_object"),
            models.CheckConstraint(
                name="identifier_successor_where_merged",
                condition=models.Q(state="merged", successor__isnull=False)
                | (~models.Q(state="merged") & models.Q(successor__isnull=True)),
                violation_error_message=_("Name the identifier it was merged into, and only where it was merged."),
            ),
        ]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")

    def __str__(self) -> str:
        return self.number
