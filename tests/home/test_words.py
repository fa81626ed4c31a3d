"""Lunar days, distances and dates as people of each language write them."""

import datetime as dt

import pytest
from django.utils.translation import override

from heritage.core import lunar_words
from heritage.core.templatetags.measures import distance, long_date, short_date


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        ((6, 1, False), (6, 1, False), "mồng 6 tháng Giêng", "day 6 of the 1st lunar month"),
        ((15, 7, False), (15, 7, False), "rằm tháng bảy", "day 15 of the 7th lunar month"),
        ((23, 12, False), (23, 12, False), "23 tháng Chạp", "day 23 of the 12th lunar month"),
        ((10, 4, True), (10, 4, True), "mồng 10 tháng tư nhuận", "day 10 of the leap 4th lunar month"),
        ((6, 1, False), (16, 1, False), "mồng 6 – 16 tháng Giêng", "days 6–16 of the 1st lunar month"),
        (
            (29, 2, False),
            (1, 3, False),
            "29 tháng hai – mồng 1 tháng ba",
            "day 29 of the 2nd lunar month – day 1 of the 3rd lunar month",
        ),
    ],
)
def test_lunar_days(first, last, vi, en):
    assert lunar_words.span(first, last, "vi") == vi
    assert lunar_words.span(first, last, "en") == en


@pytest.mark.parametrize(
    ("metres", "vi", "en"),
    [
        (0, "0 m", "0 m"),
        (384, "380 m", "380 m"),
        (1240, "1,2 km", "1.2 km"),
        (15_400, "15 km", "15 km"),
        (None, "", ""),
    ],
)
def test_distances(metres, vi, en):
    assert distance(metres) == vi
    with override("en"):
        assert distance(metres) == en


def test_dates():
    day = dt.date(2012, 9, 28)
    assert (long_date(day), short_date(day)) == ("ngày 28 tháng 9 năm 2012", "28/9/2012")
    with override("en"):
        assert (long_date(day), short_date(day)) == ("28 September 2012", "28 Sep 2012")
