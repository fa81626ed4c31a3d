"""Trees of rows that name their parent, as controlled vocabularies are: no row may stand above itself."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

DEEPEST = 50
"""Steps upward after which a tree is taken for a loop."""


def refuse_loop(instance: models.Model, field: str, message: Any) -> None:
    """Refuse a parent (`field`) that is the row itself or stands below it.

    Raises:
        ValidationError: for `field`, with `message`.
    """
    above = getattr(instance, f"{field}_id")
    seen = {instance.pk} if instance.pk else set()
    for _step in range(DEEPEST):
        if above is None:
            return
        if above in seen:
            break
        seen.add(above)
        above = type(instance)._base_manager.filter(pk=above).values_list(field, flat=True).first()
    raise ValidationError({field: message})


class Concept(models.Model):
    """A row of a controlled vocabulary, with a `parent` of its own kind.

    Years before the common era are negative, an open end is blank.
    """

    loop_message: ClassVar[Any]
    """What is said to who would place the row below itself."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    first_year = models.IntegerField(_("first year"), null=True, blank=True)
    last_year = models.IntegerField(_("last year"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_years_in_order",
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
        refuse_loop(self, "parent", self.loop_message)


def parent_field(label: Any) -> models.ForeignKey:
    return models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=label)
