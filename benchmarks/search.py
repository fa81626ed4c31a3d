"""Search over synthetic documents: building, queries with six facets, highlights and rights, suggestions.

The peers, in the same run over the same documents and queries: SQLite FTS5 with the same six facets counted, and
Elasticsearch where one answers at `TEST_ELASTICSEARCH_URL`. Times are of the whole answer (parsing, hits, counts,
highlights), one query after another in one process, after warming up.
"""

import os
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

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
REPEAT = 3


def run(size: int) -> dict[str, Any]:
    size = size or 100_000
    import django

    django.setup()
    questions = _questions(120)
    figures: dict[str, Any] = {"documents": size, "queries": len(questions), "facets": len(FACETS)}
    with tempfile.TemporaryDirectory(prefix="heritage-bench-search-") as folder:
        figures["tantivy"] = _tantivy(size, questions, Path(folder))
        figures["sqlite_fts5"] = _fts5(size, questions[:24], Path(folder, "fts.sqlite3"))
        elasticsearch = _elasticsearch(size, questions)
    own = figures["tantivy"]["query"]["p95_ms"]
    figures["p95_ratio_to_fts5"] = round(own / figures["sqlite_fts5"]["query"]["p95_ms"], 3)
    if elasticsearch:
        figures["elasticsearch"] = elasticsearch
        figures["p95_ratio_to_elasticsearch"] = round(own / elasticsearch["query"]["p95_ms"], 3)
    return figures


def documents(size: int) -> Iterator[Any]:
    """`size` documents, the same at every run."""
    from heritage.search.contract import Document, Kind

    chance = random.Random(1802)
    units = [(f"Tỉnh {p}", f"Huyện {d}", f"Xã {c}") for p in NAMES[:34] for d in NAMES[::6] for c in NAMES[::9]]
    for number in range(size):
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
            boost=1.2 if rank == "national" else 1.0,
            modified="2026-01-01T00:00:00",
        )


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
        plan = language.parse(question.text)
        return service._result(question, plan, engine.find(plan, question), engine)

    return ask


def _measured(engine: Any, size: int, questions: list[Any]) -> dict[str, Any]:
    from heritage.search.contract import Query
    from heritage.search.fields import analyse, simple

    began = time.perf_counter()
    source = documents(size)
    with engine.build() as builder:
        while batch := [analyse(document) for document in islice(source, 2000)]:
            builder.add(batch)
        builder.switch()
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    starts = [
        name[:length] for name in ("chua an", "dinh", "le hoi p", "DS-0001") for length in range(2, len(name) + 1)
    ]
    return {
        "build": {"seconds": round(seconds, 1), "documents_per_second": round(size / seconds), "memory_mb": memory},
        "query": _times(_answer(engine), questions),
        "suggest": _times(lambda start: engine.beginning(simple(start), Query(size=8)), starts),
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
