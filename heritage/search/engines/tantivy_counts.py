"""Facet counts from tantivy: facets that are counted together share a column, so that a hit is looked up once for all.

Such a column holds a document's values in all facets of its group as one text. There are few different ones, however
many documents; each is counted once and stands for all the values in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tantivy import Query, Searcher

from heritage.search import hierarchy
from heritage.search.contract import Query as Asked
from heritage.search.engines.tantivy_query import Parts
from heritage.search.fields import FACETS

GROUPS: dict[str, tuple[str, ...]] = {"state": ("kind", "rank", "list"), "nature": ("type", "period")}
"""Facets of few values that every page counts, by the name of their column."""
GROUPED = {facet: group for group, facets in GROUPS.items() for facet in facets}
SINGLE = tuple(name for name in FACETS if name not in GROUPED)
"""Facets with a column each."""
MOST_VALUES = 5_000
"""Values counted of one facet."""
_EVERY = 2**31
_FACET, _VALUE = "\x1f", "\x1e"

Counts = dict[str, dict[str, int]]


def columns(facets: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The texts of a document's shared columns."""
    return {group: _FACET.join(_VALUE.join(facets.get(name, ())) for name in names) for group, names in GROUPS.items()}


@lru_cache(maxsize=20_000)
def _apart(group: str, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values = (tuple(part.split(_VALUE)) if part else () for part in text.split(_FACET))
    return tuple((name, found) for name, found in zip(GROUPS[group], values, strict=True) if found)


def counted(searcher: Searcher, parts: Parts, asked: Asked) -> Counts:
    """Each facet that is asked for, counted under all choices but its own; those without a choice in one pass."""
    chosen = parts.chosen
    free = [name for name in asked.facets if name not in chosen]
    passes = [(free, list(chosen.values()))] if free else []
    passes += [([name], [q for key, q in chosen.items() if key != name]) for name in asked.facets if name in chosen]
    found: Counts = {}
    for names, filters in passes:
        found |= _pass(searcher, parts.narrowed(filters), names, asked)
    return found


def total(counts: Mapping[str, Mapping[str, int]]) -> int:
    """How many documents match, where no kind is chosen: each is of one kind."""
    return sum(count for kind, count in counts["kind"].items() if "/" not in kind)


def _pass(searcher: Searcher, query: Query, names: list[str], asked: Asked) -> Counts:
    wanted = {name: _terms(name, asked.filters.get(name, ())) for name in names if name not in GROUPED}
    groups = {GROUPED[name] for name in names if name in GROUPED}
    wanted |= {group: {"terms": {"field": f"facets_{group}", "size": _EVERY}} for group in groups}
    answer = searcher.aggregate(query, wanted)
    found: Counts = {name: {} for name in names}
    for name in names:
        if name not in GROUPED:
            found[name] = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer[name]["buckets"]}
    for group in groups:
        for name, values in _summed(group, answer[group]["buckets"]).items():
            if name in found:
                found[name] = dict(values)
    return found


def _summed(group: str, buckets: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {name: Counter() for name in GROUPS[group]}
    for bucket in buckets:
        count = int(bucket["doc_count"])
        for name, values in _apart(group, bucket["key"]):
            for value in values:
                sums[name][value] += count
    return sums


def _terms(name: str, chosen: Iterable[str]) -> dict[str, Any]:
    terms: dict[str, Any] = {"field": f"facet_{name}", "size": MOST_VALUES}
    if name in hierarchy.DEEP:
        terms |= {"include": hierarchy.pattern(chosen)} if chosen else {"field": f"facet_{name}_top"}
    return {"terms": terms}
