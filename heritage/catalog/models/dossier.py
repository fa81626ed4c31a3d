"""Dossiers: the papers by which a record is, or is to be, ranked; with the loan of the paper folder."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from heritage.catalog.models.checklist import Checklist
from heritage.catalog.models.composed import compose
from heritage.catalog.models.designation import Authority
from heritage.catalog.models.vocabulary import Rank


class Dossier(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """The dossier of one candidacy: a record and the rank or list that is sought. Its items are rows of their own.

    Published, those of its items that are marked public are shown on the record's page; nothing else ever is.
    """

    unit_fields = ("record__unit", "record__shared_units")

    record = models.ForeignKey(
        "catalog.Record", models.PROTECT, related_name="dossiers", verbose_name=_("heritage record")
    )
    candidate_rank = models.CharField(_("for which rank or list"), max_length=30, choices=Rank)
    checklist = models.ForeignKey(
        Checklist,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dossiers",
        verbose_name=_("checklist"),
        help_text=_("Left blank, the one in force for the kind and rank is taken."),
    )
    shelf_mark = models.CharField(_("shelf mark of the paper folder"), max_length=60, blank=True)
    opinion_number = models.CharField(
        _("number of the ministry's opinion"),
        max_length=60,
        blank=True,
        help_text=_("The written opinion on putting the dossier on line, where the law asks for one."),
    )
    opinion_on = models.DateField(_("date of the opinion"), null=True, blank=True)
    opinion_by = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opinion given by")
    )
    opinion_agrees = models.BooleanField(_("the opinion agrees to publication"), default=False)
    internal_note = models.TextField(_("internal note"), blank=True, help_text=_("Never shown to the public."))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified at"), auto_now=True)

    class Meta:
        ordering = ["record__number", "candidate_rank"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "candidate_rank"],
                name="dossier_once_for_each_candidacy",
                violation_error_message=_("The record already has a dossier for this rank; open that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record.number} · {self.get_candidate_rank_display()}"

    def clean(self) -> None:
        super().clean()
        if bool(self.opinion_number) != bool(self.opinion_on):
            missing = "opinion_on" if self.opinion_number else "opinion_number"
            raise ValidationError({missing: _("An opinion has both a number and a date; give the missing one.")})
        if self.opinion_on and self.opinion_on > timezone.localdate():
            message = _("%(day)s lies in the future; give the day printed on the opinion.")
            raise ValidationError({"opinion_on": message % {"day": self.opinion_on}})

    @property
    def has_opinion(self) -> bool:
        """Whether the ministry's agreement is recorded."""
        return bool(self.opinion_number and self.opinion_on and self.opinion_agrees)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            compose(self)
        super().save(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Every road to publication ends here; none goes round the ministry's opinion.

        Raises:
            PublishPermissionError: something stands against publication; it says what and what to do.
        """
        from heritage.catalog.dossiers.publication import refuse_to_publish

        refuse_to_publish(revision.as_object())
        return super().publish(revision, *args, **kwargs)


class DossierLoan(models.Model):
    """The paper folder in somebody's hands: who took it, when, until when, and when it came back."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="loans", verbose_name=_("dossier"))
    borrower = models.CharField(_("borrower"), max_length=150)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    lent_on = models.DateField(_("lent on"), default=timezone.localdate)
    due_on = models.DateField(_("due back on"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)

    class Meta:
        ordering = ["-lent_on", "-pk"]
        verbose_name = _("loan of a dossier")
        verbose_name_plural = _("loans of dossiers")
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(returned_on=None), name="dossier_lent_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("lent_on")), name="dossier_due_after_lent"),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("lent_on")), name="dossier_returned_after_lent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.borrower} {self.lent_on}"

    @property
    def is_overdue(self) -> bool:
        return self.returned_on is None and self.due_on < timezone.localdate()
