"""Indexers: how each kind of object becomes documents. One module a kind, registered here by its model."""

from heritage.search.indexers.base import Indexer

__all__ = ["Indexer", "every", "of", "register"]

_indexers: dict[str, Indexer] = {}


def register(indexer: Indexer) -> None:
    _indexers[indexer.model] = indexer


def of(model: str) -> Indexer | None:
    """The indexer of a model's lower-case label."""
    return _indexers.get(model)


def every() -> list[Indexer]:
    return list(_indexers.values())
