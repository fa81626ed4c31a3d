"""From the rule of a festival to its days in a year."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from heritage.catalog import lunar
from heritage.catalog.models.festival import Calendar, LeapMonth, MissingDay


@dataclass(frozen=True, order=True)
class Span:
    """From `first` to `last`, both included; `whole_month` where only the month is known."""

    first: dt.date
    last: dt.date
    whole_month: bool = False


class Rule(Protocol):
    """What `models.LunarRule` has; a plain tuple from a query will do as well."""

    @property
    def calendar(self) -> str: ...
    @property
    def month(self) -> int: ...
    @property
    def day(self) -> int | None: ...
    @property
    def end_month(self) -> int | None: ...
    @property
    def end_day(self) -> int | None: ...
    @property
    def leap_month(self) -> str: ...
    @property
    def missing_day(self) -> str: ...


def spans(rule: Rule, year: int) -> list[Span]:
    """The days of `rule` in `year` of its own calendar; a year beyond the calendar's tables has none."""
    return list(
        _spans(
            rule.calendar, rule.month, rule.day, rule.end_month, rule.end_day, rule.leap_month, rule.missing_day, year
        )
    )


@lru_cache(maxsize=50_000)
def _spans(
    calendar: str,
    month: int,
    day: int | None,
    end_month: int | None,
    end_day: int | None,
    leap_month: str,
    missing_day: str,
    year: int,
) -> tuple[Span, ...]:
    try:
        found = []
        for start in _months(calendar, year, month, leap_month):
            if day is None:
                found.append(Span(start.first, start.last, whole_month=True))
            elif first := _in_month(start, day, missing_day):
                found.append(Span(first, _last(calendar, year, start, first, end_month, end_day)))
        return tuple(found)
    except lunar.NoSuchLunarDay:
        return ()


def _months(calendar: str, year: int, number: int, leap_month: str) -> list[lunar.LunarMonth]:
    """The months of `year` in which a rule for month `number` falls."""
    if calendar == Calendar.SOLAR:
        first = dt.date(year, number, 1)
        after = dt.date(year + number // 12, number % 12 + 1, 1)
        return [lunar.LunarMonth(number, False, first, (after - first).days)]
    both = [month for month in lunar.months(year) if month.number == number]
    if len(both) == 1 or leap_month == LeapMonth.BOTH:
        return both
    return [month for month in both if month.leap == (leap_month == LeapMonth.LEAP)]


def _in_month(month: lunar.LunarMonth, day: int, missing_day: str) -> dt.date | None:
    if day <= month.length:
        return month.first + dt.timedelta(days=day - 1)
    if missing_day == MissingDay.SKIP:
        return None
    return month.last + dt.timedelta(days=1) if missing_day == MissingDay.NEXT else month.last


def _last(
    calendar: str, year: int, start: lunar.LunarMonth, first: dt.date, end_month: int | None, end_day: int | None
) -> dt.date:
    """The last day: of the same month, of a later one, or of one in the next year."""
    if end_day is None:
        return first
    month = start
    if end_month and end_month != start.number:
        year += end_month < start.number
        month = _months(calendar, year, end_month, LeapMonth.REGULAR)[0]
    return max(first, _in_month(month, end_day, MissingDay.LAST) or month.last)
