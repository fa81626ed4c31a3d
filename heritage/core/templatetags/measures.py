"""Measures as people of each language write them: `1,2 km` in Vietnamese, `1.2 km` in English."""

import datetime as dt

from django import template
from django.utils.dateformat import format as formatted
from django.utils.formats import number_format

from heritage.core import languages

register = template.Library()


@register.filter
def distance(metres: float | int | None) -> str:
    """A distance in metres as text: to 10 m below a kilometre, to 100 m below ten, to a kilometre beyond."""
    if metres is None:
        return ""
    if metres < 995:
        return f"{round(metres / 10) * 10} m"
    kilometres = metres / 1000
    places = 1 if kilometres < 9.95 else 0
    return f"{number_format(round(kilometres, places), decimal_pos=places, use_l10n=True, force_grouping=True)} km"


@register.filter
def long_date(day: dt.date | None) -> str:
    """`ngày 28 tháng 9 năm 2012`; `28 September 2012`."""
    if day is None:
        return ""
    return formatted(day, "j F Y" if languages.current() == "en" else r"\n\g\à\y j \t\h\á\n\g n \n\ă\m Y")


@register.filter
def short_date(day: dt.date | None) -> str:
    """`28/9/2012`; `28 Sep 2012`."""
    if day is None:
        return ""
    return formatted(day, "j M Y" if languages.current() == "en" else "j/n/Y")
