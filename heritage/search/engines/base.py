"""What an engine must do, and the plain values it gives back."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from heritage.search.contract import Query
from heritage.search.fields import Analysed
from heritage.search.plan import Plan


class EngineAwayError(Exception):
    """The engine cannot answer now: no index yet, a broken one, no server. Its text says which, for staff."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A hit as the engine gives it: the kept payload and the relevance."""

    id: str
    score: float
    payload: dict[str, Any]
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    hits: list[Raw]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What the engine says of itself; `problem` is "" where nothing stands in its way."""

    engine: str
    problem: str = ""
    documents: int = 0
    generation: str = ""
    is_buildable: bool = False
    """The index is missing, broken or of another version, and building it would mend that."""


class Builder(Protocol):
    """A new index being filled beside the live one."""

    generation: str

    def add(self, analysed: Iterable[Analysed]) -> None: ...

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        """Replace what the owners of `upserts` had, remove what the owners named in `deletions` had."""

    def checkpoint(self) -> None:
        """Make what was added so far survive the end of this process."""

    def switch(self) -> None:
        """Make this the live index, at once for every reader."""


class Engine(Protocol):
    name: str

    def find(self, plan: Plan, query: Query, hidden: frozenset[str] = frozenset()) -> Found:
        """The page of hits, their number and the facet counts. `hidden` ids do not exist for this query."""

    def count(self, plan: Plan, query: Query, hidden: frozenset[str] = frozenset()) -> int: ...

    def scores(self, plan: Plan, owners: frozenset[str], audience: frozenset[str]) -> dict[str, float]:
        """What the words of `plan` alone give each document of `owners` that they find; rank and weight left out."""

    def beginning(
        self, syllables: list[str], query: Query, hidden: frozenset[str] = frozenset(), *, typos: bool = False
    ) -> list[Raw]:
        """Documents in whose names every syllable begins a word; names that begin so come first.

        With `typos` a syllable of three letters or more may differ by one; those that do not differ come first.
        """

    def apply(self, upserts: Iterable[Analysed], deletions: Iterable[str]) -> None:
        """Bring the live index up to date; seen by every reader when this returns."""

    def build(self, generation: str = "") -> AbstractContextManager[Builder]:
        """A new index, or the unfinished one named; left by an error it is removed, by an interruption kept."""

    def can_resume(self, generation: str) -> bool:
        """Whether the unfinished index is still there and of this version."""

    def contents(self) -> Iterator[tuple[str, str]]:
        """Id and digest of everything in the live index."""

    def state(self) -> State: ...
