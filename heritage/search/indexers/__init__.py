"""Indexers: how each kind of object becomes documents. One module a kind, registered here by its model."""

from heritage.search.indexers.base import Indexer

__all__ = ["Indexer", "every", "following", "noted", "of", "register"]

_indexers: dict[str, Indexer] = {}


def register(indexer: Indexer) -> None:
    _indexers[indexer.model] = indexer


def of(model: str) -> Indexer | None:
    """The indexer of a model's lower-case label."""
    return _indexers.get(model)


def following(model: str) -> list[Indexer]:
    """Those that a change of `model` (as the outbox names it) concerns."""
    return [indexer for indexer in _indexers.values() if model in (indexer.model, indexer.follows)]


def noted() -> set[str]:
    """The models of which the outbox is to tell."""
    return {indexer.follows or indexer.model for indexer in _indexers.values()}


def every() -> list[Indexer]:
    return list(_indexers.values())
