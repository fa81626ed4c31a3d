"""Making every document anew: parts of the archive by primary key, analysed by this process or by several."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import connection

from heritage.search import indexers
from heritage.search.contract import Document
from heritage.search.fields import Analysed, analyse
from heritage.search.indexers.base import Indexer, forget
from heritage.search.processes import begin, seldom_collecting

ROWS = 500
"""Objects of one part."""
FEWEST = 10_000
"""Objects from which further processes, which take some seconds to start, are worth while."""
_AHEAD = 3

Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Part:
    """Objects of one kind with primary keys above `after` up to `until`; how many they are."""

    model: str
    after: int
    until: int
    rows: int


def parts(model: str = "", after: int = 0) -> Iterator[Part]:
    """Everything, in a fixed order; only what comes behind `after` of `model` where that is named."""
    every = indexers.every()
    names = [indexer.model for indexer in every]
    begin = names.index(model) if model in names else 0
    for indexer in every[begin:]:
        yield from _parts_of(indexer, after if indexer.model == model else 0)


def _parts_of(indexer: Indexer, after: int) -> Iterator[Part]:
    pks = indexer.rows().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    count, last = 0, after
    for pk in pks.iterator(chunk_size=10_000):
        count, last = count + 1, pk
        if count == ROWS:
            yield Part(indexer.model, after, last, count)
            after, count = last, 0
    if count:
        yield Part(indexer.model, after, last, count)


def analysed(part: Part) -> list[Analysed]:
    """The documents of a part, ready for an engine."""
    indexer = indexers.of(part.model)
    return [analyse(one) for one in indexer.documents(after=part.after, until=part.until)] if indexer else []


def processes(rows: int) -> int:
    """How many processes analyse: those of the settings, one for little or where this process's rows are its own."""
    return settings.SEARCH_BUILD_PROCESSES if rows >= FEWEST and not connection.in_atomic_block else 1


def in_order(do: Callable[[Given], Made], given: Iterable[Given], count: int) -> Iterator[tuple[Given, Made]]:
    """Each of `given` with what `do` makes of it, in order, made by `count` processes, of which this is one.

    The others work some steps ahead, never more; until they have started and while they are busy, this one works too.
    """
    if count <= 1:
        for one in given:
            yield one, do(one)
        return
    context = multiprocessing.get_context("spawn")  # a copied process would share database connections
    with seldom_collecting(), ProcessPoolExecutor(count - 1, context, initializer=begin) as pool:
        started, most = pool.submit(int), (count - 1) * _AHEAD
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        try:
            for one in given:
                is_idle = started.done() and sum(not future.done() for _one, future in waiting) < most
                waiting.append((one, pool.submit(do, one) if is_idle else _made(do, one)))
                while waiting and (waiting[0][1].done() or len(waiting) > 2 * most):
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _made(do: Callable[[Given], Made], one: Given) -> "Future[Made]":
    future: Future[Made] = Future()
    future.set_result(do(one))
    return future


def every_document() -> Iterator[Document]:
    """All that the public may find, by kind and primary key."""
    forget()
    for indexer in indexers.every():
        yield from indexer.documents()


def total() -> int:
    """How many objects there are to be made documents of."""
    return sum(indexer.count() for indexer in indexers.every())
