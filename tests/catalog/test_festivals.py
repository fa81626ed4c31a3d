"""Festival days follow their rules, and a single year may do otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from heritage.catalog import festivals, lunar
from heritage.catalog.models import Calendar, FestivalYear, LeapMonth, LunarRule, MissingDay
from heritage.catalog.rules import Span, spans
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

D = dt.date


def rule(month, day=None, **values):
    return LunarRule(month=month, day=day, **values)


def first_days(festival, year):
    return [span.first for span in spans(festival, year)]


def test_a_day_a_range_and_a_month():
    assert spans(rule(1, 6), 2026) == [Span(D(2026, 2, 22), D(2026, 2, 22))]
    assert spans(rule(9, 13, end_day=15), 2026) == [Span(D(2026, 10, 22), D(2026, 10, 24))]
    month = next(m for m in lunar.months(2026) if m.number == 3)
    assert spans(rule(3), 2026) == [Span(month.first, month.last, whole_month=True)]


def test_a_range_runs_over_the_new_year():
    (span,) = spans(rule(12, 23, end_month=1, end_day=7), 2026)
    assert span == Span(
        lunar.to_solar(lunar.LunarDay(2026, 12, False, 23)), lunar.to_solar(lunar.LunarDay(2027, 1, False, 7))
    )


def test_the_month_that_comes_twice_in_2025_is_the_sixth():
    regular, leap = (m for m in lunar.months(2025) if m.number == 6)
    assert first_days(rule(6, 1), 2025) == [regular.first]
    assert first_days(rule(6, 1, leap_month=LeapMonth.LEAP), 2025) == [leap.first]
    assert first_days(rule(6, 1, leap_month=LeapMonth.BOTH), 2025) == [regular.first, leap.first]
    assert first_days(rule(6, 1, leap_month=LeapMonth.LEAP), 2026) == first_days(rule(6, 1), 2026)


def test_the_thirtieth_of_a_short_month():
    short = next(m for m in lunar.months(2026) if m.length == 29)
    one_day = dt.timedelta(days=1)
    assert first_days(rule(short.number, 30), 2026) == [short.last]
    assert first_days(rule(short.number, 30, missing_day=MissingDay.NEXT), 2026) == [short.last + one_day]
    assert first_days(rule(short.number, 30, missing_day=MissingDay.SKIP), 2026) == []


def test_a_solar_rule_keeps_its_day():
    assert first_days(rule(7, 27, calendar=Calendar.SOLAR), 2027) == [D(2027, 7, 27)]
    assert first_days(rule(2, 29, calendar=Calendar.SOLAR), 2027) == [D(2027, 2, 28)]


@given(st.integers(1900, 2098), st.integers(1, 12), st.integers(1, 30), st.sampled_from(LeapMonth), st.booleans())
def test_a_festival_falls_on_its_own_lunar_day_or_on_the_last_of_a_short_month(year, month, day, leap, ranged):
    festival = rule(month, day, leap_month=leap, end_day=30 if ranged else None)
    found = spans(festival, year)
    assert 1 <= len(found) <= 2
    for span in found:
        lunar_day = lunar.to_lunar(span.first)
        assert (lunar_day.year, lunar_day.month) == (year, month)
        assert lunar_day.day == day or (day == 30 and lunar_day.day == 29)
        assert span.first <= span.last <= span.first + dt.timedelta(days=30)


def test_years_beyond_the_tables_have_no_days():
    assert spans(rule(1, 1), 2500) == []


@pytest.mark.parametrize(
    "values",
    [
        {"month": 1, "day": 31},
        {"month": 1, "end_day": 5},
        {"month": 1, "day": 5, "end_month": 2},
        {"month": 1, "day": 5, "end_day": 3},
        {"month": 13, "day": 1},
    ],
)
def test_rules_that_make_no_sense_are_refused(values):
    with pytest.raises(ValidationError):
        LunarRule(**values).full_clean(exclude=["record"])


@pytest.mark.parametrize(
    ("values", "field", "remedy"),
    [
        ({"year": 2026, "lunar_day": 30, "lunar_month": 2}, "lunar_day", "29"),
        ({"year": 2026, "lunar_day": 1, "lunar_month": 5, "lunar_is_leap": True}, "lunar_is_leap", "2026"),
        ({"year": 2025, "lunar_day": 1, "lunar_month": 5, "lunar_is_leap": True}, "lunar_is_leap", "6"),
        ({"year": 2026, "lunar_day": 1}, "lunar_month", ""),
        ({"year": 2026, "lunar_day": 6, "lunar_month": 1, "starts_on": D(2026, 2, 23)}, "starts_on", "22/02/2026"),
    ],
)
def test_a_lunar_day_that_is_not_is_refused_with_the_remedy(values, field, remedy):
    with pytest.raises(ValidationError) as refused:
        FestivalYear(**values).full_clean(exclude=["record"])
    assert remedy in refused.value.message_dict[field][0]


def test_a_year_may_be_given_by_its_lunar_day():
    year = FestivalYear(year=2025, lunar_day=1, lunar_month=6, lunar_is_leap=True, lunar_length=3)
    year.full_clean(exclude=["record"])
    leap = next(month for month in lunar.months(2025) if month.leap)
    assert (year.starts_on, year.ends_on) == (leap.first, leap.first + dt.timedelta(days=2))


@given(st.integers(1901, 2099), st.integers(1, 12), st.integers(1, 29))
def test_a_lunar_day_of_a_solar_year_lies_in_it_or_is_refused(year, month, day):
    try:
        found = lunar.in_solar_year(year, month, day)
    except lunar.NoSuchLunarDay:
        assert month > 10
        return
    back = lunar.to_lunar(found)
    assert (found.year, back.month, back.day) == (year, month, day)


@pytest.mark.django_db
class TestBetween:
    def test_what_is_coming_stands_in_order_and_drafts_do_not(self, django_assert_num_queries):
        autumn, spring = RecordFactory(), RecordFactory()
        LunarRule.objects.create(record=autumn, month=9, day=13, end_day=15)
        LunarRule.objects.create(record=spring, month=1, day=6, is_approximate=True)
        LunarRule.objects.create(record=RecordFactory(live=False), month=1, day=6)
        with django_assert_num_queries(3):
            found = festivals.between(D(2026, 1, 1), D(2026, 12, 31))
        assert [(one.record, one.first) for one in found] == [(spring, D(2026, 2, 22)), (autumn, D(2026, 10, 22))]
        assert found[0].is_approximate
        assert found[1].lunar_last == lunar.LunarDay(2026, 9, False, 15)

    def test_a_festival_that_goes_on_is_still_shown(self):
        LunarRule.objects.create(record=RecordFactory(), month=12, day=23, end_month=1, end_day=7)
        assert len(festivals.upcoming(days=5, today=D(2027, 2, 10))) == 1

    def test_a_year_held_otherwise_replaces_the_rule_in_that_year_only(self):
        record = RecordFactory()
        LunarRule.objects.create(record=record, month=1, day=6)
        FestivalYear.objects.create(record=record, year=2026, starts_on=D(2026, 3, 1), ends_on=D(2026, 3, 2))
        FestivalYear.objects.create(record=record, year=2027, is_cancelled=True)
        found = festivals.between(D(2025, 1, 1), D(2028, 12, 31))
        assert [one.first.year for one in found] == [2025, 2026, 2028]
        assert found[1].span == Span(D(2026, 3, 1), D(2026, 3, 2))
        assert [one.span for one in festivals.of_record(record, [2026, 2027])] == [found[1].span]

    def test_seeking_by_day_and_by_month_find_the_same(self, monkeypatch):
        """What a month of days finds is what a search by whole months finds."""
        for month in range(1, 13):
            for day, end_day, end_month, missing in (
                (1, None, None, "last"), (30, None, None, "next"), (30, None, None, "last"), (None, None, None, "last"),
                (28, 30, None, "last"), (29, 2, month % 12 + 1, "last"), (13, 20, None, "last"),
            ):  # fmt: skip
                LunarRule.objects.create(
                    record=RecordFactory(), month=month, day=day, end_day=end_day, end_month=end_month,
                    missing_day=missing, calendar=Calendar.SOLAR if day == 13 else Calendar.LUNAR,
                )  # fmt: skip
        for first in (D(2025, 6, 20), D(2026, 2, 1), D(2026, 12, 15)):
            near = festivals.between(first, first + dt.timedelta(days=30))
            with monkeypatch.context() as patch:
                patch.setattr(festivals, "NEAR", -1)
                assert festivals.between(first, first + dt.timedelta(days=30)) == near


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["festivals", "festivals_ics"])
def test_the_calendar_and_its_file_cost_the_same_at_any_length(client, name):
    """What a list of occasions shows is read with it, units and provinces too."""
    today, counts = timezone.localdate(), []
    for count in (2, 8):
        for _festival in range(count):
            record = RecordFactory(kind="festival", unit=UnitFactory())
            LunarRule.objects.create(record=record, calendar=Calendar.SOLAR, month=today.month, day=today.day)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(name))
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert record.name_vi in body
        counts.append(len(asked))
    assert counts[0] == counts[1]
