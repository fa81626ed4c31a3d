"""What is asked and what is not found, counted by day and text; nothing is kept that could tell who asked.

Counts wait in memory and are written together, so that a search writes nothing to the database by itself; what waits
when a process is killed is lost. A text that looks like a person's number or address is never counted, and one is
shown only when it was asked several times.
"""

import datetime as dt
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from heritage.search.analysis import compose
from heritage.search.models import Tally
from heritage.search.synonyms import key

LONGEST = 80
FEWEST = 3
"""Times a text must have been asked before anybody sees it."""
KEPT_DAYS = 365
SECONDS = 30.0
MOST_WAITING = 500
MOST_RELATED = 6
_PERSONAL = re.compile(r"@|\d[\d .-]{6,}\d")
_LOCK = threading.Lock()
_asked: Counter[tuple[dt.date, str]] = Counter()
_empty: Counter[tuple[dt.date, str]] = Counter()
_written_at = time.monotonic()


def note(text: str, total: int) -> None:
    """Count one search and whether it found anything."""
    shown = " ".join(compose(text).lower().split())
    if not key(shown) or len(shown) > LONGEST or _PERSONAL.search(shown):
        return
    with _LOCK:
        one = (timezone.localdate(), shown)
        _asked[one] += 1
        _empty[one] += not total
        is_due = time.monotonic() - _written_at > SECONDS or len(_asked) >= MOST_WAITING
    if is_due:
        write()


def write() -> None:
    """Put what was counted into the database; what cannot be written now stays for the next time."""
    global _written_at
    with _LOCK:
        asked, empty = _asked.copy(), _empty.copy()
        _asked.clear()
        _empty.clear()
        _written_at = time.monotonic()
    try:
        with transaction.atomic():
            for (day, text), count in sorted(asked.items()):
                _add(day, text, count, empty[day, text])
    except DatabaseError as error:
        logging.getLogger(__name__).warning("searches could not be counted: %s", error)
        with _LOCK:
            if len(_asked) < MOST_WAITING * 4:
                _asked.update(asked)
                _empty.update(empty)


def _add(day: dt.date, text: str, asked: int, empty: int) -> None:
    changed = Tally.objects.filter(day=day, text=text).update(asked=F("asked") + asked, empty=F("empty") + empty)
    if not changed:
        Tally.objects.create(day=day, text=text, asked=asked, empty=empty)


def forget_old() -> None:
    """A year is kept; what was asked only once or twice, a month."""
    today = timezone.localdate()
    Tally.objects.filter(day__lt=today - dt.timedelta(days=KEPT_DAYS)).delete()
    Tally.objects.filter(day__lt=today - dt.timedelta(days=30), asked__lt=FEWEST).delete()


def _since(days: int) -> Any:
    """Rows of `text`, `times` and `nothing`, the rare ones left out."""
    rows = Tally.objects.filter(day__gte=timezone.localdate() - dt.timedelta(days=days))
    summed = rows.values("text").annotate(times=Sum("asked"), nothing=Sum("empty"))
    return summed.filter(times__gte=FEWEST)


def most_asked(days: int = 30, limit: int = 50) -> list[dict[str, Any]]:
    """`text`, `times`, `nothing` of what was asked most often."""
    return list(_since(days).order_by("-times", "text")[:limit])


def nothing_found(days: int = 30, limit: int = 50) -> list[dict[str, Any]]:
    """The same of what most often found nothing."""
    return list(_since(days).filter(nothing__gt=0).order_by("-nothing", "text")[:limit])


def related(text: str) -> list[str]:
    """What others ask with some of the same words and find something: the nearest and most frequent first."""
    own = set(key(text).split())
    if not own:
        return []
    scored = [
        (len(own & words) / len(own | words), times, other)
        for other, words, times in _known()
        if own & words and own != words
    ]
    return [
        other for _share, _times, other in sorted(scored, key=lambda one: (-one[0], -one[1], one[2]))[:MOST_RELATED]
    ]


def _known() -> Iterable[tuple[str, frozenset[str], int]]:
    known = caches["default"].get("search-known")
    if known is None:
        rows = _since(90).filter(nothing__lt=F("times")).order_by("-times")[:2000]
        known = [(row["text"], frozenset(key(row["text"]).split()), row["times"]) for row in rows]
        caches["default"].set("search-known", known, 600)
    return known
