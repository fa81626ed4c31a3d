"""Choosing an administrative unit: by name without marks, by code; those in force and within the user's reach."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from heritage.accounts.choosing import FoldedFilterForm
from heritage.accounts.policies import roles_of, units_reached
from heritage.places.models import Unit


def units_within_reach(user: Any) -> QuerySet[Unit]:
    """Units in force in which `user` holds any role; all of them for who works in the whole archive."""
    units = Unit.objects.current().select_related("parent", "province")
    held = roles_of(user)
    if user.is_superuser or any(each.unit_id is None for each in held):
        return units
    return units.filter(pk__in=units_reached(user, frozenset(each.unit_id for each in held if each.unit_id)))


class UnitFilterForm(FoldedFilterForm):
    """Finds `ba tri` in `Xã Ba Tri`, and a unit by its code."""

    def filter(self, objects: QuerySet[Unit]) -> QuerySet[Unit]:
        text = self.cleaned_data.get("q", "").strip()
        if not text.isdigit():
            return super().filter(objects)
        self.search_query, self.is_searching = text, True
        return objects.filter(code__startswith=text)


class ChooseUnitMixin(BaseChooseView):
    filter_form_class = UnitFilterForm
    per_page = 15
    ordering = ["level", "folded", "pk"]

    def get_object_list(self) -> QuerySet[Unit]:
        return units_within_reach(self.request.user)

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("parent", label=_("Belongs to"), accessor="parent"),
            Column("code", label=_("Code"), accessor="code"),
        ]


class ChooseUnit(ChooseViewMixin, CreationFormMixin, ChooseUnitMixin):
    """The whole dialogue."""


class ChooseUnitResults(ChooseResultsViewMixin, CreationFormMixin, ChooseUnitMixin):
    """The list in it."""


class UnitChooserViewSet(ChooserViewSet):
    """Makes every form's choice of a unit a search instead of a list of 3,355."""

    model = Unit
    icon = "site"
    choose_one_text = _("Choose a unit")
    choose_another_text = _("Choose another unit")
    choose_view_class = ChooseUnit
    choose_results_view_class = ChooseUnitResults


units_chooser = UnitChooserViewSet("units_chooser", url_prefix="units/choose")
