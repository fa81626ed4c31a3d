"""Peers of the search benchmark: SQLite FTS5 and PostgreSQL full text, over the same documents and questions."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from benchmarks._search_documents import CHUNK, FACETS, chunk, documents, times


def fts5(size: int, questions: list[Any], path: Path) -> dict[str, Any]:
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
    taken = times(lambda question: _ask_fts5(connection, question), questions)
    connection.close()
    return {"build": {"seconds": round(seconds, 1), "documents_per_second": round(size / seconds)}, "query": taken}


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


def postgresql(size: int, questions: list[Any]) -> dict[str, Any] | None:
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
                for number, document in enumerate(chunk(start, min(size, start + CHUNK)), start):
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
        taken = times(lambda question: _ask_postgresql(connection, question), questions)
    return {"build": {"seconds": round(seconds, 1), "documents_per_second": round(size / seconds)}, "query": taken}


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
