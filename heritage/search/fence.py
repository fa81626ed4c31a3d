"""The fence: what was withdrawn is gone from search at once, before the worker has told the index.

Every write notes its objects in the outbox within its own transaction. A query first reads which noted objects wait,
asks their models which of them the public may still see, and leaves the others out of hits, counts and suggestions.
The order matters: outbox before index, so that a change the worker has just taken up is in the index that is read next.
"""

from collections import defaultdict

from django.core.cache import caches

from heritage.core.models import Change
from heritage.search import indexers

CONSUMER = "search"
MOST_WAITING = 20_000
"""Beyond this a rebuild or a great import is under way; the newest changes are looked at."""
_CHUNK = 2_000


def hidden() -> frozenset[str]:
    """Ids of documents that may still stand in the index but that the public may see no more."""
    last = Change.objects.filter(consumer=CONSUMER).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return frozenset()
    key = f"search-fence-{last}"  # what the worker takes up meanwhile stays hidden a few seconds longer, which is right
    found = caches["default"].get(key)
    if found is None:
        found = _hidden_now()
        caches["default"].set(key, found, 5)
    return found


def _hidden_now() -> frozenset[str]:
    rows = Change.objects.filter(consumer=CONSUMER).order_by("-pk").values_list("model", "object_id")[:MOST_WAITING]
    by_model: dict[str, set[int]] = defaultdict(set)
    for model, pk in rows:
        by_model[model].add(pk)
    out: set[str] = set()
    for model, pks in by_model.items():
        ordered = sorted(pks)
        for indexer in indexers.following(model):
            for start in range(0, len(ordered), _CHUNK):
                chunk = ordered[start : start + _CHUNK]
                seen = indexer.visible(chunk)
                out.update(f"{indexer.model}:{pk}" for pk in chunk if pk not in seen)
    return frozenset(out)
