"""Search over synthetic documents: building, queries with six facets, highlights and rights, suggestions.

The peers, in the same run over the same documents and queries: SQLite FTS5 and, where `TEST_DATABASE_URL` names one,
PostgreSQL full text, both with the same six facets counted; and Elasticsearch where one answers at
`TEST_ELASTICSEARCH_URL`. Times are of the whole answer (parsing, hits, counts, highlights), one query after another in
one process, after warming up. Documents are made and analysed by as many processes as a rebuild uses; memory is the
largest of this process, without and with the files of the index that it maps, and, apart, of one of those. tantivy
keeps facet counts while the index stands: `query` makes them anew each time, `query_again` takes those kept. `tenth`
is tantivy over a tenth of the documents, to see growth. Beside them books: one for a hundred documents, 150 pages of
2 kB each, asked for phrases that stand in them, the answers being pages. `SEARCH_BENCHMARK` picks among `tantivy`,
`tenth`, `elasticsearch`, `fts5`, `postgresql` and `books`, for a run that has to be short.
"""

import datetime as dt
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.support import OwnMemory, peak_kilobytes

FACETS = ("kind", "rank", "unit", "type", "period", "list")
_KINDS = "Chùa,Đình,Đền,Miếu,Lăng,Tháp,Cầu,Hang,Lễ hội,Nghề,Hát,Mộ,Thành,Nhà thờ"
_NAMES = """An Bình Cẩm Châu Đông Dương Đức Giang Hà Hải Hòa Hoàng Hội Hồng Hưng Khánh Kim Lạc Lâm Liên Linh Long Mai
Minh Mỹ Nam Nghĩa Ngọc Nguyên Ninh Phong Phú Phúc Phượng Quang Quế Quỳnh Sơn Tân Tây Thái Thanh Thành Thiên Thịnh
Thọ Thủy Tiên Trung Trường Tú Văn Vân Việt Vinh Vĩnh Xuân Yên"""
_WORDS = """di tích nằm trên gò đất cao bên sông xây dựng vào thời Lê trùng tu năm bia đá chuông đồng thờ vị thần có
công khai khẩn làng dân gian lễ rước kiệu hằng năm kiến trúc gỗ lim chạm khắc rồng phượng mái ngói sân gạch cổng tam
quan cây đa giếng nước hội đồng kháng chiến cách mạng cơ quan trung ương địa điểm lưu niệm nghệ nhân truyền dạy"""
KINDS, NAMES, WORDS = _KINDS.split(","), _NAMES.split(), _WORDS.split()
RANKS = ["provincial", "national", "special_national", ""]
TYPES = ["historical", "architectural", "archaeological", "scenic"]
PERIODS = ["ly", "tran", "le", "mac", "nguyen", "hien-dai"]
TODAY = dt.date(2026, 11, 30)
"""The day of every question: what is held soon is raised."""
REPEAT = 3
CHUNK = 500
PAGES = 150
PAGE_WORDS = 420
"""Syllables of a page, about two kilobytes."""


