"""Periods: a small hierarchical vocabulary with years."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models.hierarchy import Concept, parent_field

BEFORE_ALL, AFTER_ALL = -10_000_000, 10_000


class Period(Concept):
    """A period of history."""

    loop_message = _("A period cannot lie within itself, even by way of others.")

    parent = parent_field(_("within the period"))

    class Meta(Concept.Meta):
        ordering = ["sort_order", "first_year", "pk"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")

    def clean(self) -> None:
        super().clean()
        self.clean_years()

    def clean_years(self) -> None:
        """A period lies within its parent, as far as the years of both are known."""
        above: Any = self.parent
        if above is None:
            return
        first, last = above.first_year, above.last_year
        if (self.first_year if self.first_year is not None else AFTER_ALL) < (
            first if first is not None else BEFORE_ALL
        ):
            message = _("%(parent)s begins in %(year)s only.") % {"parent": above, "year": first}
            raise ValidationError({"first_year": message})
        if (self.last_year if self.last_year is not None else BEFORE_ALL) > (last if last is not None else AFTER_ALL):
            message = _("%(parent)s ends in %(year)s already.") % {"parent": above, "year": last}
            raise ValidationError({"last_year": message})
