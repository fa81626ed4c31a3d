"""The embedded engine: a tantivy index on disk, no server."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
from tantivy import Document, Order, Query, Searcher

from heritage.search import geometry, hierarchy
from heritage.search.contract import PUBLIC, Near, Sort
from heritage.search.contract import Query as Asked
from heritage.search.engines import tantivy_counts, tantivy_ranking
from heritage.search.engines.base import EngineAwayError, Found, Raw, State
from heritage.search.engines.kept_counts import Counts
from heritage.search.engines.tantivy_linked import can_be_written
from heritage.search.engines.tantivy_query import NOT_PUBLIC, Parts, Translator
from heritage.search.engines.tantivy_store import Reading, Store, damage_stated
from heritage.search.fields import Analysed
from heritage.search.plan import Plan

MOST_NEAR = 20_000
"""Hits of a box that are ordered by distance."""
WRITER_BYTES = 64_000_000
READ_ONLY = "the index directory cannot be written; search goes on with what the index holds, and edits wait"
_LOCK_SECONDS = 30.0
_COUNTING = ThreadPoolExecutor(2, "search-counts")
"""Facets are counted beside the look for hits: tantivy lets go of Python's lock, and either is one pass over them."""
COUNTED_BESIDE = 30_000
"""Documents from which that pays: where counting takes less than a thread waits for Python's lock, it does not."""
_SORTS = {Sort.TITLE: ("title_order", Order.Asc), Sort.NEWEST: ("modified", Order.Desc)}