def run(size: int) -> dict[str, Any]:
    size = size or 100_000
    import django

    django.setup()
    questions = _questions(120)
    figures: dict[str, Any] = {"documents": size, "queries": len(questions), "facets": len(FACETS)}
    with tempfile.TemporaryDirectory(prefix="heritage-bench-search-") as folder:
        runs = {
            "tantivy": lambda: _tantivy(size, questions, Path(folder)),
            "tenth": lambda: _tantivy(size // 10, questions, Path(folder, "tenth")),
            "elasticsearch": lambda: _elasticsearch(size, questions),
            "fts5": lambda: _fts5(size, questions[:24], Path(folder, "fts.sqlite3")),
            "postgresql": lambda: _postgresql(size, questions[:24]),
            "books": lambda: _books(max(1, size // 100), Path(folder)),
        }
        asked = os.environ.get("SEARCH_BENCHMARK", "").split() or list(runs)
        for name in runs:
            if name in asked and (found := runs[name]()):
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


def documents(size: int, first: int = 0) -> Iterator[Any]:
    """Documents from `first` (a multiple of CHUNK) up to `size`, the same at every run."""
    for start in range(first, size, CHUNK):
        yield from _chunk(start, min(size, start + CHUNK))


def made(bounds: tuple[int, int]) -> list[Any]:
    """A chunk ready for an engine; done by the processes of a build."""
    from heritage.search.fields import analyse

    return [analyse(document) for document in _chunk(*bounds)]


def _chunk(first: int, last: int) -> Iterator[Any]:
    from heritage.search.contract import Document, Kind

    chance = random.Random(1802 + first)
    units = [(f"Tỉnh {p}", f"Huyện {d}", f"Xã {c}") for p in NAMES[:34] for d in NAMES[::6] for c in NAMES[::9]]
    for number in range(first, last):
        unit = chance.choice(units)
        name = f"{chance.choice(KINDS)} {chance.choice(NAMES)} {chance.choice(NAMES)}"
        rank = chance.choices(RANKS, (50, 20, 2, 28))[0]
        decision = f"{chance.randrange(1, 4000)}/QĐ-UBND"
        yield Document(
            id=f"catalog.record:{number}",
            kind=Kind.RECORD,
            number=f"DS-{number:06d}",
            urls={"vi": f"/vi/di-san/DS-{number:06d}/", "en": f"/en/heritage/DS-{number:06d}/"},
            titles={"vi": name, "en": f"Temple of {chance.choice(NAMES)}"},
            keywords=(*unit, f"Quyết định {decision}"),
            identifiers=(decision,),
            bodies={"vi": " ".join(chance.choices(WORDS, k=50))},
            facets={
                "kind": (f"record/{chance.choice(['monument', 'ich', 'treasure'])}",),
                "rank": (rank,) if rank else (),
                "unit": ("/".join(unit),),
                "type": tuple(chance.sample(TYPES, chance.choice((1, 1, 2)))),
                "period": (chance.choice(PERIODS),),
                "list": ("world_heritage",) if chance.random() < 0.01 else (),
            },
            location=(chance.uniform(8.5, 23.3), chance.uniform(102.2, 109.4)),
            days=_held(number) if name.startswith("Lễ hội") else (),
            boost=1.2 if rank == "national" else 1.0,
            modified="2026-01-01T00:00:00",
        )


def _held(number: int) -> tuple[str, ...]:
    """A feast's days in ten years."""
    first = dt.date(2025, 1, 1) + dt.timedelta(days=number % 365)
    return tuple((first + dt.timedelta(days=354 * year)).isoformat() for year in range(10))


def _questions(count: int) -> list[Any]:
    """Queries as people type them: names with and without marks, kinds, decisions, words of the text, filters."""
    from heritage.core.folding import fold
    from heritage.search.contract import Query

    chance = random.Random(54)
    found = []
    for number in range(count):
        kind, first, second = chance.choice(KINDS), chance.choice(NAMES), chance.choice(NAMES)
        text = [
            f"{kind} {first} {second}",
            fold(f"{kind} {first}"),
            f"{fold(first)} {fold(second)}",
            f"{chance.randrange(1, 4000)}/QĐ-UBND",
            f"{kind} huyện {first}",
            " ".join(chance.sample(WORDS, 2)),
        ][number % 6]
        filters = {"rank": ("national", "provincial")} if number % 4 == 0 else {}
        found.append(Query(text=text, filters=filters, facets=FACETS))
    return found


def _times(ask: Callable[[Any], Any], questions: list[Any]) -> dict[str, float]:
    for question in questions[:20]:
        ask(question)
    taken = []
    for _round in range(REPEAT):
        for question in questions:
            began = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"median_ms": round(taken[len(taken) // 2], 2), "p95_ms": round(taken[int(len(taken) * 0.95)], 2)}


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
        "query": _times(_anew(engine), questions),
        "query_again": _times(_answer(engine), questions),
        "suggest": _times(lambda start: engine.beginning(simple(start), Query(size=8)), starts),
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
        "phrase": _times(_answer(engine), questions),
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


def _fts5(size: int, questions: list[Any], path: Path) -> dict[str, Any]:
    """FTS5 as one would set it up for the same page: bm25, six counts by a join, rights in the condition."""
    from heritage.search.fields import analyse

    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA cache_size=-200000;"
        "CREATE VIRTUAL TABLE words USING fts5(title, keywords, body, content='');"
        "CREATE TABLE shown (id INTEGER PRIMARY KEY, audience TEXT, payload TEXT);"
        "CREATE TABLE facet (id INTEGER, name TEXT, value TEXT);"
    )
    began = time.perf_counter()
    for number, document in enumerate(documents(size)):
        one = analyse(document)
        row = (number, one.text["title_folded"], one.text["keys_folded"], one.text["body_folded"])
        connection.execute("INSERT INTO words(rowid, title, keywords, body) VALUES (?, ?, ?, ?)", row)
        connection.execute("INSERT INTO shown VALUES (?, 'public', ?)", (number, one.payload))
        values = [(number, name, value) for name, each in one.facets.items() for value in each]
        connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", values)
    connection.execute("CREATE INDEX by_id ON facet(id, name, value)")
    connection.execute("ANALYZE")
    connection.commit()
    seconds = time.perf_counter() - began
    times = _times(lambda question: _ask_fts5(connection, question), questions)
    connection.close()
    return {"build": {"seconds": round(seconds, 1), "documents_per_second": round(size / seconds)}, "query": times}


def _ask_fts5(connection: sqlite3.Connection, question: Any) -> None:
    from heritage.search.analysis import compose, pairs

    words = " ".join(f'"{folded}"' for _exact, folded in pairs(compose(question.text)))
    match = "SELECT words.rowid FROM words JOIN shown ON id = words.rowid WHERE words MATCH ? AND audience = 'public'"
    narrowed, values = match, [words]
    if ranks := question.filters.get("rank"):
        marks = ", ".join("?" * len(ranks))
        narrowed += (
            f" AND EXISTS (SELECT 1 FROM facet WHERE facet.id = words.rowid AND name = 'rank' AND value IN ({marks}))"
        )
        values += list(ranks)
    connection.execute(f"{narrowed} ORDER BY bm25(words, 8, 3, 1) LIMIT 24", values).fetchall()
    connection.execute(f"SELECT count(*) FROM ({narrowed})", values).fetchone()
    for name in FACETS:
        inner, own = (match, [words]) if name == "rank" else (narrowed, values)
        counted = f"SELECT value, count(*) FROM facet WHERE name = ? AND id IN ({inner}) GROUP BY value"
        connection.execute(counted, [name, *own]).fetchall()


def _postgresql(size: int, questions: list[Any]) -> dict[str, Any] | None:
    """PostgreSQL full text as one would set it up: one weighted tsvector, a GIN index, six counts by a join."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        return None
    import psycopg

    from heritage.search.fields import analyse

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE shown (id int PRIMARY KEY, audience text, payload text, words tsvector)")
        connection.execute("CREATE TEMP TABLE facet (id int, name text, value text)")
        began = time.perf_counter()
        weighed = "".join(
            f"{joint}setweight(to_tsvector('simple', %s), '{weight}')"
            for joint, weight in zip(("", " || ", " || "), "ABC", strict=True)
        )
        with connection.transaction(), connection.cursor() as cursor:
            for start in range(0, size, CHUNK):
                rows, values = [], []
                for number, document in enumerate(_chunk(start, min(size, start + CHUNK)), start):
                    one = analyse(document)
                    parts = [one.text[name] for name in ("title_folded", "keys_folded", "body_folded")]
                    rows.append([number, one.payload, *parts])
                    values += [(number, name, value) for name, each in one.facets.items() for value in each]
                cursor.executemany(f"INSERT INTO shown VALUES (%s, 'public', %s, {weighed})", rows)
                cursor.executemany("INSERT INTO facet VALUES (%s, %s, %s)", values)
        connection.execute("CREATE INDEX ON shown USING gin (words)")
        connection.execute("CREATE INDEX ON facet (id, name, value)")
        connection.execute("ANALYZE shown")
        connection.execute("ANALYZE facet")
        seconds = time.perf_counter() - began
        times = _times(lambda question: _ask_postgresql(connection, question), questions)
    return {"build": {"seconds": round(seconds, 1), "documents_per_second": round(size / seconds)}, "query": times}


def _ask_postgresql(connection: Any, question: Any) -> None:
    from heritage.search.analysis import compose, pairs

    words = " ".join(folded for _exact, folded in pairs(compose(question.text)))
    match = "SELECT id FROM shown WHERE words @@ plainto_tsquery('simple', %s) AND audience = 'public'"
    narrowed, values = match, [words]
    if ranks := question.filters.get("rank"):
        narrowed += " AND EXISTS (SELECT 1 FROM facet WHERE facet.id = shown.id AND name = 'rank' AND value = ANY(%s))"
        values = [words, list(ranks)]
    ranked = narrowed.replace("SELECT id", "SELECT id, payload", 1)
    order = "ORDER BY ts_rank(words, plainto_tsquery('simple', %s)) DESC LIMIT 24"
    connection.execute(f"{ranked} {order}", [*values, words]).fetchall()
    connection.execute(f"SELECT count(*) FROM ({narrowed}) AS found", values).fetchone()
    for name in FACETS:
        inner, own = (match, [words]) if name == "rank" else (narrowed, values)
        counted = f"SELECT value, count(*) FROM facet WHERE name = %s AND id IN ({inner}) GROUP BY value"
        connection.execute(counted, [name, *own]).fetchall()
