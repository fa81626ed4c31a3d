"""Controlled vocabularies: rows that stand below one or several others of their kind, none of them above itself."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from heritage.core import languages


def way_back(row: models.Model, above: Iterable[int]) -> list[str]:
    """The names on a way from `row`, placed below the rows `above`, up to itself; empty where there is none.

    Two queries, whatever the size of the vocabulary.
    """
    ways: dict[int, list[int]] = {}
    model: Any = type(row)
    for pairs in (
        model._base_manager.exclude(parent=None).values_list("pk", "parent"),
        model.also_within.through._base_manager.values_list(
            f"from_{model._meta.model_name}", f"to_{model._meta.model_name}"
        ),
    ):
        for below, over in pairs:
            ways.setdefault(below, []).append(over)
    ways[row.pk] = list(above)
    came_from: dict[int, int] = {}
    waiting = [row.pk]
    while waiting:
        here = waiting.pop()
        for over in ways.get(here, ()):
            if over == row.pk:
                return _names(model, row.pk, here, came_from)
            if over not in came_from:
                came_from[over] = here
                waiting.append(over)
    return []


def _names(model: type[models.Model], end: int, last: int, came_from: dict[int, int]) -> list[str]:
    way = [last]
    while way[-1] != end:
        way.append(came_from[way[-1]])
    names = {each.pk: str(each) for each in model._base_manager.filter(pk__in=way)}
    return [names[key] for key in [*reversed(way), end]]


class Concept(models.Model):
    """A row of a controlled vocabulary, with a `parent` of its own kind and perhaps others, `also_within`.

    Years before the common era are negative, an open end is blank.
    """

    loop_message: ClassVar[Any]
    """What is said to who would place the row below itself."""

    code = models.SlugField(_("code"), unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    other_names_vi = models.TextField(
        _("other names in Vietnamese"), blank=True, help_text=_("One in a line; searches and exchanges know them too.")
    )
    other_names_en = models.TextField(_("other names in English"), blank=True, help_text=_("One in a line."))
    also_within = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="also_holds", verbose_name=_("also narrower than")
    )
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
        return languages.in_language(self, "name")

    def clean(self) -> None:
        super().clean()
        above = [self.parent_id] if self.parent_id else []  # type: ignore[attr-defined]
        if self.pk:
            above += self.also_within.values_list("pk", flat=True)
            self.refuse_loop(above, "parent")

    def clean_years(self) -> None:
        """Refuse years that contradict those of the row above; most vocabularies have none that could."""

    def refuse_loop(self, above: Iterable[int], field: str) -> None:
        """Refuse to stand below the rows `above`.

        Raises:
            ValidationError: for `field`, naming the whole way from this row to itself.
        """
        if way := way_back(self, above):
            raise ValidationError({field: f"{self.loop_message} {' → '.join(way)}"})


def parent_field(label: Any) -> models.ForeignKey:
    return models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=label)
