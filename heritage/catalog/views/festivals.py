"""The calendar of festivals, as a page and as an iCalendar file."""

import datetime as dt
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heritage.catalog import festivals, ical, lunar
from heritage.catalog.page import RecordPage, public

SHOWN = 120
"""Occasions on one page of the calendar."""
AHEAD = 365
"""Days that the page looks ahead."""


@require_safe
def festival_calendar(request: HttpRequest) -> HttpResponse:
    """Festivals of the coming year from a month on (`?from=2027-02`), soonest first, by month."""
    today = timezone.localdate()
    first = _asked(request.GET.get("from", ""), today)
    ahead = festivals.days_for(SHOWN, AHEAD)
    found = festivals.between(first, first + dt.timedelta(days=ahead), limit=SHOWN + 1)
    months = [
        (month, list(some))
        for month, some in groupby(found[:SHOWN], key=lambda one: max(one.first, first).replace(day=1))
    ]
    later = max(found[SHOWN].first, first).replace(day=1) if len(found) > SHOWN else None
    context = {
        "months": months,
        "first": first,
        "today": today,
        "lunar_today": lunar.to_lunar(today),
        "is_now": first == today,
        "later": later if later and later > first.replace(day=1) else None,
        "earlier": _month_before(first) if first > today else None,
        "further": _after(first, ahead),
    }
    return render(request, "catalog/festivals.html", context)


@require_safe
def festivals_ics(request: HttpRequest) -> HttpResponse:
    """All festivals of the next two years, for a calendar program."""
    today = timezone.localdate()
    found = festivals.between(today, today + dt.timedelta(days=2 * AHEAD), limit=5000)
    return _as_calendar(ical.calendar(found), "le-hoi.ics")


@require_safe
def record_ics(request: HttpRequest, number: str) -> HttpResponse:
    """The days of one festival in the next ten years."""
    record = public(number)
    occasions = RecordPage(record).occasions if record else []
    if not occasions:
        raise Http404
    return _as_calendar(ical.calendar(occasions), f"{number}.ics")


def _as_calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(text: str, today: dt.date) -> dt.date:
    """The first day of the month asked for, today where it is none or is past."""
    try:
        first = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return today
    return min(max(first, today), dt.date(lunar.LAST_YEAR - 1, 1, 1))


def _month_before(first: dt.date) -> dt.date:
    return (first.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _after(first: dt.date, days: int) -> dt.date | None:
    after = (first + dt.timedelta(days=days)).replace(day=1)
    return after if after.year < lunar.LAST_YEAR - 1 else None
