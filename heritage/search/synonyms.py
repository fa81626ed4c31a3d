"""Other ways of saying the same: abbreviations, and the groups that staff keep in the admin."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save

from heritage.search.abbreviations import ABBREVIATIONS
from heritage.search.analysis import compose, tokens
from heritage.search.plan import Word

LONGEST = 5
MOST_OTHERS = 6
"""Other sayings that a query is widened by at one place."""
_KEY = "search-synonyms"
_SECONDS = 60

Groups = Mapping[str, tuple[str, ...]]


def key(text: str) -> str:
    """A saying as it is looked up: its folded words."""
    return " ".join(token.folded for token in tokens(compose(text)))


BUILT_IN: Groups = {key(short): (full,) for short, full in ABBREVIATIONS.items()}


def at(run: Sequence[Word], start: int, groups: Groups) -> tuple[int, tuple[str, ...]]:
    """The longest saying that begins at `start`: its length in words, and what else it may be called."""
    for length in range(min(LONGEST, len(run) - start), 0, -1):
        said = " ".join(word.folded for word in run[start : start + length])
        if others := groups.get(said):
            return length, others
    return 1, ()


def groups() -> Groups:
    """Abbreviations and what staff keep; an edit is seen at once by this process, within a minute by the others."""
    kept = caches["default"].get(_KEY)
    if kept is None:
        kept = _read()
        caches["default"].set(_KEY, kept, _SECONDS)
    return kept


def _read() -> Groups:
    from heritage.search.models import SynonymGroup

    found: dict[str, tuple[str, ...]] = dict(BUILT_IN)
    for group in SynonymGroup.objects.filter(is_active=True)[:2000]:
        sayings = {key(line): line for line in group.lines()}
        for own in sayings:
            others = tuple(line for other, line in sayings.items() if other != own)
            if own:
                found[own] = tuple(dict.fromkeys((*found.get(own, ()), *others)))[:MOST_OTHERS]
    return found


def connect() -> None:
    from heritage.search.models import SynonymGroup

    for signal in (post_save, post_delete):
        signal.connect(_changed, SynonymGroup, dispatch_uid="search.synonyms")


def _changed(sender: Any, **_kwargs: Any) -> None:
    caches["default"].delete(_KEY)
