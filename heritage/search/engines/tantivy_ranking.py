"""The first hits by relevance times weight, where few of those that match need be weighed.

tantivy weighs each document that matches. Weights lie between 1 and the index's largest: what stays below the last hit
of the page even when raised by the largest need not be looked at. That pays where the words stand in texts rather than
in names: relevance then differs from document to document, while names of a kind are alike by the thousand.
"""

from typing import Any

import numpy as np
from tantivy import Query, Searcher

from heritage.search.plan import Clause, Plan, Word

LOOKED_AT = 384
"""Documents of the highest bare relevance that are weighed, for a first page."""
FEW_NAMES = 128
"""Names that have a word, up to which it is a word of texts."""

Ranked = tuple[list[tuple[float, Any]], int]


def first(searcher: Searcher, query: Query, plan: Plan, offset: int, size: int, largest: float) -> Ranked:
    """Hits `offset` to `offset + size` as (relevance, address) and how many match; `largest` is that of all factors."""
    if not offset and size * 4 <= LOOKED_AT and is_of_texts(searcher, plan):
        found = searcher.search(query, LOOKED_AT)
        weighed = _weighed(searcher, found.hits)
        if len(found.hits) < LOOKED_AT or weighed[size - 1][0] > found.hits[-1][0] * largest:
            return weighed[:size], found.count
    found = searcher.search(query, size, offset=offset, weight_by_field="weight")
    return [(float(score), address) for score, address in found.hits], found.count


def is_of_texts(searcher: Searcher, plan: Plan) -> bool:
    """Whether all that is demanded are words that stand in few names, if in any."""
    return bool(plan.required) and plan.minimum is None and all(_is_of_texts(searcher, one) for one in plan.required)


def _is_of_texts(searcher: Searcher, one: Clause) -> bool:
    if not isinstance(one, Word) or one.scope != "any" or one.is_prefix or one.typos:
        return False
    name, value = ("title_exact", one.exact) if one.is_marked else ("title_folded", one.folded)
    return searcher.doc_freq(name, value) <= FEW_NAMES


def largest_factor(searcher: Searcher) -> float:
    """The largest number by which a weight of the index multiplies the relevance."""
    if not searcher.num_docs:
        return 1.0
    found = searcher.aggregate(Query.all_query(), {"most": {"max": {"field": "weight"}}})
    return float(_factors([found["most"]["value"] or 0.0])[0])


def _factors(stored: list[float]) -> Any:
    """tantivy's own formula, in its own precision, so that both ways order alike."""
    return np.log2(np.asarray(stored, np.float32) + np.float32(2))


def _weighed(searcher: Searcher, hits: list[tuple[float, Any]]) -> list[tuple[float, Any]]:
    if not hits:
        return []
    addresses = [address for _score, address in hits]
    scores = np.asarray([score for score, _address in hits], np.float32)
    scores = scores * _factors(searcher.fast_field_values("weight", addresses))
    ranked = zip(map(float, scores), addresses, strict=True)
    return sorted(ranked, key=lambda one: (-one[0], one[1].segment_ord, one[1].doc))
