"""The first hits by relevance times weight, where few of those that match need be scored or weighed.

tantivy scores and weighs each document that matches. Two bounds spare that for most of them, without another answer:

- Documents that have the words here and there in their texts alone, and not in names, keywords or side by side, cannot
  reach more than a known relevance. Where a page is full of better ones, only those are scored (`of_promising`).
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
FEW = 0.15
"""Share of the documents up to which those with a word in a name or keyword are few."""
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


def of_promising(searcher: Searcher, promising: Query, plan: Plan, size: int, largest: float) -> Ranked | None:
    """The first `size` hits, if all of them are among `promising`; None where that is not certain."""
    found = searcher.search(promising, size, False, weight_by_field="weight").hits
    if len(found) < size or found[-1][0] <= most_of_the_others(searcher, plan) * largest * _ROUNDING:
        return None
    return [(float(score), address) for score, address in found]


def pays(searcher: Searcher, plan: Plan) -> bool:
    """Whether a plan demands words alone, two or more, and these stand in the names and keywords of few documents."""
    words = [one for one in plan.required if isinstance(one, Word) and one.scope == "any"]
    if len(words) < max(2, len(plan.required)) or plan.helpful or plan.minimum is not None:
        return False
    if any(word.is_prefix or word.typos for word in words):
        return False
    promising = sum(searcher.doc_freq(*field) for word in words for field in _fields(word)[:2])
    return promising <= searcher.doc_freq("body_folded", GAP) * FEW


def _fields(word: Word) -> list[tuple[str, str]]:
    """A word in names, in keywords, in texts."""
    form, value = ("exact", word.exact) if word.is_marked else ("folded", word.folded)
    return [(f"{part}_{form}", value) for part in weights.SCOPES["any"]]


def most_of_the_others(searcher: Searcher, plan: Plan) -> float:
    """What a document can reach that has the words in its text alone, apart: BM25's upper bound, and the rewards."""
    scale = weights.SATURATION + 1
    every = searcher.doc_freq("body_folded", GAP)  # each has it, those removed but not yet merged away too
    most = 0.0
    for word in plan.required:
        if isinstance(word, Word):
            name, value = _fields(word)[2]
            having = searcher.doc_freq(name, value)
            rarity = math.log(1 + (every - having + 0.5) / (having + 0.5))
            most += {**weights.EXACT, **weights.FOLDED}[name] * rarity * scale
    most += sum(weight for _weeks, weight in weights.FRESH_WEEKS) * scale if plan.today else 0.0
    return most + (weights.NEARNESS * weights.NEAR_STEPS * scale if plan.near else 0.0)


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
