"""Opening hours: OpenStreetMap's syntax read by `opening_hours_py`, and said in words.

What cannot be read stays text, marked as such: a visitor sees what was typed, and nothing is computed from it.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
LONGEST = 1000
"""Characters of an expression with its exceptions."""
Span = tuple[dt.time, dt.time]


@dataclass(frozen=True)
class Now:
    """Whether a place is open at a moment, and until or from when (None where it never changes)."""

    is_open: bool
    changes_at: dt.datetime | None


@lru_cache(maxsize=2048)
def read(text: str) -> OpeningHours | None:
    """The expression, or None where it is none."""
    if not text or len(text) > LONGEST:
        return None
    try:
        return OpeningHours(text)
    except (ParserError, ValueError, OverflowError):
        return None


def state_of(text: str) -> str:
    """`none`, `read` or `text` (see `HoursState`)."""
    if not text:
        return "none"
    return "read" if read(text) else "text"


def now(text: str, moment: dt.datetime | None = None) -> Now | None:
    """Open or shut at `moment` (aware; now) by Viet Nam's clock, or None where the text cannot tell."""
    expression = read(text)
    if expression is None:
        return None
    local = (moment or timezone.now()).astimezone(VIET_NAM).replace(tzinfo=None)
    if expression.is_unknown(local):
        return None
    return Now(expression.is_open(local), expression.next_change(local))


def week(text: str, first: dt.date | None = None) -> list[tuple[dt.date, list[Span]]] | None:
    """The seven days from Monday of `first`'s week, each with its open spans; None where the text is not understood.

    A span that runs past midnight belongs to the day on which it began; a whole day is 00:00 to 00:00.
    """
    expression = read(text)
    if expression is None:
        return None
    day = first or timezone.localdate(timezone=VIET_NAM)
    monday = day - dt.timedelta(days=day.weekday())
    days: dict[dt.date, list[Span]] = {monday + dt.timedelta(days=n): [] for n in range(7)}
    # One day earlier, so that the tail of Sunday's night is seen to have begun on Sunday.
    start = dt.datetime.combine(monday, dt.time()) - dt.timedelta(days=1)
    for began, ended, state, _comment in expression.intervals(start, start + dt.timedelta(days=9)):
        if state != State.OPEN:
            continue
        for since, until in _by_day(began, ended):
            if since.date() in days:
                days[since.date()].append((since.time(), until.time()))
    return list(days.items())


def _by_day(began: dt.datetime, ended: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """An open interval as spans of at most a day, each beginning on its own day."""
    spans = []
    while ended - began >= dt.timedelta(days=1):
        midnight = dt.datetime.combine(began.date() + dt.timedelta(days=1), dt.time())
        spans.append((began, midnight))
        began = midnight
    return [*spans, (began, ended)] if began < ended else spans


def week_in_words(text: str, first: dt.date | None = None) -> list[tuple[str, str]]:
    """Days and hours as people say them, equal days together: `[("Thứ Hai – Thứ Sáu", "08:00–17:00"), ...]`."""
    days = week(text, first)
    if days is None:
        return []
    rows: list[tuple[int, int, list[Span]]] = []
    for number, (_day, spans) in enumerate(days):
        if rows and rows[-1][2] == spans:
            rows[-1] = (rows[-1][0], number, spans)
        else:
            rows.append((number, number, spans))
    return [(_days_in_words(since, until), _spans_in_words(spans)) for since, until, spans in rows]


def _days_in_words(since: int, until: int) -> str:
    if (since, until) == (0, 6):
        return _("Every day")
    return f"{WEEKDAYS[since]}" if since == until else f"{WEEKDAYS[since]} – {WEEKDAYS[until]}"


def _spans_in_words(spans: list[Span]) -> str:
    if not spans:
        return pgettext("of a place", "closed")
    if spans == [(dt.time(), dt.time())]:
        return _("all day")
    return ", ".join(
        f"{since:%H:%M}–{'24:00' if until == dt.time() else format(until, '%H:%M')}" for since, until in spans
    )


def varies(text: str) -> bool:
    """Whether the expression speaks of seasons, dates or holidays, so that one week does not tell all of it."""
    return bool(re.search(r"\b(PH|SH|easter|week|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{4})\b", text))
