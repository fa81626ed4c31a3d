"""A trip as an address carries it: permanent numbers by day and a few choices; nothing of it is kept on the server."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.core import identifiers
from heritage.core.folding import nfc

MOST_STOPS = 60
MOST_DAYS = 14
LEAVE = dt.time(8)
STAY = 60
SHORTEST_STAY, LONGEST_STAY = 5, 720
WAYS = ("walk", "bike", "car")


class BadTrip(ValueError):  # noqa: N818  # named for what the visitor sent
    """A trip that cannot be planned; `field` names the parameter at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Stop:
    """A permanent number, and how many minutes are spent there (None = the trip's own measure)."""

    number: str
    stay: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Trip:
    """Stops by day; `start` is the first day's date, `leave` when each day sets out, `stay` minutes at a stop."""

    days: tuple[tuple[Stop, ...], ...] = ()
    start: dt.date | None = None
    leave: dt.time = LEAVE
    by: str = "walk"
    stay: int = STAY
    title: str = ""

    @property
    def numbers(self) -> list[str]:
        return [stop.number for day in self.days for stop in day]

    def query(self) -> str:
        """The trip as the query of its permanent link; what is as usual is left out."""
        values = {"stops": ";".join(",".join(stop.number for stop in day) for day in self.days)}
        if self.start:
            values["start"] = self.start.isoformat()
        if self.leave != LEAVE:
            values["leave"] = f"{self.leave:%H:%M}"
        if self.by != WAYS[0]:
            values["by"] = self.by
        if self.stay != STAY:
            values["stay"] = str(self.stay)
        if self.title:
            values["title"] = self.title
        return urlencode(values, safe=",;:", quote_via=quote)

    def with_days(self, days: list[list[Stop]]) -> "Trip":
        """The same trip with other stops; days left empty at the end fall away."""
        while days and not days[-1]:
            days = days[:-1]
        return replace(self, days=tuple(tuple(day) for day in days))


def parse(params: Mapping[str, str]) -> Trip:
    """The trip of a query: `stops=A,B;C`, `start=2026-11-25`, `leave=08:00`, `by=walk|bike|car`, `stay=60`, `title=`.

    Raises:
        BadTrip: a parameter is none, or there are more than `MOST_STOPS` stops or `MOST_DAYS` days.
    """
    return Trip(
        days=_days(params.get("stops", "")),
        start=_date(params.get("start", "")),
        leave=_time(params.get("leave", "")),
        by=_way(params.get("by", "")),
        stay=_stay(params.get("stay", "")),
        title=" ".join(nfc("".join(c for c in params.get("title", "")[:400] if c.isprintable())).split())[:100],
    )


def _days(text: str) -> tuple[tuple[Stop, ...], ...]:
    parts = [[number.strip() for number in day.split(",") if number.strip()] for day in text.split(";")]
    count = sum(map(len, parts))
    if count > MOST_STOPS:
        message = _("A trip holds at most %(most)d stops; this one names %(count)d. Divide it into several trips.")
        raise BadTrip("stops", message % {"most": MOST_STOPS, "count": count})
    if len(parts) > MOST_DAYS:
        raise BadTrip("stops", _("A trip lasts at most %(most)d days.") % {"most": MOST_DAYS})
    days = [tuple(Stop(_number(number)) for number in dict.fromkeys(day)) for day in parts]
    while days and not days[-1]:
        days.pop()
    return tuple(days)


def _number(text: str) -> str:
    number = text.upper()
    try:
        identifiers.validate_number(number)
    except ValidationError:
        message = _("“%(text)s” is no number of a site or place, such as TN01 or DD-000001.")
        raise BadTrip("stops", message % {"text": text[:40]}) from None
    if len(number) > 40:
        raise BadTrip("stops", _("A number has at most 40 characters."))
    return number


def _date(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        raise BadTrip("start", _("A day is written year-month-day, such as 2026-11-25.")) from None
    if not 2000 <= day.year <= 2098:
        raise BadTrip("start", _("The day lies outside the years 2000 to 2098."))
    return day


def _time(text: str) -> dt.time:
    if not text:
        return LEAVE
    try:
        return dt.time.fromisoformat(text[:5]).replace(tzinfo=None)
    except ValueError:
        raise BadTrip("leave", _("A time is written hours:minutes, such as 08:00.")) from None


def _way(text: str) -> str:
    if text and text not in WAYS:
        raise BadTrip("by", _("Choose one of: %s.") % ", ".join(WAYS))
    return text or WAYS[0]


def _stay(text: str) -> int:
    if not text:
        return STAY
    if not (text.isascii() and text.isdigit() and len(text) < 5 and SHORTEST_STAY <= int(text) <= LONGEST_STAY):
        message = _("The time at a stop is a whole number of minutes from %(least)d to %(most)d.")
        raise BadTrip("stay", message % {"least": SHORTEST_STAY, "most": LONGEST_STAY})
    return int(text)