class TantivyEngine:
    """See `heritage.search.engines.base.Engine`."""

    name = "tantivy"

    def __init__(self, root: Path | str) -> None:
        self.store = Store(Path(root))

    def find(self, plan: Plan, query: Asked, hidden: frozenset[str] = frozenset()) -> Found:
        reading = self.store.reader()
        asked = self._asked(reading, plan, query, hidden)
        whole = asked.narrowed(asked.chosen.values())

        def counted() -> Counts:
            count = partial(tantivy_counts.counted, reading.searcher, asked, query)
            return reading.counts.get(plan, query, hidden, count)

        is_large = reading.searcher.num_docs >= COUNTED_BESIDE
        is_kept = reading.counts.has(plan, query, hidden)
        later = _COUNTING.submit(counted) if is_large and not is_kept else None
        with damage_stated(reading.generation):
            best = self._best(reading, asked, plan, query) if is_large else None
            hits, total = (best, 0) if best is not None else self._hits(reading, whole, plan, query)
            counts = later.result() if later else counted()
            return Found(hits, total if best is None else tantivy_counts.total(counts), counts)

    def _best(self, reading: Reading, asked: Parts, plan: Plan, query: Asked) -> list[Raw] | None:
        """The first page without a look at all that match; None where that cannot be had, or not with their number."""
        is_countable = "kind" in query.facets and "kind" not in query.filters
        if not is_countable or query.page > 1 or query.sort is not Sort.RELEVANCE:
            return None
        parts = tantivy_ranking.split(reading.searcher, plan)
        if parts is None:
            return None
        high, most = parts
        promising = asked.narrowed([*asked.chosen.values(), asked.translator.promising(plan, high)])
        found = tantivy_ranking.of_promising(reading.searcher, promising, query.size, most * reading.largest_factor())
        return None if found is None else [_raw(reading.searcher, address, score) for score, address in found]

    def count(self, plan: Plan, query: Asked, hidden: frozenset[str] = frozenset()) -> int:
        reading = self.store.reader()
        asked = self._asked(reading, plan, query, hidden)
        with damage_stated(reading.generation):
            return reading.searcher.search(asked.narrowed(asked.chosen.values()), 1).count

    def _asked(self, reading: Reading, plan: Plan, query: Asked, hidden: frozenset[str]) -> Parts:
        translator = Translator(reading.index.schema)
        chosen = {name: translator.facet(name, values) for name, values in query.filters.items() if values}
        bounds, closed = translator.bounds(plan, query), translator.closed(query, hidden)
        asked = Parts(translator, translator.text(plan), bounds, chosen, closed)
        if query.near:
            with damage_stated(reading.generation):
                outside = self._outside(reading.searcher, asked.narrowed(), query.near)
            bounds.append(translator.none_of("owner_code", outside))
        return asked

    def scores(self, plan: Plan, owners: frozenset[str], audience: frozenset[str]) -> dict[str, float]:
        reading = self.store.reader()
        translator = Translator(reading.index.schema)
        filters = [translator.one_of("owner", owners), translator.one_of("audience", audience)]
        with damage_stated(reading.generation):
            found = reading.searcher.search(translator.filtered(translator.text(plan), filters), 100)
            return {_raw(reading.searcher, address, 0.0).id: float(score) for score, address in found.hits}

    def _hits(self, reading: Reading, whole: Query, plan: Plan, query: Asked) -> tuple[list[Raw], int]:
        searcher, offset = reading.searcher, (query.page - 1) * query.size
        if query.near and query.sort is Sort.NEAREST:
            return self._nearest(searcher, whole, query)
        if query.sort in _SORTS:
            field, order = _SORTS[query.sort]
            found = searcher.search(whole, query.size, True, field, offset, order)
        elif plan.is_empty:
            found = searcher.search(whole, query.size, True, "weight", offset, Order.Desc)
        else:
            ranked, total = tantivy_ranking.first(searcher, whole, plan, offset, query.size, reading.largest_factor())
            return [_raw(searcher, address, score) for score, address in ranked], total
        return [_raw(searcher, address, float(score)) for score, address in found.hits], found.count

    def _outside(self, searcher: Searcher, square: Query, near: Near) -> list[int]:
        """Owners in the corners of the square around the point asked for: in the box, but farther than asked."""
        addresses = [address for _score, address in searcher.search(square, MOST_NEAR, False).hits]
        places = zip(
            searcher.fast_field_values("owner_code", addresses),
            searcher.fast_field_values("latitude", addresses),
            searcher.fast_field_values("longitude", addresses),
            strict=True,
        )
        return [
            owner
            for owner, latitude, longitude in places
            if latitude is None or geometry.distance(near, latitude, longitude) > near.metres
        ]

    def _nearest(self, searcher: Searcher, whole: Query, query: Asked) -> tuple[list[Raw], int]:
        near = query.near
        assert near is not None  # noqa: S101 - the caller asked
        found = searcher.search(whole, MOST_NEAR)
        addresses = [address for _score, address in found.hits]
        latitudes = searcher.fast_field_values("latitude", addresses)
        longitudes = searcher.fast_field_values("longitude", addresses)
        ordered = sorted(
            (geometry.distance(near, latitude, longitude), position)
            for position, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True))
            if latitude is not None and longitude is not None
        )
        start = (query.page - 1) * query.size
        page = ordered[start : start + query.size]
        return [_raw(searcher, addresses[position], 0.0, metres) for metres, position in page], found.count

    def beginning(
        self, syllables: list[str], query: Asked, hidden: frozenset[str] = frozenset(), *, typos: bool = False
    ) -> list[Raw]:
        reading = self.store.reader()
        translator = Translator(reading.index.schema)
        bounds, closed = translator.bounds(Plan(), query), translator.closed(query, hidden)
        whole = translator.filtered(translator.beginning(syllables, typos=typos), bounds, closed)
        with damage_stated(reading.generation):
            found = reading.searcher.search(whole, query.size, False, weight_by_field="weight")
            return [_raw(reading.searcher, address, float(score)) for score, address in found.hits]

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        reading = self.store.reader()
        if not can_be_written(self.store.root / reading.generation):
            raise EngineAwayError(READ_ONLY)
        with damage_stated(reading.generation), _writer(reading.index) as writer:
            _write(writer, upserts, deletions)

    @contextmanager
    def build(self, generation: str = "") -> Iterator["TantivyBuilder"]:
        made, index = self.store.reopen(generation) if generation else self.store.create()
        builder = TantivyBuilder(self.store, made, index)
        try:
            with damage_stated(made):
                yield builder
        except (KeyboardInterrupt, SystemExit):
            builder.writer = None
            raise
        except BaseException:
            builder.abandon()
            raise

    def can_resume(self, generation: str) -> bool:
        return self.store.is_whole(generation)

    def contents(self) -> Iterator[tuple[str, str]]:
        reading = self.store.reader()
        searcher = reading.searcher
        with damage_stated(reading.generation):
            for _score, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), False).hits:
                document = searcher.doc(address)
                yield str(document.get_first("id")), str(document.get_first("digest"))

    def state(self) -> State:
        try:
            reading = self.store.reader()
        except EngineAwayError as error:
            return State(self.name, str(error), is_buildable=True)
        problem = "" if can_be_written(self.store.root / reading.generation) else READ_ONLY
        return State(self.name, problem, reading.searcher.num_docs, reading.generation)


