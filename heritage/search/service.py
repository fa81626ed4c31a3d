"""Asking: `search(query)` and `suggest(text, language)`; every road to a result goes through here."""

import logging
import time
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from heritage.core import languages
from heritage.search import (
    boxes,
    correction,
    engines,
    facets,
    fallback,
    fence,
    geometry,
    highlight,
    language,
    promotions,
    similar,
    synonyms,
)
from heritage.search.contract import PUBLIC, Hit, Kind, Notice, Query, Result, Sort, Suggestion, owner_of
from heritage.search.engines.base import Engine, EngineAwayError, Found, Raw
from heritage.search.fields import simple
from heritage.search.plan import Plan, Word, has_marks, in_part, with_typos, without_marks

logger = logging.getLogger(__name__)

MOST_SUGGESTIONS = 8
_LONGEST_SUGGESTED = 80
LONGEST_CORRECTED = 8
"""Words of a query that is looked through for typing errors; a longer one is a sentence, found by most of its words."""


def search(query: Query) -> Result:
    """Answer `query`; whatever it holds and whatever fails, an answer comes, saying what it is not."""
    began = time.perf_counter()
    try:
        result = answer(engines.current(), query)
    except EngineAwayError as error:
        logger.warning("search goes to the database: %s", error)
        query = bounded(query)
        result = fallback.search(query, language.parse(query.text))
    return replace(result, milliseconds=_since(began))


def answer(engine: Engine, query: Query) -> Result:
    """The answer of one engine.

    Raises:
        EngineAwayError: it cannot answer now.
    """
    query = bounded(query)
    if query.like:
        return _alike(engine, query)
    plan, query = planned(query)
    if query.text.strip() and plan.is_empty and not (plan.facets or plan.years or plan.excluded):
        return Result(query, notices=(*plan.notices, Notice("no_words")), engine=engine.name)
    return _asked(engine, plan, query)


def planned(query: Query) -> tuple[Plan, Query]:
    """What the words of `query` ask, here and today; and the query with a point among its words as its own."""
    plan = language.parse(query.text, synonyms.groups())
    if plan.near:
        text = language.without_point(query.text)
        sort = Sort.NEAREST if plan.is_empty and query.sort is Sort.RELEVANCE else query.sort
        query = replace(query, text=text, near=query.near or plan.near, sort=sort)
    if plan.is_empty or query.sort is not Sort.RELEVANCE:  # where nothing is weighed, nothing need be raised
        return replace(plan, near=None), query
    return replace(plan, near=query.near, today=timezone.localdate()), query


def _alike(engine: Engine, query: Query) -> Result:
    """What resembles one object, without itself."""
    hidden = fence.hidden()
    original = similar.original(engine, query, hidden)
    if original is None:
        return Result(query, notices=(Notice("like_unknown", query.like),), engine=engine.name)
    plan = similar.plan_of(original)
    found = engine.find(plan, query, hidden | {owner_of(original.id)})
    title = original.payload["titles"].get(query.language) or next(iter(original.payload["titles"].values()), "")
    return _result(query, plan, found, engine, (Notice("like", title),))


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def bounded(query: Query) -> Query:
    """Sizes, pages and numbers of filters within what the site serves; the audience of the query's language."""
    chosen = {name: tuple(dict.fromkeys(values))[:20] for name, values in query.filters.items() if name in facets.KNOWN}
    return replace(
        query,
        page=min(max(query.page, 1), settings.PUBLIC_MAX_PAGE),
        size=min(max(query.size, 1), 100),
        filters={name: values for name, values in chosen.items() if values},
        language=query.language if query.language in languages.LANGUAGES else "vi",
        sort=Sort.RELEVANCE if query.sort is Sort.NEAREST and query.near is None else query.sort,
        audience=frozenset({*query.audience, f"{PUBLIC}:{query.language}"}),
    )


