"""Who looks after heritage: management boards, families, museums, and since when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from heritage.catalog.models.composed import ComposedText, compose


class BodyKind(models.TextChoices):
    BOARD = "board", _("management board")
    COMMITTEE = "committee", _("People's Committee")
    MUSEUM = "museum", _("museum")
    RELIGIOUS = "religious", _("religious body")
    FAMILY = "family", _("family or clan")
    COMMUNITY = "community", _("community")
    CLUB = "club", _("club")
    OTHER = "other", _("other body")


class Custodian(ClusterableModel):
    """A body that manages, owns or keeps heritage; its contacts are those of the body, not of a person."""

    unit_fields = ("unit",)

    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind of body"), max_length=10, choices=BodyKind, default=BodyKind.BOARD)
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("present unit")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    founding_decision = models.CharField(_("decision that set it up"), max_length=60, blank=True)
    head = models.ForeignKey(
        "catalog.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("headed by")
    )
    is_sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        ordering = ["name_vi"]
        verbose_name = _("custodian or management board")
        verbose_name_plural = _("custodians and management boards")

    def __str__(self) -> str:
        return self.name_vi

    def save(self, **kwargs: object) -> None:
        compose(self)
        super().save(**kwargs)


class CustodyRole(models.TextChoices):
    MANAGES = "manages", _("manages")
    OWNS = "owns", _("owns")
    KEEPS = "keeps", _("keeps")
    GUARDS = "guards", _("looks after on the spot")


class Custody(ComposedText, Orderable):
    """A body's charge of one record, from a day to a day."""

    custodian = ParentalKey(Custodian, on_delete=models.CASCADE, related_name="charges")
    record = models.ForeignKey("catalog.Record", models.CASCADE, related_name="custodies", verbose_name=_("record"))
    role = models.CharField(_("role"), max_length=8, choices=CustodyRole, default=CustodyRole.MANAGES)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    is_confirmed = models.BooleanField(
        _("confirmed"), default=True, help_text=_("By who may publish; until then the public page does not say it.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("charge of a record")
        verbose_name_plural = _("charges of records")

    def __str__(self) -> str:
        return f"{self.get_role_display()}"

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day is before the first.")})
