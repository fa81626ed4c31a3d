"""Lunar days convert both ways on every day of two centuries, and days that do not exist are refused."""

import datetime as dt

import lunar_vn
import pytest

from heritage.catalog.lunar import LunarDay, NoSuchLunarDay, months, to_lunar, to_solar


@pytest.mark.parametrize(
    ("day", "month", "year", "solar"),
    [
        (10, 3, 2026, "2026-04-26"),
        (10, 3, 2027, "2027-04-16"),
        (10, 3, 2028, "2028-04-04"),
        (6, 1, 2026, "2026-02-22"),
        (13, 9, 2026, "2026-10-22"),
        (13, 9, 2027, "2027-10-12"),
    ],
)
def test_days_known_from_printed_calendars(day, month, year, solar):
    assert to_solar(LunarDay(year, month, False, day)).isoformat() == solar


def test_every_day_of_two_centuries_both_ways():
    """73,414 days against the library's own table, and back; each lunar month is 29 or 30 days without a gap."""
    day, count = dt.date(1900, 1, 1), 0
    before = None
    while day.year <= 2100:
        lunar = to_lunar(day)
        theirs = lunar_vn.convert_solar_to_lunar(day.day, day.month, day.year)
        assert (lunar.day, lunar.month, lunar.year, lunar.leap) == (theirs.day, theirs.month, theirs.year, theirs.leap)
        assert to_solar(lunar) == day
        if before:
            assert lunar.day == before.day + 1 or (lunar.day == 1 and before.day in (29, 30))
        before, count, day = lunar, count + 1, day + dt.timedelta(days=1)
    assert count == 73_414


def test_the_months_of_every_year_follow_one_another():
    for year in range(1900, 2099):
        found = months(year)
        assert len(found) in (12, 13)
        assert {month.length for month in found} <= {29, 30}
        assert found[-1].last + dt.timedelta(days=1) == months(year + 1)[0].first
        assert sum(month.leap for month in found) == len(found) - 12


@pytest.mark.parametrize(
    "lunar",
    [
        LunarDay(2026, 1, True, 1),  # 2026 has no leap month
        LunarDay(2025, 5, True, 1),  # 2025 repeats its sixth month, not its fifth
        LunarDay(2026, 13, False, 1),
        LunarDay(2026, 1, False, 31),
        LunarDay(2101, 1, False, 1),
    ],
)
def test_days_that_do_not_exist_are_refused(lunar):
    with pytest.raises(NoSuchLunarDay):
        to_solar(lunar)


def test_a_thirtieth_of_a_short_month_is_refused():
    for month in months(2026):
        day = LunarDay(2026, month.number, month.leap, 30)
        if month.length == 30:
            assert to_solar(day) == month.last
        else:
            with pytest.raises(NoSuchLunarDay):
                to_solar(day)
