"""Rows of one file between reading and writing, in a small database on disk: a million of them take no memory."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from heritage.catalog.imports.parsing import Entry
from heritage.catalog.imports.report import Refusal

TABLES = """
CREATE TABLE entry (
    line INTEGER PRIMARY KEY, number TEXT NOT NULL, external_id TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
    part_of TEXT NOT NULL, related TEXT NOT NULL, said TEXT NOT NULL,
    above TEXT NOT NULL DEFAULT '', safe INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entry_by_number ON entry (number);
CREATE TABLE refusal (
    line INTEGER NOT NULL, number TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX refusal_by_line ON refusal (line);
CREATE TABLE done (line INTEGER PRIMARY KEY, number TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE elsewhere (number TEXT PRIMARY KEY, above TEXT NOT NULL DEFAULT '');
"""
CACHE_KB = 16_000


class Staging:
    """Entries that can be taken, refusals of the others, and what became of rows in a trial run.

    Nothing in it outlives the run: after a break the file is read again, and says the same.
    """

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "rows.sqlite3", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KB}", "temp_store = FILE"):
            self.db.execute(f"PRAGMA {setting}")
        self.db.executescript(TABLES)
        self.db.execute("BEGIN")

    def add(self, entry: Entry) -> bool:
        """Whether its number, or key, stood nowhere before."""
        values = entry.values
        related = values.get("related") or [""]
        row = (
            entry.line,
            entry.number,
            entry.external_id,
            f"#{entry.number}" if entry.number else f"@{entry.external_id}",
            values.get("part_of", ""),
            related[0],
            json.dumps(values, ensure_ascii=False, separators=(",", ":")),
        )
        columns = "line, number, external_id, key, part_of, related, said"
        insert = f"INSERT OR IGNORE INTO entry ({columns}) VALUES (?,?,?,?,?,?,?)"  # noqa: S608
        return self.db.execute(insert, row).rowcount == 1

    def line_of(self, number: str, external_id: str) -> int:
        """The line in which the number, or else the key, stands."""
        key = f"#{number}" if number else f"@{external_id}"
        return int(self.db.execute("SELECT line FROM entry WHERE key = ?", (key,)).fetchone()[0])

    def refuse(self, refusal: Refusal) -> None:
        """A row that was added falls; one that never was is told of."""
        self.db.execute("DELETE FROM entry WHERE line = ?", (refusal.line,))
        row = (refusal.line, refusal.number, refusal.column, refusal.value, refusal.reason)
        self.db.execute("INSERT INTO refusal VALUES (?,?,?,?,?)", row)

    def refuse_where(self, condition: str, field: str, reason: str) -> int:
        """Every entry for which the (fixed) SQL `condition` holds falls, its `part_of` or `related` being wrong."""
        column = {"part_of": "part_of_id", "related": "related_place_id"}[field]
        self.db.execute(
            f"INSERT INTO refusal SELECT line, number, ?, {field}, ? FROM entry WHERE {condition}",  # noqa: S608
            (column, reason),
        )
        return self.db.execute(f"DELETE FROM entry WHERE {condition}").rowcount  # noqa: S608

    def chunks(self, size: int, after: int = 0, condition: str = "1") -> Iterator[list[Entry]]:
        """Entries below line `after`, in the order of the file; those of a chunk may be refused meanwhile."""
        query = (
            f"SELECT line, number, external_id, said FROM entry WHERE line > ? AND ({condition}) ORDER BY line LIMIT ?"  # noqa: S608
        )
        while rows := self.db.execute(query, (after, size)).fetchall():
            yield [Entry(line, number, external_id, json.loads(said)) for line, number, external_id, said in rows]
            after = rows[-1][0]

    def distinct(self, query: str, size: int) -> Iterator[list[str]]:
        """Texts that a (fixed) query finds, some at a time; its own rows may change meanwhile."""
        cursor = self.db.execute(f"CREATE TEMP TABLE asked AS {query}").connection
        after = 0
        while rows := cursor.execute(
            "SELECT rowid, * FROM asked WHERE rowid > ? ORDER BY rowid LIMIT ?", (after, size)
        ).fetchall():
            yield [row[1] for row in rows]
            after = rows[-1][0]
        cursor.execute("DROP TABLE asked")

    def count(self, condition: str = "1") -> int:
        return int(self.db.execute(f"SELECT count(*) FROM entry WHERE {condition}").fetchone()[0])  # noqa: S608

    def count_up_to(self, line: int) -> int:
        return int(self.db.execute("SELECT count(*) FROM entry WHERE line <= ?", (line,)).fetchone()[0])

    def refused(self) -> int:
        """How many rows are refused, whatever number of reasons each has."""
        return int(self.db.execute("SELECT count(DISTINCT line) FROM refusal").fetchone()[0])

    def refusals(self) -> Iterator[Refusal]:
        rows = self.db.execute("SELECT line, number, field, value, reason FROM refusal ORDER BY line, rowid")
        return (Refusal(*row) for row in rows)

    def did(self, rows: list[tuple[int, str, str]]) -> None:
        """Line, number and outcome of rows in a trial run."""
        self.db.executemany("INSERT OR REPLACE INTO done VALUES (?,?,?)", rows)

    def outcomes(self) -> Iterator[Any]:
        return iter(self.db.execute("SELECT line, number, outcome FROM done ORDER BY line"))


@contextmanager
def staging() -> Iterator[Staging]:
    with TemporaryDirectory(prefix="register-import-") as folder:
        staged = Staging(Path(folder))
        try:
            yield staged
        finally:
            staged.db.close()