def _asked(engine: Engine, plan: Plan, query: Query) -> Result:
    hidden = fence.hidden()
    found = engine.find(plan, query, hidden)
    if chosen := promotions.found(engine, query, hidden):
        return _promoted(_result(query, plan, found, engine), chosen, plan)
    if not found.total and not plan.is_empty:
        free = replace(query, filters={}, near=None, box=None, years=None)
        if free != query and engine.count(plan, free, hidden):
            return _result(query, plan, found, engine, (Notice("filters"),))
        return _widened(engine, plan, query, hidden)
    page_past_end = not found.hits and query.page > 1
    if page_past_end:
        query = replace(query, page=-(-found.total // query.size))
        found = engine.find(plan, query, hidden)
    return _result(query, plan, found, engine)


def _promoted(result: Result, chosen: list[Raw], plan: Plan) -> Result:
    """With staff's choice above the hits, and in them no more."""
    asked = highlight.wanted(plan)
    ids = {raw.id for raw in chosen}
    return replace(
        result,
        promoted=tuple(hit(raw, result.query, asked) for raw in chosen),
        hits=tuple(one for one in result.hits if one.id not in ids),
        total=max(result.total, len(chosen)),
    )


def _widened(engine: Engine, plan: Plan, query: Query, hidden: frozenset[str]) -> Result:
    """Nothing has all the words as written: other marks, then typing errors, then some of the words."""
    query = replace(query, page=1)
    if has_marks(plan):
        found = engine.find(without_marks(plan), query, hidden)
        if found.total:
            return _result(query, without_marks(plan), found, engine, (Notice("marks"),))
    if len(plan.required) <= LONGEST_CORRECTED:
        corrected = _corrected(engine, plan, query, hidden)
        if corrected:
            return corrected
    for wider, code in ((in_part(plan), "part"), (in_part(without_marks(plan)), "part"), (with_typos(plan), "near")):
        found = engine.find(wider, query, hidden)
        if found.total:
            return _result(query, wider, found, engine, (Notice(code),))
    return _result(query, plan, Found([], 0), engine)


def _corrected(engine: Engine, plan: Plan, query: Query, hidden: frozenset[str]) -> Result | None:
    """The answer to the query as it was probably meant, with a notice that says so; None if nothing is near."""
    tolerant = with_typos(plan)
    near = engine.find(tolerant, replace(query, size=correction.MOST_CANDIDATES, facets=()), hidden)
    meant = correction.corrected(query.text, tolerant, near.hits)
    if not meant:
        return None
    plan, _query = planned(replace(query, text=meant))
    found = engine.find(plan, query, hidden)
    if not found.total:
        return None
    result = _result(query, plan, found, engine, (Notice("corrected", meant),))
    return replace(result, did_you_mean=meant)


def _result(query: Query, plan: Plan, found: Found, engine: Engine, notices: tuple[Notice, ...] = ()) -> Result:
    asked = highlight.wanted(plan)
    return Result(
        query=query,
        hits=boxes.located(tuple(hit(raw, query, asked) for raw in found.hits), asked),
        total=found.total,
        facets=facets.counted(found.facets, query),
        notices=(*plan.notices, *notices),
        engine=engine.name,
    )


def hit(raw: Raw, query: Query, asked: highlight.Wanted) -> Hit:
    """A hit in the language of `query`, marked."""
    payload = raw.payload
    own, other = query.language, "en" if query.language == "vi" else "vi"
    titles, urls, bodies = payload["titles"], payload["urls"], payload["bodies"]
    title = titles.get(own) or titles.get(other, "")
    second = titles.get(other, "") if titles.get(own) else ""
    own_body, other_body = bodies.get(own, ""), bodies.get(other, "")
    shown = highlight.marked(title, asked)
    if highlight.covers(shown, asked):  # the name says why; the text may say what it is
        texts: tuple[str, ...] = (own_body,) if own_body else (other_body,)
    else:
        texts = (own_body, other_body, *payload["keywords"])
    location = payload["location"]
    distance = raw.distance
    if distance is None and query.near and location:
        distance = geometry.distance(query.near, *location)
    return Hit(
        id=raw.id,
        kind=Kind(payload["kind"]),
        number=payload["number"],
        url=urls.get(own) or urls.get(other, ""),
        title=shown,
        other_title=second if second != title else "",
        snippet=highlight.snippet(texts, asked),
        place=payload["place"],
        thumbnail=payload["thumbnail"],
        facets={name: tuple(values) for name, values in payload["facets"].items()},
        location=tuple(location) if location else None,
        score=raw.score,
        titles=titles,
        urls=urls,
        modified=payload["modified"],
        distance=distance,
    )


def suggest(text: str, language_code: str = "vi", limit: int = MOST_SUGGESTIONS, **bounds: Any) -> list[Suggestion]:
    """Names in which every syllable of `text` begins a word, those that begin so first; never an error.

    Where none is, names from which a syllable differs by a letter.
    """
    syllables = simple(text[:_LONGEST_SUGGESTED])[:8]
    syllables = [syllable for syllable in syllables if syllable]
    if not syllables:
        return []
    query = bounded(Query(text=text, size=min(limit, MOST_SUGGESTIONS), language=language_code, **bounds))
    try:
        engine, hidden = engines.current(), fence.hidden()
        found = engine.beginning(syllables, query, hidden) or engine.beginning(syllables, query, hidden, typos=True)
    except EngineAwayError:
        return []
    words = tuple(Word(syllable, syllable, is_prefix=True) for syllable in syllables)
    asked = highlight.wanted(Plan(required=words))
    hits = [hit(raw, query, asked) for raw in found]
    return [_suggestion(one, asked) for one in hits]


def _suggestion(one: Hit, asked: highlight.Wanted) -> Suggestion:
    """The hit's name as it answers what was typed: in the other language where only that one does."""
    text = one.title
    if not any(segment.is_match for segment in text.segments) and one.other_title:
        other = highlight.marked(one.other_title, asked)
        text = other if any(segment.is_match for segment in other.segments) else text
    return Suggestion(
        text=text, url=one.url, kind=one.kind, number=one.number, place=one.place, thumbnail=one.thumbnail
    )
