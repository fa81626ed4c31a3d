"""Where the tantivy index lies: generations side by side, one of them live.

    SEARCH_INDEX_DIR/LIVE            the name of the live generation
    SEARCH_INDEX_DIR/<generation>/   a tantivy directory, with `archive.json` saying how its text was analysed

LIVE is replaced by a rename, so that every process sees one whole index or the other. Readers look at LIVE and at the
generation's `meta.json` before each query (two `stat` calls), so what a writer has committed is seen by the next query.
"""

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import Index, Schema, SchemaBuilder, Searcher

from heritage.search import analysis
from heritage.search.engines import tantivy_ranking
from heritage.search.engines.base import EngineAwayError
from heritage.search.engines.kept_counts import KeptCounts
from heritage.search.engines.tantivy_counts import GROUPS, SINGLE
from heritage.search.engines.tantivy_linked import Linked, can_be_written
from heritage.search.fields import FACETS
from heritage.search.hierarchy import DEEP

logger = logging.getLogger(__name__)

LIVE = "LIVE"
ABOUT = "archive.json"
FORMAT = 4
KEPT_SECONDS = 600
"""How long a generation no longer live is kept for processes that still read it."""


def schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("owner_code", indexed=True, fast=True)
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "keys", "body"):
        builder.add_text_field(f"{name}_exact", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{name}_folded", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title_pairs", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("body_pairs", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("prefixes", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("numbers", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("weeks", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(f"facet_{name}", fast=name in SINGLE, tokenizer_name="raw", index_option="basic")
    for name in GROUPS:
        builder.add_text_field(f"facets_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    for name in DEEP:
        builder.add_text_field(f"facet_{name}_top", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("weight", "latitude", "longitude"):
        builder.add_float_field(name, fast=True)
    for name in ("title_order", "modified", "year_from", "year_to"):
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


@dataclass(frozen=True, slots=True)
class Reading:
    """An open generation and what is committed in it; `linked` where its directory cannot be written."""

    generation: str
    index: Index
    searcher: Searcher
    stamp: tuple[int, int, int]
    counts: KeptCounts = field(default_factory=KeptCounts)
    linked: Linked | None = None
    found: dict[str, float] = field(default_factory=dict)

    def largest_factor(self) -> float:
        """Of the weights; looked for once."""
        if "factor" not in self.found:
            self.found["factor"] = tantivy_ranking.largest_factor(self.searcher)
        return self.found["factor"]

    def is_as_it_was(self, root: Path) -> bool:
        """Whether what was opened for reading only still is."""
        return self.linked is None or not can_be_written(root / self.generation)


class Store:
    """One index directory, for readers and writers of this process."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self._reading: Reading | None = None
        self._lock = threading.Lock()

    def live(self) -> str:
        """The live generation's name.

        Raises:
            EngineAwayError: none has been built.
        """
        try:
            return (self.root / LIVE).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EngineAwayError(f"no index in {self.root.name}: {error.strerror}") from error

    def reader(self) -> Reading:
        """The live index as last committed.

        Raises:
            EngineAwayError: it is missing, unreadable, or made by another analysis.
        """
        generation = self.live()
        stamp = self._stamp(generation)
        reading = self._reading
        if reading and reading.generation == generation and reading.stamp == stamp and reading.is_as_it_was(self.root):
            return reading
        with self._lock:
            self._reading = self._open(generation, stamp, self._reading)
            return self._reading

    def _stamp(self, generation: str) -> tuple[int, int, int]:
        try:
            found = (self.root / generation / "meta.json").stat()
        except OSError as error:
            raise EngineAwayError(f"the index {generation} is gone") from error
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _open(self, generation: str, stamp: tuple[int, int, int], before: Reading | None) -> Reading:
        with damage_stated(generation):
            folder = self.root / generation
            linked = None if can_be_written(folder) else Linked(folder)
            if before and before.generation == generation and not (linked or before.linked):
                index = before.index
            else:
                self._check(generation)
                index = Index.open(str(linked.path if linked else folder))
                index.config_reader("manual")
            index.reload()
            return Reading(generation, index, index.searcher(), stamp, linked=linked)

    def _check(self, generation: str) -> None:
        about = json.loads((self.root / generation / ABOUT).read_text(encoding="utf-8"))
        if about != expected():
            raise EngineAwayError(f"the index {generation} was made by another version of the analysis")

    def create(self) -> tuple[str, Index]:
        """A new, empty generation beside the live one."""
        generation = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6:06d}"
        folder = self.root / generation
        folder.mkdir(parents=True)
        (folder / ABOUT).write_text(json.dumps(expected()), encoding="utf-8")
        return generation, Index(schema(), str(folder))

    def is_whole(self, generation: str) -> bool:
        """Whether a generation can be opened and is of this version."""
        try:
            with damage_stated(generation):
                self._check(generation)
                Index.open(str(self.root / generation))
        except EngineAwayError:
            return False
        return True

    def reopen(self, generation: str) -> tuple[str, Index]:
        """An unfinished generation as last committed, to be gone on with."""
        return generation, Index.open(str(self.root / generation))

    def switch(self, generation: str) -> None:
        unfinished = self.root / f"{LIVE}.{os.getpid()}"
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.root / LIVE)
        self.sweep(generation)

    def discard(self, generation: str) -> None:
        shutil.rmtree(self.root / generation, ignore_errors=True)

    def sweep(self, live: str) -> None:
        """Remove generations that are neither live nor lately touched."""
        for folder in self.root.iterdir():
            if folder.is_dir() and folder.name != live and time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def damage_stated(generation: str) -> Iterator[None]:
    """Whatever tantivy raises over a damaged index as `EngineAwayError`.

    It knows no error of its own: ValueError and OSError for most, and a panic of Rust, which is no `Exception`.
    """
    try:
        yield
    except EngineAwayError:
        raise
    except BaseException as error:
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            logger.exception("the search index %s failed", generation)
            raise EngineAwayError(f"the index {generation} failed: {error}") from error
        raise


def expected() -> dict[str, int]:
    return {"analysis": analysis.VERSION, "format": FORMAT}
