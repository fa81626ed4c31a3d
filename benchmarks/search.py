"""Search over synthetic documents: building, queries with six facets, highlights and rights, suggestions.

The peers, in the same run over the same documents and queries: SQLite FTS5 and, where `TEST_DATABASE_URL` names one,
PostgreSQL full text, both with the same six facets counted; and Elasticsearch where one answers at
`TEST_ELASTICSEARCH_URL`. Times are of the whole answer (parsing, hits, counts, highlights), one query after another in
one process, after warming up. Documents are made and analysed by as many processes as a rebuild uses; memory is the
largest of this process, without and with the files of the index that it maps, and, apart, of one of those. tantivy
keeps facet counts while the index stands: `query` makes them anew each time, `query_again` takes those kept. `tenth`
is tantivy over a tenth of the documents, to see growth. Beside them books: one for a hundred documents, 150 pages of
2 kB each, asked for phrases that stand in them, the answers being pages.
"""

import datetime as dt
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks._search_documents import CHUNK, FACETS, NAMES, WORDS, made, questions_of, times
from benchmarks._search_peers import fts5, postgresql
from benchmarks.support import OwnMemory, peak_kilobytes

TODAY = dt.date(2026, 11, 30)
"""The day of every question: what is held soon is raised."""
PAGES = 150
PAGE_WORDS = 420
"""Syllables of a page, about two kilobytes."""
PARTS = ("tantivy", "tenth", "elasticsearch", "fts5", "postgresql", "books")


