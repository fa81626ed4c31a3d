"""The Vietnamese lunar calendar (UTC+7), by `lunar-vn`, with what that library lets pass refused.

`lunar-vn` takes day 30 of a month of 29 days for the 1st of the next month, and a leap month that does not exist for
the regular one; so every conversion is turned back and compared.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import lunar_vn
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Lunar years whose every day the library knows."""


class NoSuchLunarDay(ValueError):  # noqa: N818
    """The calendar has no such day: a 30th of a short month, a leap month of another year."""


@dataclass(frozen=True, order=True)
class LunarDay:
    year: int
    month: int
    leap: bool
    day: int


@dataclass(frozen=True)
class LunarMonth:
    """A month as it fell: `first` is its first day in the solar calendar, `length` 29 or 30."""

    number: int
    leap: bool
    first: dt.date
    length: int

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(days=self.length - 1)


@lru_cache(maxsize=4096)
def to_lunar(day: dt.date) -> LunarDay:
    """The lunar day of a solar one; the festivals of a page ask for the same few days hundreds of times.

    Raises:
        NoSuchLunarDay: outside 1900 to 2100.
    """
    try:
        found = lunar_vn.solar_to_lunar(day)
    except ValueError as error:
        raise NoSuchLunarDay(str(error)) from error
    return LunarDay(found.year, found.month, found.leap, found.day)


def to_solar(lunar: LunarDay) -> dt.date:
    """The solar day of a lunar one.

    Raises:
        NoSuchLunarDay: the day or the leap month does not exist in that year, or lies outside 1900 to 2100.
    """
    try:
        day = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(lunar.day, lunar.month, lunar.year, lunar.leap))
        back = to_lunar(day)
    except ValueError as error:
        raise NoSuchLunarDay(_why_not(lunar)) from error
    if back != lunar:
        raise NoSuchLunarDay(_why_not(lunar))
    return day


def _why_not(day: LunarDay) -> str:
    """Why the calendar has no such day, and what would be right."""
    values = {"day": day.day, "month": day.month, "year": day.year}
    if day.leap and not _has_leap(day.year, day.month):
        repeated = [number for number in range(1, 13) if number != day.month and _has_leap(day.year, number)]
        if repeated:
            message = _("The lunar year %(year)s has no leap month %(month)s; its month %(leap)s comes twice.")
            return message % (values | {"leap": repeated[0]})
        return _("The lunar year %(year)s has no leap month; leave the mark out.") % values
    if day.day == 30:
        message = _(
            "Month %(month)s of the lunar year %(year)s has 29 days only: write the 29th, or the 1st of the next."
        )
        return message % values
    return _("The lunar calendar has no day %(day)s of month %(month)s in %(year)s.") % values


def _has_leap(year: int, month: int) -> bool:
    """Asked of the library itself: `to_solar` would ask back for its reason."""
    try:
        day = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(1, month, year, True))
        return to_lunar(day) == LunarDay(year, month, True, 1)
    except ValueError:
        return False


def in_solar_year(year: int, month: int, day: int, *, leap: bool = False) -> dt.date:
    """The day of the solar `year` on which lunar `day` of `month` falls; the last lunar month is of the year before.

    Raises:
        NoSuchLunarDay: there is none, with the reason and what would be right.
    """
    found = None
    for lunar_year in (year, year - 1):
        try:
            found = to_solar(LunarDay(lunar_year, month, leap, day))
        except NoSuchLunarDay:
            if lunar_year == year and month < 11:
                raise
            continue
        if found.year == year:
            return found
    if found is None:
        to_solar(LunarDay(year - 1 if month > 10 else year, month, leap, day))
    message = _("No day of %(year)s is day %(day)s of lunar month %(month)s; give the solar day instead.")
    raise NoSuchLunarDay(message % {"year": year, "day": day, "month": month})


@lru_cache(maxsize=512)
def months(year: int) -> tuple[LunarMonth, ...]:
    """The 12 or 13 months of lunar `year`, as they follow one another.

    Raises:
        NoSuchLunarDay: the year lies outside 1900 to 2099.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchLunarDay(_("The lunar calendar is known from 1900 to 2099."))
    firsts = [(to_solar(LunarDay(year, number, False, 1)), number, False) for number in range(1, 13)]
    firsts += [(day, number, True) for number in range(1, 13) if (day := _leap_first(year, number))]
    firsts.sort()
    ends = [first for first, _number, _leap in firsts[1:]] + [to_solar(LunarDay(year + 1, 1, False, 1))]
    return tuple(
        LunarMonth(number, leap, first, (end - first).days)
        for (first, number, leap), end in zip(firsts, ends, strict=True)
    )


def _leap_first(year: int, number: int) -> dt.date | None:
    try:
        return to_solar(LunarDay(year, number, True, 1))
    except NoSuchLunarDay:
        return None
