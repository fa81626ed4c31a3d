"""Counting what is asked, without anything that tells who asked."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.utils import timezone

from heritage.search import tallies
from heritage.search.models import Tally

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    caches["default"].clear()
    tallies._asked.clear()
    tallies._empty.clear()


def ask(text, total=1, times=3):
    for _time in range(times):
        tallies.note(text, total)


def test_texts_are_counted_by_day_however_they_are_typed():
    ask("  Chùa   KEO ")
    ask("chùa keo", total=0)
    tallies.write()
    ask("chùa keo")
    tallies.write()
    (row,) = Tally.objects.all()
    assert (row.text, row.asked, row.empty, row.day) == ("chùa keo", 9, 3, timezone.localdate())


@pytest.mark.parametrize("text", ["nguyen@example.org", "0912 345 678", "cccd 012345678901", "", "!!", "a" * 81])
def test_what_may_tell_a_person_is_never_kept(text):
    ask(text)
    tallies.write()
    assert not Tally.objects.exists()


def test_decision_numbers_are_kept():
    ask("548/QĐ-TTg 2016")
    tallies.write()
    assert Tally.objects.exists()


def test_what_was_asked_once_or_twice_is_shown_to_nobody():
    ask("đình lạ", times=2)
    ask("chùa keo")
    ask("chùa chưa có", total=0)
    tallies.write()
    assert [row["text"] for row in tallies.most_asked()] == ["chùa chưa có", "chùa keo"]
    assert [row["text"] for row in tallies.nothing_found()] == ["chùa chưa có"]
    assert tallies.related("chùa hang") == ["chùa keo"]


def test_old_and_rare_texts_are_forgotten():
    today = timezone.localdate()
    for age, asked in ((366, 9), (40, 2), (40, 9), (1, 1)):
        Tally.objects.create(day=today - dt.timedelta(days=age), text=f"{age}-{asked}", asked=asked)
    tallies.forget_old()
    assert sorted(Tally.objects.values_list("text", flat=True)) == ["1-1", "40-9"]