def run(size: int, only: list[str] | None = None) -> dict[str, Any]:
    size = size or 100_000
    import django

    django.setup()
    questions = questions_of(120)
    figures: dict[str, Any] = {"documents": size, "queries": len(questions), "facets": len(FACETS)}
    with tempfile.TemporaryDirectory(prefix="heritage-bench-search-") as folder:
        runs = {
            "tantivy": lambda: _tantivy(size, questions, Path(folder)),
            "tenth": lambda: _tantivy(size // 10, questions, Path(folder, "tenth")),
            "elasticsearch": lambda: _elasticsearch(size, questions),
            "fts5": lambda: fts5(size, questions[:24], Path(folder, "fts.sqlite3")),
            "postgresql": lambda: postgresql(size, questions[:24]),
            "books": lambda: _books(max(1, size // 100), Path(folder)),
        }
        for name in PARTS:
            if name in (only or PARTS) and (found := runs[name]()):
                figures[name] = found
                print(name, found, file=sys.stderr)  # a long run that is cut off still tells what it had found
    for peer in ("elasticsearch", "fts5", "postgresql"):
        if peer in figures and "tantivy" in figures:
            own, other = figures["tantivy"]["query"]["p95_ms"], figures[peer]["query"]["p95_ms"]
            figures[f"p95_ratio_to_{peer}"] = round(own / other, 3)
    if "tenth" in figures and "tantivy" in figures:
        figures["p95_growth_from_a_tenth"] = {
            name: round(figures["tantivy"][name]["p95_ms"] / figures["tenth"][name]["p95_ms"], 2)
            for name in ("query", "query_again", "suggest")
        }
    return figures


def _answer(engine: Any) -> Callable[[Any], Any]:
    from heritage.search import language, service

    def ask(question: Any) -> Any:
        plan = replace(language.parse(question.text), today=TODAY)
        return service._result(question, plan, engine.find(plan, question), engine)

    return ask


def _anew(engine: Any) -> Callable[[Any], Any]:
    """`_answer` with nothing kept from an earlier one."""
    answer = _answer(engine)

    def ask(question: Any) -> Any:
        if engine.name == "tantivy":
            engine.store.reader().counts.clear()
        return answer(question)

    return ask


def _measured(engine: Any, size: int, questions: list[Any]) -> dict[str, Any]:
    from heritage.search.contract import Query
    from heritage.search.fields import simple

    build = _build(engine, made, [(start, min(size, start + CHUNK)) for start in range(0, size, CHUNK)], size)
    starts = [
        name[:length] for name in ("chua an", "dinh", "le hoi p", "DS-0001") for length in range(2, len(name) + 1)
    ]
    return {
        "build": build,
        "query": times(_anew(engine), questions),
        "query_again": times(_answer(engine), questions),
        "suggest": times(lambda start: engine.beginning(simple(start), Query(size=8)), starts),
    }


def _build(engine: Any, make: Callable[[Any], list[Any]], chunks: list[Any], size: int) -> dict[str, Any]:
    from django.conf import settings

    from heritage.search.building import in_order

    count = settings.SEARCH_BUILD_PROCESSES if size >= 10_000 else 1
    began = time.perf_counter()
    with OwnMemory() as memory, engine.build() as builder:
        for _bounds, batch in in_order(make, chunks, count):
            builder.add(batch)
        builder.switch()
    seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds, 1),
        "documents_per_second": round(size / seconds),
        "processes": count,
        "memory_mb": memory.most_mb,
        "memory_with_mapped_files_mb": peak_kilobytes() // 1024,
        "memory_of_a_process_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def pages_of(book: int) -> list[Any]:
    """The pages of a book, analysed; a page in three holds a phrase of its own book's making."""
    from heritage.search.contract import Document, Kind
    from heritage.search.fields import analyse

    chance = random.Random(1866 + book)
    vocabulary = [*WORDS, *NAMES, *(f"{word}{mark}" for word in WORDS for mark in ("", "ng", "nh"))]
    return [
        analyse(
            Document(
                id=f"iiif.digitalobject:{book}/{page}",
                kind=Kind.CHAPTER,
                number="",
                urls={"vi": f"/vi/ban-so/B{book}/#B{book}.{page}/0,0,9,9"},
                titles={"vi": f"Sách {book}, trang {page}"},
                bodies={"vi": " ".join([*chance.choices(vocabulary, k=PAGE_WORDS), *_phrase(book, page)])},
                is_part=True,
            )
        )
        for page in range(PAGES)
    ]


def _phrase(book: int, page: int) -> list[str]:
    chance = random.Random(book % 400 * 1000 + page % 3)
    return chance.sample(WORDS, 4) if page % 3 == 0 else []


def _books(count: int, folder: Path) -> dict[str, Any]:
    from heritage.search.contract import Query
    from heritage.search.engines.tantivy import TantivyEngine

    engine = TantivyEngine(folder / "books")
    build = _build(engine, pages_of, list(range(count)), count * PAGES)
    phrases = [f'"{" ".join(_phrase(book, 0)[: 2 + book % 3])}"' for book in (number % count for number in range(120))]
    questions = [Query(text=text, facets=("kind",)) for text in phrases]
    found = sum(1 for question in questions if _answer(engine)(question).total)
    index = sum(file.stat().st_size for file in (folder / "books").rglob("*") if file.is_file()) >> 20
    text_mb = round(count * PAGES * PAGE_WORDS * 4.9 / 1e6)
    return {
        "books": count,
        "pages": count * PAGES,
        "text_mb": text_mb,
        "build": build,
        "index_mb": index,
        "phrases_found": f"{found} of {len(questions)}",
        "phrase": times(_answer(engine), questions),
    }


def _tantivy(size: int, questions: list[Any], folder: Path) -> dict[str, Any]:
    from heritage.search.engines.tantivy import TantivyEngine

    figures = _measured(TantivyEngine(folder / "index"), size, questions)
    figures["index_mb"] = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file()) >> 20
    return figures


def _elasticsearch(size: int, questions: list[Any]) -> dict[str, Any] | None:
    from heritage.search.engines.base import EngineAwayError
    from heritage.search.engines.elasticsearch import ElasticsearchEngine

    url = os.environ.get("TEST_ELASTICSEARCH_URL", "http://127.0.0.1:9209")
    engine = ElasticsearchEngine(f"{url}/benchmark-{os.getpid()}", query_seconds=30)
    try:
        return _measured(engine, size, questions)
    except EngineAwayError:
        return None
    finally:
        engine.remove()
