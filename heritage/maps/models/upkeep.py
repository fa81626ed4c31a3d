"""What keeps a place true: days on which its hours differ, what staff say about its neighbours, what others report."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from heritage.catalog import lunar
from heritage.maps import hours
from heritage.maps.models.place import Place

YEARS_AHEAD = 4


class HoursException(Orderable):
    """Days on which other hours hold: given dates, a season of every year, or Tết; `hours` blank = closed.

    Tết runs from `tet_before` days before the first day of the lunar year to its day `tet_last`.
    """

    class Occasion(models.TextChoices):
        DATES = "dates", _("these dates")
        TET = "tet", _("Tết, every year")
        YEARLY = "year", _("these days of every year, such as a season")

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="hours_exceptions")
    occasion = models.CharField(_("when"), max_length=5, choices=Occasion, default=Occasion.DATES)
    first = models.DateField(_("first day"), null=True, blank=True)
    last = models.DateField(_("last day"), null=True, blank=True)
    tet_before = models.PositiveSmallIntegerField(
        _("Tết: days before the new year"), default=1, validators=[MaxValueValidator(15)]
    )
    tet_last = models.PositiveSmallIntegerField(
        _("Tết: until day … of the first month"), default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    hours = models.CharField(
        _("hours on these days"), max_length=60, blank=True, help_text=_("Such as 09:00-12:00; blank = closed.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("exception to the opening hours")
        verbose_name_plural = _("exceptions to the opening hours")

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {self.hours}".strip()

    def clean(self) -> None:
        super().clean()
        if self.occasion != self.Occasion.TET and not self.first:
            raise ValidationError({"first": _("Give the first of the days.")})
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("The last day lies before the first.")})
        if self.hours and hours.read(self.hours) is None:
            raise ValidationError({"hours": _("Hours are written like 09:00-12:00 or 08:00-11:30,14:00-17:00.")})

    def clauses(self, today: dt.date | None = None) -> list[str]:
        """Rules of the opening_hours syntax, one for each stretch of days that is not over."""
        today = today or timezone.localdate()
        if self.occasion == self.Occasion.YEARLY:
            return (
                [f"{_day(self.first)[5:]}-{_day(self.last or self.first)[5:]} {self.hours or 'off'}"]
                if self.first
                else []
            )
        spans = [(first, last) for first, last in self._spans(today) if last >= today]
        return [f"{_day(first)}-{_day(last)} {self.hours or 'off'}" for first, last in spans]

    def _spans(self, today: dt.date) -> list[tuple[dt.date, dt.date]]:
        if self.occasion == self.Occasion.DATES:
            return [(self.first, self.last or self.first)] if self.first else []
        found = []
        for year in range(today.year, today.year + YEARS_AHEAD):
            new_year = lunar.to_solar(lunar.LunarDay(year, 1, False, 1))
            last = new_year + dt.timedelta(days=self.tet_last - 1)
            found.append((new_year - dt.timedelta(days=self.tet_before), last))
        return found


def _day(day: dt.date) -> str:
    """`2027 Feb 05`; month names of the syntax are English whatever the locale."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.year} {months[day.month - 1]} {day.day:02d}"


class NearbyLink(Orderable):
    """What staff decide about a place and a record: shown before what is merely near, or not shown; and why."""

    class Decision(models.TextChoices):
        PIN = "pin", _("show first")
        HIDE = "hide", _("do not show")

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="nearby_links")
    record = models.ForeignKey("catalog.Record", models.CASCADE, related_name="+", verbose_name=_("heritage record"))
    decision = models.CharField(_("decision"), max_length=4, choices=Decision, default=Decision.PIN)
    reason_vi = models.CharField(
        _("reason in Vietnamese"), max_length=200, help_text=_("Such as: serves the festival's dish.")
    )
    reason_en = models.CharField(_("reason in English"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("link to heritage")
        verbose_name_plural = _("links to heritage")
        constraints = [models.UniqueConstraint(fields=["place", "record"], name="nearby_link_once")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.reason_vi}"


class Suggestion(models.Model):
    """What a visitor or an owner proposes about a place; `values` are new values by field, none of them yet true."""

    unit_fields = ("place__unit", "unit")
    rights_area = "senders"

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CLAIM = "claim", _("the owner asks to keep the entry")
        PROPOSAL = "proposal", _("new place")

    class State(models.TextChoices):
        NEW = "new", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("the owner's part has ended")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    place = models.ForeignKey(
        Place, models.CASCADE, null=True, blank=True, related_name="suggestions", verbose_name=_("tourist place")
    )
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("administrative unit")
    )
    values = models.JSONField(_("proposed values"), default=dict, blank=True)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    sender_name = models.CharField(_("sender's name"), max_length=120, blank=True)
    sender_contact = models.CharField(_("sender's telephone or e-mail"), max_length=120, blank=True)
    is_owner = models.BooleanField(_("the sender says to own the place"), default=False)
    claim = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("sent by the owner, whose claim was accepted"),
    )  # fmt: skip
    language = models.CharField(_("sender's language"), max_length=2, default="vi", editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    answer = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("suggestion about a place")
        verbose_name_plural = _("suggestions about places")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place or self.values.get('name_vi', '')}"

    @transaction.atomic
    def save(self, **kwargs: Any) -> None:
        """A suggestion that becomes accepted is carried out in the same transaction; its sender hears of a decision.

        Raises:
            ValidationError: its values contradict the place as it is now; nothing changes.
        """
        from heritage.maps import deciding

        is_decided = self.state not in (self.State.NEW, before := self.before)
        if is_decided:
            self.decided_at = timezone.now()
        if self.state == self.State.ACCEPTED != before:
            deciding.carry_out(self)
        super().save(**kwargs)
        if is_decided:
            transaction.on_commit(lambda: deciding.tell(self))

    def clean(self) -> None:
        super().clean()
        before = self.before
        if before == self.State.ACCEPTED and self.state not in (before, self.State.ENDED):
            raise ValidationError({"state": _("What was accepted is in the register; change the place itself.")})
        if self.state == self.State.ENDED and not (self.is_owner and before in (self.State.ACCEPTED, self.State.ENDED)):
            raise ValidationError({"state": _("Only an owner's part that was accepted can end.")})
        if self.state in (self.State.REFUSED, self.State.ENDED) and not self.answer:
            raise ValidationError({"answer": _("Say why: the sender reads it.")})
        if self.state == self.State.ACCEPTED != before:
            from heritage.maps import deciding

            deciding.check(self)

    @property
    def is_from_owner(self) -> bool:
        """Whether it says to be the owner's, or came by an owner's address."""
        return self.is_owner or self.claim_id is not None

    @property
    def before(self) -> str:
        """The state that is kept, whatever has been chosen since."""
        return Suggestion.objects.filter(pk=self.pk).values_list("state", flat=True).first() or self.State.NEW
