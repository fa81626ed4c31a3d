"""Loans and holds. How many copies are free, and who is next, is always counted from these rows, never stored."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.library.models.card import ReaderCard
from heritage.library.models.edition import Edition


class LoanEnd(models.TextChoices):
    RETURNED = "returned", _("returned")
    DUE = "due", _("ended on its due date")
    STAFF = "staff", _("ended by the library")
    BLOCKED = "blocked", _("card blocked")


class Loan(models.Model):
    """A reader has one copy of a title until `due_at`; `ended_as` is "" while the loan runs."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="loans", verbose_name=pgettext_lazy("of a work", "title")
    )
    card = models.ForeignKey(ReaderCard, models.PROTECT, related_name="loans", verbose_name=_("reader card"))
    borrowed_at = models.DateTimeField(_("borrowed at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"))
    renewals = models.PositiveSmallIntegerField(_("renewals"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_as = models.CharField(_("ended as"), max_length=10, choices=LoanEnd, blank=True)
    request_key = models.CharField(_("request key"), max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["-borrowed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "edition"], condition=Q(ended_at=None), name="loan_one_active_per_reader_and_title"
            ),
            models.UniqueConstraint(
                fields=["card", "request_key"], condition=~Q(request_key=""), name="loan_once_per_request"
            ),
            models.CheckConstraint(
                name="loan_end_has_a_kind",
                condition=Q(ended_at=None, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "due_at"], condition=Q(ended_at=None), name="loan_active_by_title"),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="loan_active_by_due"),
        ]
        verbose_name = _("loan")
        verbose_name_plural = _("loans")

    def __str__(self) -> str:
        return f"{self.card.number}: {self.edition}"

    @property
    def is_running(self) -> bool:
        """False from the due moment on, whether or not the loan was closed yet."""
        return self.ended_at is None and self.due_at > timezone.now()


class HoldEnd(models.TextChoices):
    BORROWED = "borrowed", _("borrowed")
    CANCELLED = "cancelled", _("cancelled by the reader")
    MISSED = "missed", _("not borrowed in time")
    STAFF = "staff", _("ended by the library")
    BLOCKED = "blocked", _("card blocked")


class Hold(models.Model):
    """A reader waits for a title, in the order of `pk`. From `ready_at` to `ready_until` a copy is kept for them."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="holds", verbose_name=pgettext_lazy("of a work", "title")
    )
    card = models.ForeignKey(ReaderCard, models.PROTECT, related_name="holds", verbose_name=_("reader card"))
    placed_at = models.DateTimeField(_("placed at"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    ready_until = models.DateTimeField(_("kept until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_as = models.CharField(_("ended as"), max_length=10, choices=HoldEnd, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "edition"], condition=Q(ended_at=None), name="hold_one_per_reader_and_title"
            ),
            models.CheckConstraint(
                name="hold_ready_from_and_until",
                condition=Q(ready_at=None, ready_until=None) | Q(ready_at__isnull=False, ready_until__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_end_has_a_kind",
                condition=Q(ended_at=None, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
        ]
        indexes = [models.Index(fields=["edition", "id"], condition=Q(ended_at=None), name="hold_queue")]
        verbose_name = _("hold")
        verbose_name_plural = _("holds")

    def __str__(self) -> str:
        return f"{self.card.number}: {self.edition}"
