"""Filters of the list of records; each offers only what the user may see."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from heritage.accounts.coverage import units_below
from heritage.accounts.policies import policy_of
from heritage.catalog.admin.missing import LACKS, lacking
from heritage.catalog.admin.states import RecordState, in_state
from heritage.catalog.models import HeritageType, Kind, Rank, RankPeriod, Record
from heritage.catalog.queries import ranked
from heritage.places.models import Unit
from heritage.places.models.unit import Level


def units_to_choose(request: HttpRequest) -> QuerySet[Unit]:
    """Units of the records within reach; for who works in the whole archive the provinces, not 3,321 communes."""
    condition = policy_of(Record).condition(request.user, ["view"])
    if not condition:
        return Unit.objects.current().filter(level=Level.PROVINCE).order_by("folded")
    units = Record.objects.filter(condition).order_by().values("unit")
    return Unit.objects.filter(pk__in=units).order_by("folded")


class RecordFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=RecordState.choices, method="with_state")
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    rank = django_filters.ChoiceFilter(label=_("Rank"), choices=Rank.choices, method="with_rank")
    as_of = django_filters.DateFilter(
        label=_("Ranked on the day"), method="ranked_on", widget=forms.DateInput(attrs={"type": "date"})
    )
    types = django_filters.ChoiceFilter(label=_("Type"), choices=HeritageType.choices, lookup_expr="has")
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=units_to_choose, method="within_unit")
    missing = django_filters.ChoiceFilter(
        label=_("Missing"), choices=[(lack.code, lack.label) for lack in LACKS], method="with_lack"
    )

    class Meta:
        model = Record
        fields: tuple[str, ...] = ()

    def with_state(self, records: QuerySet, name: str, value: str) -> Any:
        return in_state(records, value)

    def within_unit(self, records: QuerySet, name: str, value: Unit) -> Any:
        return records.filter(unit__in=units_below([value.pk]))

    def with_rank(self, records: QuerySet, name: str, value: str) -> Any:
        return ranked(records, value, self.form.cleaned_data.get("as_of"))

    def ranked_on(self, records: QuerySet, name: str, value: dt.date) -> Any:
        """Records that held any rank on the day; the column shows the rank they held then."""
        held = RankPeriod.objects.filter(since__lte=value, until__gt=value)
        return records.filter(pk__in=held.values("record"))

    def with_lack(self, records: QuerySet, name: str, value: str) -> Any:
        return lacking(records, value)
