"""Facet counts kept for the index as it stands: counting reads every hit, and the same is asked again and again."""

import threading
from collections.abc import Callable, Mapping

from cachetools import LRUCache

from heritage.search.contract import Query
from heritage.search.plan import Plan

Counts = Mapping[str, Mapping[str, int]]
MOST = 256
"""Answers kept of one state of the index; the one least lately asked for goes first."""
MOST_VALUES = 200_000
"""Values in all of them together."""


class KeptCounts:
    """Belongs to one open state of an index and goes with it, so that nothing is ever older than the hits beside it.

    What a viewer may see (`query.audience`) and what is hidden at the moment are part of the question.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[object, Counts] = LRUCache(MOST_VALUES, getsizeof=_size)
        self._lock = threading.Lock()

    def get(self, plan: Plan, query: Query, hidden: frozenset[str], count: Callable[[], Counts]) -> Counts:
        """The counts by facet and value; `count` makes those not kept. Nobody may change what is handed out."""
        key = _question(plan, query, hidden)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        made = count()
        with self._lock:
            if len(self._kept) >= MOST:
                self._kept.popitem()
            if _size(made) <= MOST_VALUES:
                self._kept[key] = made
        return made

    def has(self, plan: Plan, query: Query, hidden: frozenset[str]) -> bool:
        with self._lock:
            return _question(plan, query, hidden) in self._kept

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


def _size(counts: Counts) -> int:
    return 1 + sum(map(len, counts.values()))


def _question(plan: Plan, query: Query, hidden: frozenset[str]) -> tuple[object, ...]:
    """All that a count depends on; neither order, page nor language of the answer is."""
    return (
        (plan.required, plan.excluded, plan.helpful, plan.years, plan.minimum, _ordered(plan.facets)),
        (_ordered(query.filters), query.facets, query.years, query.near, query.box, query.audience),
        hidden,
    )


def _ordered(chosen: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, tuple(sorted(values))) for name, values in chosen.items()))
