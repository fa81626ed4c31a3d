"""Days: of the lunar calendar as people write them in a query, and weeks by which what is held soon is found."""

import datetime as dt
import re
from collections.abc import Iterable

MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "chap": 12, "muoi hai": 12,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_VIETNAMESE = re.compile(rf"\bthang\s+(?P<month>0?[1-9]|1[0-2]|{_NAMES})\s+(?:am\s+lich|am|al)\b")
_OWN_NAME = re.compile(r"\bthang\s+(?P<month>gieng|chap)\b")
_ENGLISH = re.compile(rf"\b(?:lunar\s+month\s+(?P<month>0?[1-9]|1[0-2])|(?P<name>{_NAMES})\s+lunar\s+month)\b")


def lunar_month(folded: str) -> tuple[int, int, int] | None:
    """Where a folded text names a lunar month, and which; `tháng Giêng` and `tháng Chạp` are always lunar."""
    for pattern in (_VIETNAMESE, _OWN_NAME, _ENGLISH):
        if match := pattern.search(folded):
            named = match["month"] or match["name"]
            return match.start(), match.end(), int(named) if named.isdigit() else MONTHS[named]
    return None


def weeks(days: Iterable[str]) -> list[str]:
    """The weeks, Monday to Sunday, of ISO days, as terms: numbers of weeks since the year 1."""
    return sorted({str(_week(dt.date.fromisoformat(day))) for day in days})


def weeks_around(today: dt.date, distances: range) -> list[str]:
    """The weeks that lie so many weeks from the one of `today`."""
    return [str(_week(today) + distance) for distance in distances]


def _week(day: dt.date) -> int:
    return (day.toordinal() - 1) // 7
