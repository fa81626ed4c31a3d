"""What is celebrated between two days, by the rules of each festival and what single years did otherwise."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from heritage.catalog import lunar
from heritage.catalog.models import Calendar, FestivalYear, LunarRule, Record
from heritage.catalog.queries import published
from heritage.catalog.rules import Span, spans


@dataclass(frozen=True)
class Occasion:
    """One festival in one year. `lunar_first` is None for a year held otherwise and for solar rules."""

    record: Record
    span: Span
    is_approximate: bool = False
    label_vi: str = ""
    label_en: str = ""
    lunar_first: lunar.LunarDay | None = None
    lunar_last: lunar.LunarDay | None = None

    @property
    def first(self) -> dt.date:
        return self.span.first

    @property
    def last(self) -> dt.date:
        return self.span.last


class PlainRule(NamedTuple):
    """The columns of a rule: thousands of them are weighed for a page, and model instances cost ten times as much."""

    record_id: int
    calendar: str
    month: int
    day: int | None
    end_month: int | None
    end_day: int | None
    leap_month: str
    missing_day: str
    is_approximate: bool
    label_vi: str
    label_en: str


class _Found(NamedTuple):
    """An occasion before its record is fetched."""

    span: Span
    record_id: int
    rule: LunarRule | PlainRule | FestivalYear


def upcoming(days: int = 60, limit: int = 12, today: dt.date | None = None) -> list[Occasion]:
    """Festivals of public records that go on or begin within `days`, soonest first; for example on the home page.

    A festival of which only the month is known stands behind those with a day.
    """
    today = today or timezone.localdate()
    nearer = days_for(limit * SPARE, most=days, least=7)
    found = between(today, today + dt.timedelta(days=nearer), limit=limit)
    if len(found) < limit and nearer < days:
        found = between(today, today + dt.timedelta(days=days), limit=limit)
    return found


def between(first: dt.date, last: dt.date, limit: int | None = None) -> list[Occasion]:
    """Every occasion of a public record that touches the days from `first` to `last`; three queries at most."""
    found = _by_rules(first, last)
    otherwise = _otherwise(first, last)
    found = [one for one in found if (one.record_id, one.span.first.year) not in otherwise]
    for year in otherwise.values():
        for row in year:
            if not row.is_cancelled and row.starts_on:
                span = Span(row.starts_on, row.ends_on or row.starts_on)
                if span.last >= first and span.first <= last:
                    found.append(_Found(span, row.record_id, row))
    found.sort(key=lambda one: (max(one.span.first, first), one.span.whole_month, one.span.last, one.record_id))
    return _with_records(found[:limit])


SPARE = 12
"""Times as many occasions as wanted are looked for at first: feasts crowd in spring, some records are not public."""


def days_for(wanted: int, most: int = 365, least: int = 31) -> int:
    """How many days, of `least` to `most`, hold about `wanted` occasions; the last rule's key counts the rules."""
    rules = LunarRule.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return min(most, max(least, 365 * wanted // max(rules, 1)))


def of_record(record: Record, years: Iterable[int]) -> list[Occasion]:
    """The occasions of one record, public or draft, that begin in the given solar `years`."""
    return of_rules(record, list(record.lunar_rules.all()), list(record.festival_years.all()), years)


def of_rules(
    record: Record, rules: Iterable[LunarRule], changed: Iterable[FestivalYear], years: Iterable[int]
) -> list[Occasion]:
    """The same from rules at hand: no query."""
    years = set(years)
    otherwise = [row for row in changed if row.year in years]
    by_rule = years - {row.year for row in otherwise}
    found = [
        _Found(span, record.pk, rule)
        for rule in rules
        for year in range(min(years) - 1, max(years) + 1)
        for span in spans(rule, year)
        if span.first.year in by_rule
    ]
    found += [
        _Found(Span(row.starts_on, row.ends_on or row.starts_on), record.pk, row)
        for row in otherwise
        if row.starts_on and not row.is_cancelled
    ]
    found.sort(key=lambda one: one.span)
    return [_occasion(one, record) for one in found]


def _by_rules(first: dt.date, last: dt.date) -> list[_Found]:
    """Rules that can touch the days: by day where few days are asked for, else by month."""
    near = _near_days if (last - first).days <= NEAR else _near_months
    rows = LunarRule.objects.filter(near(first, last), record__live=True).order_by()
    years = range(first.year - 1, last.year + 1)
    return [
        _Found(span, rule.record_id, rule)
        for rule in map(PlainRule._make, rows.values_list(*PlainRule._fields).iterator())
        for year in years
        for span in spans(rule, year)
        if span.last >= first and span.first <= last
    ]


NEAR = 45
"""Days up to which rules are sought by their day."""
CROSSING = Q(end_month__isnull=False) & ~Q(end_month=F("month"))
"""Rules that run from one month into another."""


def _near_days(first: dt.date, last: dt.date) -> Q:
    """Rules of the very days, ranges and whole months around them, and 30ths that move to the next month."""
    met: dict[tuple[str, int], list[int]] = defaultdict(list)
    for offset in range((last - first).days + 3):
        day = first + dt.timedelta(days=offset - 1)
        met[Calendar.SOLAR, day.month].append(day.day)
        with suppress(lunar.NoSuchLunarDay):
            found = lunar.to_lunar(day)
            met[Calendar.LUNAR, found.month].append(found.day)
    wanted = CROSSING
    for (calendar, month), days in met.items():
        touching = Q(day__range=(min(days), max(days))) | Q(day=None) | Q(end_day__isnull=False) | Q(day__gte=29)
        wanted |= Q(calendar=calendar, month=month) & touching
    return wanted


def _near_months(first: dt.date, last: dt.date) -> Q:
    """Rules of the months that touch the days, and those that run from one month into another."""
    wanted = Q()
    for calendar, numbers in _month_numbers(first, last).items():
        wanted |= Q(calendar=calendar) & (Q(month__in=numbers) | CROSSING)
    return wanted


def _month_numbers(first: dt.date, last: dt.date) -> dict[str, set[int]]:
    """The numbers of the months, in each calendar, that lie within the days, and of the month before them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    day = first - dt.timedelta(days=31)
    while day <= last + dt.timedelta(days=15) and len(numbers[Calendar.SOLAR]) + len(numbers[Calendar.LUNAR]) < 24:
        numbers[Calendar.SOLAR].add(day.month)
        with suppress(lunar.NoSuchLunarDay):
            numbers[Calendar.LUNAR].add(lunar.to_lunar(day).month)
        day += dt.timedelta(days=15)
    return numbers


def _otherwise(first: dt.date, last: dt.date) -> dict[tuple[int, int], list[FestivalYear]]:
    """By record and year; whether the record is public is asked when it is fetched."""
    rows = FestivalYear.objects.filter(year__range=(first.year - 1, last.year))
    by_year: dict[tuple[int, int], list[FestivalYear]] = defaultdict(list)
    for row in rows:
        by_year[row.record_id, row.year].append(row)
    return by_year


SHOWN = ("number", "kind", "live", "name_vi", "name_en", "unit")
"""Columns that lists of occasions show; reading all of a record costs more than its days."""


def _with_records(found: list[_Found]) -> list[Occasion]:
    rows = published().select_related("unit__province").filter(pk__in={one.record_id for one in found}).only(*SHOWN)
    records = {record.pk: record for record in rows}
    return [_occasion(one, records[one.record_id]) for one in found if one.record_id in records]


def _occasion(found: _Found, record: Record) -> Occasion:
    if isinstance(found.rule, FestivalYear):
        return Occasion(record, found.span, label_vi=found.rule.note_vi, label_en=found.rule.note_en)
    rule = found.rule
    is_lunar = rule.calendar == Calendar.LUNAR
    return Occasion(
        record,
        found.span,
        is_approximate=rule.is_approximate,
        label_vi=rule.label_vi,
        label_en=rule.label_en,
        lunar_first=lunar.to_lunar(found.span.first) if is_lunar else None,
        lunar_last=lunar.to_lunar(found.span.last) if is_lunar else None,
    )
