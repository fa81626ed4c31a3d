"""Reader cards: who may borrow."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CardState(models.TextChoices):
    PENDING = "pending", _("waiting for approval")
    ACTIVE = "active", _("active")
    BLOCKED = "blocked", _("blocked")
    EXPIRED = "expired", _("expired")


class ReaderCard(models.Model):
    """A reader's card. `state` is what staff decided; `standing` adds what the calendar did (`EXPIRED`)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reader_card")
    number = models.CharField(_("card number"), max_length=20, unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="reader_cards", verbose_name=_("commune")
    )
    state = models.CharField(_("state"), max_length=10, choices=CardState, default=CardState.PENDING)
    applied_at = models.DateTimeField(_("applied at"), default=timezone.now)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    blocked_reason = models.CharField(_("reason of the block"), max_length=300, blank=True)

    unit_fields = ("unit",)
    rights_area = "readers"  # personal data: for librarians, not for everybody who may see books

    class Meta:
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="card_expiry_is_derived",
                condition=Q(state__in=[CardState.PENDING, CardState.ACTIVE, CardState.BLOCKED]),
                violation_error_message=_("A card expires by its date; choose another state."),
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_on"], name="card_by_state")]
        verbose_name = _("reader card")
        verbose_name_plural = _("reader cards")

    def __str__(self) -> str:
        return f"{self.number} {self.full_name}"

    def standing_on(self, day: dt.date) -> CardState:
        """The card's state on `day`; `expires_on` is the last day on which it is valid."""
        if self.state == CardState.ACTIVE and self.expires_on and self.expires_on < day:
            return CardState.EXPIRED
        return CardState(self.state)

    @property
    def standing(self) -> CardState:
        return self.standing_on(timezone.localdate())

    @property
    def is_active(self) -> bool:
        return self.standing == CardState.ACTIVE
