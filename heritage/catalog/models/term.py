"""Terms of type: a controlled, hierarchical vocabulary beside the types that the law names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.hierarchy import refuse_loop
from heritage.catalog.models.vocabulary import HeritageType, Kind


class Term(models.Model):
    """What a thing is, finer than the law's types: a communal house, a Cham tower, a stele.

    `kind` and `heritage_type` say where the term belongs; years bound the use of the word itself, blank for words of
    every time.
    """

    code = models.SlugField(_("code"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("narrower than")
    )
    kind = models.CharField(_("for records of the kind"), max_length=12, choices=Kind, blank=True)
    heritage_type = models.CharField(_("under the type of the law"), max_length=20, choices=HeritageType, blank=True)
    first_year = models.IntegerField(_("first year"), null=True, blank=True)
    last_year = models.IntegerField(_("last year"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "name_vi", "pk"]
        verbose_name = _("term of type")
        verbose_name_plural = _("terms of type")
        constraints = [
            models.CheckConstraint(
                name="term_years_in_order",
                condition=models.Q(first_year=None)
                | models.Q(last_year=None)
                | models.Q(first_year__lte=models.F("last_year")),
                violation_error_message=_("The first year is after the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    def clean(self) -> None:
        super().clean()
        refuse_loop(self, "parent", _("A term cannot be narrower than itself, even by way of others."))
