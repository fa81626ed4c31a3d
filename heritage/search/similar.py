"""More like this: what shares names, kinds, places and periods with one object."""

from collections.abc import Iterator

from heritage.search.analysis import compose, is_marked, tokens
from heritage.search.contract import Query
from heritage.search.engines.base import Engine, Raw
from heritage.search.language import HELPFUL
from heritage.search.numbers import key_of
from heritage.search.plan import Clause, Number, Phrase, Plan, Word

MOST_CLAUSES = 14
_FEWEST = 2


def original(engine: Engine, query: Query, hidden: frozenset[str]) -> Raw | None:
    """The object that `query.like` names, if the viewer may see it."""
    plan = Plan(required=(Number(key_of(query.like)),))
    hits = engine.find(plan, Query(size=10, facets=(), audience=query.audience), hidden).hits
    return next((raw for raw in hits if raw.payload["number"] == query.like and "/" not in raw.id), None)


def plan_of(raw: Raw) -> Plan:
    """Any two of what tells the object: words of its name, and its keywords as phrases."""
    clauses = list(dict.fromkeys([*_names(raw), *_keywords(raw)]))[:MOST_CLAUSES]
    return Plan(required=tuple(clauses), minimum=min(_FEWEST, len(clauses)) or None)


def _names(raw: Raw) -> Iterator[Clause]:
    text = compose(next(iter(raw.payload["titles"].values()), ""))
    for token in tokens(text):
        if token.exact not in HELPFUL:
            yield Word(token.exact, token.folded, is_marked=is_marked(text[token.start : token.end]))


def _keywords(raw: Raw) -> Iterator[Clause]:
    for keyword in raw.payload["keywords"]:
        words = tuple(Word(token.exact, token.folded) for token in tokens(compose(keyword)))
        if 1 < len(words) <= 6:
            yield Phrase(words, scope="keys")