class TantivyBuilder:
    """See `heritage.search.engines.base.Builder`."""

    def __init__(self, store: Store, generation: str, index: Any) -> None:
        self.store, self.generation, self.index = store, generation, index
        self.writer: Any = index.writer(WRITER_BYTES, 1)

    def add(self, analysed: Iterable[Analysed]) -> None:
        for one in analysed:
            self.writer.add_document(_document(one))

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        _write(self.writer, upserts, deletions)

    def checkpoint(self) -> None:
        self.writer.commit()

    def switch(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.writer = None  # lets go of tantivy's writer lock before the worker wants it
        self.store.switch(self.generation)

    def abandon(self) -> None:
        self.writer = None
        self.store.discard(self.generation)


def _write(writer: Any, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
    """Whatever an owner had goes, what it has now comes; all of an owner's documents come in one call."""
    wanted = list(upserts)
    for owner in {*deletions, *(one.owner for one in wanted)}:
        writer.delete_documents_by_term("owner", owner)
    for one in wanted:
        writer.add_document(_document(one))


def _document(one: Analysed) -> Document:
    document = Document()
    document.add_text("id", one.id)
    document.add_text("owner", one.owner)
    document.add_integer("owner_code", owner_code(one.owner))
    document.add_text("digest", one.digest)
    for name, text in one.text.items():
        document.add_text(name, text)
    document.add_text("body_pairs", _neighbours(one.text["body_folded"]))
    for number in one.numbers:
        document.add_text("numbers", number)
    for audience in one.audience if PUBLIC in one.audience else (*one.audience, NOT_PUBLIC):
        document.add_text("audience", audience)
    for week in one.weeks:
        document.add_text("weeks", week)
    for name, values in one.facets.items():
        for value in values:
            document.add_text(f"facet_{name}", value)
    for name, text in tantivy_counts.columns(one.facets).items():
        document.add_text(f"facets_{name}", text)
    for name in hierarchy.DEEP:
        for value in hierarchy.tops(one.facets.get(name, ())):
            document.add_text(f"facet_{name}_top", value)
    document.add_float("weight", one.weight)
    document.add_integer("title_order", one.title_order)
    document.add_integer("modified", one.modified)
    if one.years:
        document.add_integer("year_from", one.years[0])
        document.add_integer("year_to", one.years[1])
    if one.location:
        document.add_float("latitude", one.location[0])
        document.add_float("longitude", one.location[1])
    document.add_bytes("payload", one.payload.encode())
    return document


def _neighbours(tokens: str) -> str:
    """Each two tokens that stand together, once."""
    return " ".join({f"{first}_{second}" for first, second in pairwise(tokens.split(" "))})


def owner_code(owner: str) -> int:
    """A number for an owner: tantivy gives back no text of many documents at once, but numbers."""
    return int.from_bytes(hashlib.blake2b(owner.encode(), digest_size=8).digest()) >> 1


def _raw(searcher: Searcher, address: Any, score: float, distance: float | None = None) -> Raw:
    payload = orjson.loads(searcher.doc(address).get_first("payload") or b"{}")
    return Raw(payload["id"], score, payload, distance)


@contextmanager
def _writer(index: Any) -> Iterator[Any]:
    """The one writer of a generation; another process that writes is waited for."""
    deadline = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            writer = index.writer(WRITER_BYTES, 1)
            break
        except ValueError as error:
            if "lock" not in str(error).lower() or time.monotonic() > deadline:
                raise EngineAwayError(f"the index cannot be written: {error}") from error
            time.sleep(0.05)
    yield writer
    writer.commit()
    writer.wait_merging_threads()
