"""Sentences about acts and days, in the page's language."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heritage.catalog.lunar import LunarDay
from heritage.catalog.models import Designation
from heritage.catalog.models.vocabulary import Rank, Scheme, scheme_of
from heritage.core import languages

_MONTHS_VI = ["Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Một", "Chạp"]
_ORDINALS_EN = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}


def day_text(day: dt.date) -> str:
    """`28/9/2012` in Vietnamese, `28 September 2012` in English."""
    return date_format(day, "j F Y") if languages.current() == "en" else date_format(day, "j/n/Y")


def lunar_month_text(month: int, *, leap: bool = False) -> str:
    """`tháng Giêng`, `tháng Sáu nhuận`; `1st lunar month`, `leap 6th lunar month`."""
    if languages.current() == "en":
        return f"{'leap ' if leap else ''}{month}{_ordinal(month)} lunar month"
    return f"tháng {_MONTHS_VI[month - 1]}{' nhuận' if leap else ''}"


def lunar_day_text(day: LunarDay) -> str:
    """`mồng 6 tháng Giêng`, `rằm tháng Bảy`; `6th day of the 1st lunar month`."""
    month = lunar_month_text(day.month, leap=day.leap)
    if languages.current() == "en":
        return f"{day.day}{_ordinal(day.day)} day of the {month}"
    return f"{_day_vi(day.day)} {month}"


def lunar_span_text(first: LunarDay, last: LunarDay) -> str:
    """`13 đến rằm tháng Chín`; a whole span of days in one phrase."""
    if first == last:
        return lunar_day_text(first)
    if languages.current() == "en":
        if (first.month, first.leap) == (last.month, last.leap):
            days = f"{first.day}{_ordinal(first.day)} to {last.day}{_ordinal(last.day)}"
            return f"{days} of the {lunar_month_text(first.month, leap=first.leap)}"
        return f"{lunar_day_text(first)} to {lunar_day_text(last)}"
    if (first.month, first.leap) == (last.month, last.leap):
        return f"{_day_vi(first.day)} đến {lunar_day_text(last)}"
    return f"{lunar_day_text(first)} đến {lunar_day_text(last)}"


def _day_vi(day: int) -> str:
    if day == 15:
        return "rằm"
    return f"mồng {day}" if day <= 10 else str(day)


def _ordinal(number: int) -> str:
    return _ORDINALS_EN.get(number, "th")


def citation(act: Designation) -> str:
    """The citation line of an act, saying what is known: number, day or year, authority; "" where none is.

    A listing abroad has no decision of ours: of it the year is said.
    """
    if scheme_of(act.rank) != Scheme.STATE and not act.decision_number and not act.authority_id:
        return _("Listed in %(year)s") % {"year": act.decided_year} if act.decided_year else ""
    return decision_line(act)


def decision_line(act: Any) -> str:
    """Number, day or year and authority of a decision, as far as they are known."""
    authority = languages.in_language(act.authority, "name") if act.authority else ""
    parts = []
    if act.decision_number:
        parts.append(_("Decision %(number)s") % {"number": act.decision_number})
    if act.decided_on:
        parts.append(pgettext("decision", "of %(day)s") % {"day": day_text(act.decided_on)})
    elif act.decided_year:
        parts.append(pgettext("decision", "of %(year)s") % {"year": act.decided_year})
    if authority:
        parts.append(pgettext("decision", "by the %(authority)s") % {"authority": authority})
    if parts and not act.decision_number:
        parts.insert(0, _("Decision"))
    line = " ".join(parts)
    return line[:1].upper() + line[1:]


def act_title(act: Designation) -> str:
    """What the act did: "ranks: national monument", "adds parts: 23 điểm"."""
    parts = languages.in_language(act, "parts")
    said = [str(act.get_act_display())]
    if act.rank:
        said.append(str(act.get_rank_display()))
    if parts:
        said.append(parts)
    line = ": ".join([said[0], ", ".join(said[1:])]) if len(said) > 1 else said[0]
    return line[:1].upper() + line[1:]


def standing_label(row: Any) -> str:
    """The whole label of a record on a day, from `queries.with_standing_on`; "" where it held no rank.

    `National monument, Decision 5/QĐ of 2 March 2012; 23 points added (2009)`.
    """
    if not row.rank:
        return ""
    label = str(Rank(row.rank).label)
    said = [label[:1].upper() + label[1:]]
    if row.decision_number:
        said.append(_("Decision %(number)s") % {"number": row.decision_number})
    if row.decided_on:
        said[-1] += " " + pgettext("decision", "of %(day)s") % {"day": day_text(row.decided_on)}
    elif row.decided_year:
        said[-1] += f" ({row.decided_year})" if len(said) == 1 else f", {row.decided_year}"
    scope = languages.in_language(row, "scope")
    return ", ".join(said) + (f"; {scope}" if scope else "")
