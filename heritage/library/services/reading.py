"""Bringing a device's copy of place and marks together with the account's; nothing that either has is lost.

Devices name times by their own clocks. Each request says what its clock shows now, so a clock an hour ahead neither
wins every time nor loses: times are turned into the server's before they are compared, and back for the answer.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from heritage.accounts.models import User
from heritage.core.folding import nfc
from heritage.library.models import Edition, Mark, MarkKind, Reading

MOST_MARKS = 5_000
LENGTHS = {"text": 2000, "note": 5000, "colour": 10, "chapter": 300}
TOLERANCE_MS = 2_000
BETWEEN_NOTES = "\n\n— — —\n\n"


@transaction.atomic
def sync(user: User, edition: Edition, copy: Mapping[str, Any]) -> dict[str, Any]:
    """Merge a device's `copy` (`now`, `place`, `items`) into the account; returns the merged copy in its times.

    Raises:
        ValidationError: the copy is malformed or too large; nothing is changed.
    """
    skew = _server_now() - _integer(copy.get("now"))
    Reading.objects.get_or_create(user=user, edition=edition)
    reading = Reading.objects.select_for_update().get(user=user, edition=edition)
    _take_place(reading, copy.get("place"), skew)
    _take_items(reading, copy.get("items") or {}, skew)
    return state_of(reading, skew)


def state_of(reading: Reading, skew: int = 0) -> dict[str, Any]:
    """The account's copy, as the reader's program keeps it; times are on a clock that is `skew` ms behind ours."""
    place = None
    if reading.placed_ms:
        place = {"cfi": reading.place, "fraction": reading.fraction, "at": reading.placed_ms - skew}
        place |= {"chapter": reading.chapter} if reading.chapter else {}
        place |= {"device": reading.device_name} if reading.device_name else {}
    return {"place": place, "items": {f"{m.kind}:{m.cfi}": as_item(m, skew) for m in reading.marks.all()}}


def _take_place(reading: Reading, place: Any, skew: int) -> None:
    if not isinstance(place, Mapping):
        return
    at = min(_integer(place.get("at")) + skew, _server_now())
    if at > reading.placed_ms:
        reading.place, reading.chapter = _text(place, "cfi", 1000), _text(place, "chapter", 300)
        reading.fraction, reading.placed_ms = _fraction(place), at
        reading.device = reading.device_name = ""
        reading.save()


def _take_items(reading: Reading, items: Any, skew: int) -> None:
    if not isinstance(items, Mapping) or len(items) > MOST_MARKS:
        raise _too_many()
    stored = {(mark.kind, mark.cfi): mark for mark in reading.marks.all()}
    for item in items.values():
        mark = _mark(reading, item, skew)
        old = stored.get((mark.kind, mark.cfi))
        if old is None:
            mark.save()
        elif _merge(old, mark, _parted(item, old, mark, skew)):
            old.save()
    if reading.marks.count() > MOST_MARKS:
        raise _too_many()


def _parted(item: Mapping[str, Any], old: Mark, new: Mark, skew: int) -> bool:
    """Whether the device changed its copy of something else than what the account has now.

    A program that knows versions names the one it started from; older ones name a time (`seen`) on their own clock,
    which is only as exact as the network is quick.
    """
    if _integer(item.get("at")) == _integer(item.get("seen")):
        return False  # it changed nothing since it last heard of the account's
    if version := _integer(item.get("version")):
        return version != old.changed_ms
    if item.get("removed") and not item.get("seen"):
        return False  # a removal that names no beginning starts from the present one
    seen = _integer(item.get("seen")) + skew
    return min(abs(old.changed_ms - one) for one in (seen, new.changed_ms)) > TOLERANCE_MS


def _too_many() -> ValidationError:
    return ValidationError(_("At most %(count)d bookmarks and highlights are kept for a book.") % {"count": MOST_MARKS})


def _merge(old: Mark, new: Mark, parted: bool) -> bool:
    """Bring `new` into `old`; where both wrote a note without knowing the other's, both stay. True if `old` changed."""
    if parted and old.removed != new.removed:
        return _keep_the_written(old, new)
    both = parted and not old.removed and not new.removed and old.note and new.note
    if both and new.note not in old.note and old.note not in new.note:
        first, second = sorted((old, new), key=lambda mark: mark.changed_ms)
        old.note = first.note + BETWEEN_NOTES + second.note
        old.changed_ms = _server_now()
        return True
    if new.changed_ms <= old.changed_ms:
        return False
    _take_over(old, new)
    return True


def _keep_the_written(old: Mark, new: Mark) -> bool:
    """One device removed what another changed without knowing: what was written stays, and goes back to both."""
    if old.removed:
        _take_over(old, new)
    old.changed_ms = _server_now()
    return True


def _take_over(old: Mark, new: Mark) -> None:
    for field in ("text", "note", "colour", "chapter", "fraction", "removed", "changed_ms"):
        setattr(old, field, getattr(new, field))


def _mark(reading: Reading, item: Any, skew: int) -> Mark:
    if not isinstance(item, Mapping) or item.get("kind") not in MarkKind.values:
        raise ValidationError(_("A bookmark or highlight is malformed."))
    texts = {name: _text(item, name, length) for name, length in LENGTHS.items()}
    return Mark(
        reading=reading,
        kind=item["kind"],
        cfi=_text(item, "cfi", 1000),
        fraction=_fraction(item),
        changed_ms=min(_integer(item.get("at")) + skew, _server_now()),
        removed=bool(item.get("removed")),
        **texts,
    )


def as_item(mark: Mark, skew: int = 0) -> dict[str, Any]:
    """A mark as the reader's program keeps it."""
    at = mark.changed_ms - skew
    item: dict[str, Any] = {"kind": mark.kind, "cfi": mark.cfi, "at": at, "seen": at, "version": mark.changed_ms}
    if mark.removed:
        return {**item, "removed": True}
    return {**item, "fraction": mark.fraction, **{name: getattr(mark, name) for name in LENGTHS}}


def _text(item: Mapping[str, Any], name: str, length: int) -> str:
    value = item.get(name, "")
    if not isinstance(value, str) or len(value) > length * 3:
        raise ValidationError(_("A bookmark or highlight is malformed."))
    return nfc(value.replace("\0", ""))[: length if name != "note" else length * 2]


def _fraction(item: Mapping[str, Any]) -> float:
    value = item.get("fraction", 0)
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0


def _integer(value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e14:
        raise ValidationError(_("A time is malformed."))
    return int(value)


def _server_now() -> int:
    return time.time_ns() // 1_000_000
