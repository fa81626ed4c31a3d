"""The search box of choosers: finds folded names, so that `dinh` finds `Đình`."""

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from heritage.core.folding import fold

MOST_WORDS = 8


def containing(objects: QuerySet, text: str) -> QuerySet:
    """Those of `objects` whose `folded` column holds every word of `text`, marks and case aside."""
    for word in fold(text[:200]).split()[:MOST_WORDS]:
        objects = objects.filter(folded__contains=word)
    return objects


class FoldedFilterForm(BaseFilterForm):
    """Narrows a list whose model has a column `folded`."""

    q = forms.CharField(
        label=_("Search"),
        widget=forms.TextInput(attrs={"placeholder": _("Name or number, with or without marks")}),
        required=False,
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        text = self.cleaned_data.get("q", "").strip()
        self.search_query, self.is_searching = text, bool(text)
        return containing(super().filter(objects), text)


def form_for_finding(model: type[Model]) -> type | None:
    """The search form for choosers of `model`, or None where it has no folded column."""
    has_column = any(field.name == "folded" for field in model._meta.get_fields())
    return FoldedFilterForm if has_column else None
