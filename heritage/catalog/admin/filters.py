"""Filters of the list of records; each offers only what the user may see."""

import datetime as dt
from functools import partial
from itertools import chain
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from heritage.accounts.coverage import units_below
from heritage.accounts.policies import keys_in_sql, policy_of
from heritage.catalog import shown, stood
from heritage.catalog.admin.missing import LACKS, NOTHING, lacking
from heritage.catalog.admin.states import RecordState, in_state
from heritage.catalog.models import (
    ConditionGrade,
    DayTrait,
    HeritageType,
    Kind,
    Rank,
    RankPeriod,
    Record,
    RecordObject,
    StatePeriod,
)
from heritage.catalog.queries import first_ranked_in, first_undated, ranked
from heritage.catalog.surveys.queries import NOT_SURVEYED, in_condition, until
from heritage.core.selects import BooleanWrittenAtOnce, BoxesWrittenAtOnce, WrittenAtOnce
from heritage.places.models import Unit
from heritage.places.models.unit import Level


def units_to_choose(request: HttpRequest) -> QuerySet[Unit]:
    """Units of the records within reach and their provinces; over the whole archive the provinces alone."""
    policy = policy_of(Record)
    condition = policy.condition(request.user, ["view"])
    if not condition and not request.GET.get("day"):
        return Unit.objects.current().filter(level=Level.PROVINCE).order_by("folded")
    within_reach = Record.objects.filter(condition).order_by()
    if request.GET.get("day"):
        return _units_of_any_day(within_reach)
    reached = policy.units(request.user, ["view"])
    if not reached:
        return Unit.objects.none()
    if not any(policy.confined_to(role) for role in policy.roles_for(request.user, ["view"])):
        within_reach = Record.objects.order_by()  # all of a unit that is reached, and all that is shared with it
    having = _having(within_reach, reached)
    # Asked once: a query for the provinces would hold the same conditions again, which are dear to write.
    found = chain.from_iterable(Unit.objects.filter(having).values_list("pk", "province"))
    return Unit.objects.filter(pk__in={key for key in found if key is not None}).order_by("-level", "folded")


def _having(records: QuerySet[Record], reached: frozenset[int]) -> Q:
    """Units of `records`: of those reached each is looked up by index; the others have what is shared with these."""
    keys = keys_in_sql(reached)
    shared = Record.shared_units.through.objects.filter(unit__in=keys).values("record")
    own = Q(Exists(records.filter(unit=OuterRef("pk"))), pk__in=keys)
    return own | Q(pk__in=records.filter(pk__in=shared).values("unit"))


def _units_of_any_day(records: QuerySet[Record]) -> QuerySet[Unit]:
    """Units in which the register has or had them, those that are no more too, and the provinces of these."""
    periods = StatePeriod.objects.filter(record__in=records.values("pk")).order_by()
    units = Q(pk__in=periods.values("unit")) | Q(pk__in=periods.values("unit__province"))
    return Unit.objects.filter(units).order_by("-level", "folded")


ChoiceFilter = partial(django_filters.ChoiceFilter, widget=WrittenAtOnce)
BooleanFilter = partial(django_filters.BooleanFilter, widget=BooleanWrittenAtOnce)


class RecordFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("State"), choices=RecordState.choices, method="with_state")
    live = BooleanFilter(label=_("Public"), method="with_live")
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Kind.choices, widget=BoxesWrittenAtOnce, method="of_kind"
    )
    rank = ChoiceFilter(label=_("Rank"), choices=Rank.choices, method="with_rank")
    as_of = django_filters.DateFilter(
        label=_("Ranked on the day"), method="ranked_on", widget=forms.DateInput(attrs={"type": "date"})
    )
    types = ChoiceFilter(label=pgettext_lazy("of heritage", "Type"), choices=HeritageType.choices, lookup_expr="has")
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=units_to_choose, method="within_unit", widget=WrittenAtOnce
    )
    missing = ChoiceFilter(
        label=_("Missing"),
        choices=[*((lack.code, lack.label) for lack in LACKS), (NOTHING, _("nothing"))],
        method="with_lack",
    )

    condition = ChoiceFilter(
        label=_("Condition"),
        choices=[*ConditionGrade.choices, (NOT_SURVEYED, _("not surveyed yet"))],
        method="with_condition",
    )
    since = django_filters.NumberFilter(
        label=_("Year of the first decision"), min_value=1900, max_value=2100, method="first_ranked_in"
    )
    undated = BooleanFilter(label=_("Year of the first decision not known"), method="first_undated")
    surveyed_by = django_filters.DateFilter(
        label=_("Condition as found by the day"),
        method="surveyed_until",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    day = django_filters.DateFilter(
        label=_("As the register stood on the day"),
        method="as_it_stood",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Unit, kind, what was missing, what was public and had scans are then those of that day."),
    )
    scans = BooleanFilter(label=_("Has scans"), method="with_scans")

    class Meta:
        model = Record
        fields: tuple[str, ...] = ()

    def with_state(self, records: QuerySet, name: str, value: str) -> Any:
        return in_state(records, value)

    @property
    def _day(self) -> dt.date | None:
        """The day as of which unit, kind and lacks are asked for; today's where there is none."""
        return self.form.cleaned_data.get("day")

    def with_live(self, records: QuerySet, name: str, value: bool) -> Any:
        if not self._day:
            return records.filter(live=value)
        public = shown.having(DayTrait.PUBLIC, self._day)
        return records.filter(pk__in=public) if value else records.exclude(pk__in=public)

    def as_it_stood(self, records: QuerySet, name: str, value: dt.date) -> Any:
        return stood.stood(records, value)

    def of_kind(self, records: QuerySet, name: str, value: list[str]) -> Any:
        if not value:
            return records
        return stood.stood(records, self._day, Q(kind__in=value)) if self._day else records.filter(kind__in=value)

    def within_unit(self, records: QuerySet, name: str, value: Unit) -> Any:
        if self._day:
            return stood.stood(records, self._day, stood.within(value))
        return records.filter(unit__in=units_below([value.pk]))

    def with_rank(self, records: QuerySet, name: str, value: str) -> Any:
        return ranked(records, value, self.form.cleaned_data.get("as_of"))

    def ranked_on(self, records: QuerySet, name: str, value: dt.date) -> Any:
        """Records that held any rank on the day; the column shows the rank they held then."""
        held = RankPeriod.objects.filter(since__lte=value, until__gt=value)
        return records.filter(pk__in=held.values("record"))

    def with_lack(self, records: QuerySet, name: str, value: str) -> Any:
        if self._day:
            return stood.stood(records, self._day, stood.lacked("" if value == NOTHING else value))
        return lacking(records, value)

    def first_ranked_in(self, records: QuerySet, name: str, value: Any) -> Any:
        return first_ranked_in(records, int(value))

    def first_undated(self, records: QuerySet, name: str, value: bool) -> Any:
        undated = first_undated(records)
        return undated if value else records.exclude(pk__in=undated.order_by().values("pk"))

    def with_condition(self, records: QuerySet, name: str, value: str) -> Any:
        return in_condition(records, value, self.form.cleaned_data.get("surveyed_by"))

    def surveyed_until(self, records: QuerySet, name: str, value: dt.date) -> Any:
        """Alone, those that had been surveyed by then; with a condition, that day's."""
        if self.form.cleaned_data.get("condition"):
            return records
        return records.filter(pk__in=until(value).order_by().values("record"))

    def with_scans(self, records: QuerySet, name: str, value: bool) -> Any:
        having = RecordObject.objects.order_by().values("record")
        if self._day:
            having = shown.having(DayTrait.SCANS, self._day)
        return records.filter(pk__in=having) if value else records.exclude(pk__in=having)
