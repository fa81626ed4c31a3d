"""Opening hours are computed where they can be read, and shown as typed where they cannot."""

import datetime as dt

import pytest
from django.utils import translation

from heritage.maps import hours

MONDAY = dt.date(2026, 3, 2)
SAIGON = hours.VIET_NAM


def words(text):
    with translation.override("en"):
        return hours.week_in_words(text, MONDAY)


def test_equal_days_are_said_together():
    assert words("Mo-Fr 08:00-11:30,13:30-17:00; Sa 08:00-12:00") == [
        ("Monday – Friday", "08:00–11:30, 13:30–17:00"),
        ("Saturday", "08:00–12:00"),
        ("Sunday", "closed"),
    ]


def test_round_the_clock():
    assert words("24/7") == [("Every day", "all day")]


@pytest.mark.parametrize("text", ["18:00-02:00", "18:00-26:00"])
def test_a_night_belongs_to_the_day_it_began(text):
    assert words(text) == [("Every day", "18:00–02:00")]


def test_open_now_by_the_clock_of_viet_nam():
    at = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)  # 08:30 in Viet Nam
    assert hours.now("Mo-Fr 08:00-17:00", at).is_open
    assert not hours.now("Mo-Fr 09:00-17:00", at).is_open


@pytest.mark.parametrize("text", ["always-ish", "8h-17h hằng ngày", "x" * 300, "<script>", "Mo-Fr 99:00-100:00"])
def test_what_cannot_be_read_stays_text_and_nothing_is_computed(text):
    assert hours.state_of(text) == "text"
    assert hours.now(text) is None
    assert hours.week_in_words(text) == []


def test_nothing_given():
    assert hours.state_of("") == "none"


def test_seasons_are_not_told_by_one_week():
    assert hours.varies("Apr-Oct Mo-Su 07:00-18:00; PH off")
    assert not hours.varies("Mo-Su 07:00-18:00")
