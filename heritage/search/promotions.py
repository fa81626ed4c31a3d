"""Results that staff want to stand first for certain queries."""

from typing import Any

from django.core.cache import caches
from django.db.models.signals import post_delete, post_save

from heritage.search.contract import Query, Sort
from heritage.search.engines.base import Engine, Raw
from heritage.search.numbers import key_of
from heritage.search.plan import Number, Plan
from heritage.search.synonyms import key

MOST = 3
_KEY = "search-promotions"
_SECONDS = 60


def found(engine: Engine, query: Query, hidden: frozenset[str]) -> list[Raw]:
    """The promoted documents of a plain first page, those the viewer may see; whatever staff chose, rights hold."""
    if query.page > 1 or query.filters or query.near or query.box or query.years or query.sort is not Sort.RELEVANCE:
        return []
    hits: list[Raw] = []
    for number in _chosen().get(key(query.text), ())[:MOST]:
        alone = Query(size=10, facets=(), audience=query.audience)
        answers = engine.find(Plan(required=(Number(key_of(number)),)), alone, hidden).hits
        own = [raw for raw in answers if raw.payload["number"] == number and "/" not in raw.id]
        hits += own[:1]
    return hits


def _chosen() -> dict[str, tuple[str, ...]]:
    """Numbers by the key of the query; an edit is seen at once by this process, within a minute by the others."""
    kept: dict[str, tuple[str, ...]] | None = caches["default"].get(_KEY)
    if kept is None:
        kept = _read()
        caches["default"].set(_KEY, kept, _SECONDS)
    return kept


def _read() -> dict[str, tuple[str, ...]]:
    from heritage.search.models import PromotedResult

    read: dict[str, tuple[str, ...]] = {}
    for one in PromotedResult.objects.filter(is_active=True)[:1000]:
        for asked in filter(None, map(key, one.lines())):
            read[asked] = (*read.get(asked, ()), one.number)
    return read


def connect() -> None:
    from heritage.search.models import PromotedResult

    for signal in (post_save, post_delete):
        signal.connect(_changed, PromotedResult, dispatch_uid="search.promotions")


def _changed(sender: Any, **_kwargs: Any) -> None:
    caches["default"].delete(_KEY)
