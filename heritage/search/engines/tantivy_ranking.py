"""The first hits by relevance times weight, where few of those that match need be scored or weighed.

tantivy scores and weighs each document that matches. Two bounds spare that for most of them, without another answer:

- Documents that have the words only where they weigh little, as here and there in a text, cannot reach more than a
  known relevance. Where a page is full of better ones, only those are scored (`of_promising`).
- Weights lie between 1 and the index's largest: what stays below the last hit of the page even when raised by the
  largest need not be weighed (`first`).
"""

import math
from typing import Any

import numpy as np
from tantivy import Query, Searcher

from heritage.search import weights
from heritage.search.analysis import GAP
from heritage.search.plan import Plan, Word

LOOKED_AT = 384
"""Documents of the highest bare relevance that are weighed, for a first page."""
LOW = 12.0
"""Points up to which a word in a field does not make a document promising: it is common, or stands in a text."""
FEW = 0.2
"""Share of the documents up to which it pays to look at the promising ones first."""
_SCALE = weights.SATURATION + 1
_ROUNDING = 1.001

Ranked = list[tuple[float, Any]]


def first(searcher: Searcher, query: Query, plan: Plan, offset: int, size: int, largest: float) -> tuple[Ranked, int]:
    """Hits `offset` to `offset + size` as (relevance, address) and how many match; `largest` is that of all factors."""
    if not offset and size * 4 <= LOOKED_AT and len(plan.required) > 1:  # of one word many are alike: then all count
        found = searcher.search(query, LOOKED_AT)
        weighed = _weighed(searcher, found.hits)
        if len(found.hits) < LOOKED_AT or weighed[size - 1][0] > found.hits[-1][0] * largest:
            return weighed[:size], found.count
    found = searcher.search(query, size, offset=offset, weight_by_field="weight")
    return [(float(score), address) for score, address in found.hits], found.count


def of_promising(searcher: Searcher, promising: Query, size: int, most: float) -> Ranked | None:
    """The first `size` hits, if all are among `promising`; None where others, which reach `most`, might be too."""
    found = searcher.search(promising, size, False, weight_by_field="weight").hits
    if len(found) < size or found[-1][0] <= most * _ROUNDING:
        return None
    return [(float(score), address) for score, address in found]


def split(searcher: Searcher, plan: Plan) -> tuple[list[tuple[str, str]], float] | None:
    """Fields and values of which a document that may score high has one, and what all the others can reach.

    The bound is BM25's for each word in each field, and the rewards. None where a plan demands other than plain words,
    or where so many documents may score high that nothing is spared.
    """
    words = [one for one in plan.required if isinstance(one, Word) and one.scope == "any"]
    if len(words) < max(2, len(plan.required)) or plan.helpful or plan.minimum is not None:
        return None
    if any(word.is_prefix or word.typos for word in words):
        return None
    every = searcher.doc_freq("body_folded", GAP)  # each has it, those removed but not yet merged away too
    high, many, most = [], 0, _rewards(plan)
    for name, value in (field for word in words for field in _fields(word)):
        having = searcher.doc_freq(name, value)
        rarity = math.log(1 + (every - having + 0.5) / (having + 0.5))
        bound = {**weights.EXACT, **weights.FOLDED}[name] * rarity * _SCALE if having else 0.0
        if bound > LOW:
            high.append((name, value))
            many += having
        else:
            most += bound
    return (high, most) if many <= every * FEW else None


def _fields(word: Word) -> list[tuple[str, str]]:
    """A word in names, in keywords, in texts."""
    form, value = ("exact", word.exact) if word.is_marked else ("folded", word.folded)
    return [(f"{part}_{form}", value) for part in weights.SCOPES["any"]]


def _rewards(plan: Plan) -> float:
    """What nearness and an approaching day give at most; those of neighbouring words are had by promising ones only."""
    fresh = sum(weight for _weeks, weight in weights.FRESH_WEEKS) if plan.today else 0.0
    return _SCALE * (fresh + (weights.NEARNESS * weights.NEAR_STEPS if plan.near else 0.0))


def largest_factor(searcher: Searcher) -> float:
    """The largest number by which a weight of the index multiplies the relevance."""
    if not searcher.num_docs:
        return 1.0
    found = searcher.aggregate(Query.all_query(), {"most": {"max": {"field": "weight"}}})
    return float(_factors([found["most"]["value"] or 0.0])[0])


def _factors(stored: list[float]) -> Any:
    """tantivy's own formula, in its own precision, so that both ways order alike."""
    return np.log2(np.asarray(stored, np.float32) + np.float32(2))


def _weighed(searcher: Searcher, hits: Ranked) -> Ranked:
    if not hits:
        return []
    addresses = [address for _score, address in hits]
    scores = np.asarray([score for score, _address in hits], np.float32)
    scores = scores * _factors(searcher.fast_field_values("weight", addresses))
    ranked = zip(map(float, scores), addresses, strict=True)
    return sorted(ranked, key=lambda one: (-one[0], one[1].segment_ord, one[1].doc))
