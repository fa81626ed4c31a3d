"""In which forms a work can be had: one number on the work, so that shelves count without joining editions."""

from collections.abc import Iterable

EBOOK, AUDIOBOOK, SCAN, PRINT = 1, 2, 4, 8
BITS = {"ebook": EBOOK, "audiobook": AUDIOBOOK, "scan": SCAN, "print": PRINT}
"""Bit by `EditionKind`; an edition for staff only sets none."""

EVERY = range(1, 16)


def mask_of(kinds: Iterable[str]) -> int:
    """The number that stands for these kinds."""
    return sum(BITS[kind] for kind in set(kinds))


def masks_with(*kinds: str) -> list[int]:
    """Every number in which at least one of `kinds` is set: `filter(forms__in=…)` stays on an index."""
    wanted = mask_of(kinds)
    return [mask for mask in EVERY if mask & wanted]
