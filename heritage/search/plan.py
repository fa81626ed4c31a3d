"""A query taken apart: what must be found, what must not, and what helps; engines translate it clause by clause."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from heritage.search.contract import Near, Notice


@dataclass(frozen=True, slots=True)
class Word:
    """One word. A marked word means its exact form; `scope` is `any`, `title` or `keys`.

    `typos` is how many letters may differ (0 to 2); `is_prefix` takes every word that begins so.
    """

    exact: str
    folded: str
    is_marked: bool = False
    is_prefix: bool = False
    scope: str = "any"
    typos: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another."""

    words: tuple[Word, ...]
    scope: str = "any"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as `heritage.search.numbers` keys it."""

    key: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several; each option is clauses that must all be found."""

    options: tuple[tuple["Clause", ...], ...]


Clause = Word | Phrase | Number | AnyOf


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for.

    Attributes:
        required: each must be found, or at least `minimum` of them where it is not None.
        helpful: raise a document that has them, demand nothing (and, of, the, ở).
        facets: filters that the words asked for (`tháng 3 âm`, `rank:national`).
        folded: the folded words in order, for the reward of neighbouring words and whole names.
        near: a point; what lies nearer to it is raised.
        today: what is held soon or was told lately, seen from this day, is raised.
    """

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    helpful: tuple[Word, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    folded: tuple[str, ...] = ()
    near: Near | None = None
    today: dt.date | None = None
    minimum: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.helpful


def words(clauses: tuple[Clause, ...]) -> Iterator[Word]:
    """Every word in `clauses`, however deep."""
    for clause in clauses:
        match clause:
            case Word():
                yield clause
            case Phrase():
                yield from clause.words
            case AnyOf():
                for option in clause.options:
                    yield from words(option)


def _changed(clause: Clause, **values: Any) -> Clause:
    match clause:
        case Word():
            return replace(clause, **values)
        case Phrase():
            return replace(clause, words=tuple(replace(word, **values) for word in clause.words))
        case AnyOf():
            return AnyOf(tuple(tuple(_changed(inner, **values) for inner in option) for option in clause.options))
    return clause


def has_marks(plan: Plan) -> bool:
    return any(word.is_marked for word in words(plan.required))


def without_marks(plan: Plan) -> Plan:
    """The same, taking words with any marks."""
    return replace(plan, required=tuple(_changed(clause, is_marked=False) for clause in plan.required))


def with_typos(plan: Plan) -> Plan:
    """The same, letting words of three letters or more differ by one letter, of seven or more by two."""
    return replace(plan, required=tuple(_tolerant(clause) for clause in without_marks(plan).required))


def _tolerant(clause: Clause) -> Clause:
    if not isinstance(clause, Word) or clause.is_prefix or not clause.folded.isalpha() or len(clause.folded) < 3:
        return clause
    return replace(clause, typos=2 if len(clause.folded) >= 7 else 1)


def in_part(plan: Plan) -> Plan:
    """The same, content with three of five words; of a sentence (more than five) with two of five."""
    count = len(plan.required)
    fifths = 2 if count > 5 else 3
    return replace(plan, minimum=max(1, -(-count * fifths // 5)) if count > 1 else None)
