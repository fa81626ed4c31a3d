"""Facets whose values are paths: province / old district / commune. Only the opened part of a tree is counted."""

import re
from collections.abc import Iterable

HIERARCHIES = frozenset({"kind", "unit", "period", "subject"})
DEEP = frozenset({"unit"})
"""Those with thousands of values, of which an engine counts only the open ones."""
_SPECIAL = re.compile(r"[^\w ]")


def is_open(value: str, chosen: Iterable[str]) -> bool:
    """Whether `value` is a top, chosen, or lies beside or directly below what is chosen or on the way to it."""
    above = value.rpartition("/")[0]
    return not above or any(one in (value, above) or one.startswith(f"{above}/") for one in chosen)


def tops(values: Iterable[str]) -> list[str]:
    """The values that lie below nothing: all that is counted while nothing is chosen."""
    return [value for value in values if "/" not in value]


def pattern(chosen: Iterable[str]) -> str:
    """A regular expression, as tantivy and Lucene both read it, of the values that are open.

    The two escape differently, so anything but letters, digits and spaces stands as "any character"; the few values too
    many that this lets through fall at `is_open`.
    """
    opened: dict[str, None] = {}
    for value in chosen:
        parts = value.split("/")
        opened |= dict.fromkeys("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    below = (f"{_SPECIAL.sub('.', one)}/[^/]*" for one in list(opened)[:60])
    return "|".join(["[^/]*", *below])
