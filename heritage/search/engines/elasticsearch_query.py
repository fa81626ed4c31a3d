"""A plan as Elasticsearch queries, through `elasticsearch.dsl`; clause by clause what `tantivy_query` says."""

from collections.abc import Iterable
from itertools import pairwise

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from heritage.search import days, geometry, weights
from heritage.search.contract import Box
from heritage.search.contract import Query as Asked
from heritage.search.plan import AnyOf, Clause, Number, Phrase, Plan, Word

MOST_EXPANSIONS = 256


def text(plan: Plan) -> Query:
    """What the words ask, scored."""
    required = [clause(one) for one in plan.required]
    must, should = list(required), [word(one) for one in plan.helpful]
    if plan.minimum is not None and required:
        must = [Q("bool", should=required, minimum_should_match=plan.minimum)]
    should += [*_rewards(plan), *_of_now_and_here(plan)]
    if not required:
        helpful = Q("bool", should=[word(one) for one in plan.helpful], minimum_should_match=1)
        must = [helpful if plan.helpful else Q("match_all")]
    return Q("bool", must=must, should=should, must_not=[clause(one) for one in plan.excluded])


def bounds(plan: Plan, asked: Asked, hidden: frozenset[str]) -> Query:
    """The filters that hold for every facet's count: audience, years, place, what is hidden."""
    filters = [Q("terms", audience=sorted(asked.audience))]
    for first, last in (years for years in (plan.years, asked.years) if years):
        filters += [Q("range", year_to={"gte": first}), Q("range", year_from={"lte": last})]
    box = geometry.asked_box(asked)
    if box:
        filters += _inside(box)
    if asked.near:
        point = {"lat": asked.near.latitude, "lon": asked.near.longitude}
        filters.append(Q("geo_distance", location=point, distance=f"{asked.near.metres}m"))
    filters += [facet(name, values) for name, values in plan.facets.items()]
    return Q("bool", filter=filters, must_not=[Q("terms", owner=sorted(hidden))] if hidden else [])


def _inside(box: Box) -> list[Query]:
    return [
        Q("range", latitude={"gte": box.south, "lte": box.north}),
        Q("range", longitude={"gte": box.west, "lte": box.east}),
    ]


def facet(name: str, values: Iterable[str]) -> Query:
    return Q("terms", **{f"facet_{name}": sorted(set(values))})


def clause(one: Clause) -> Query:
    match one:
        case Word():
            return word(one)
        case Phrase():
            return phrase(one)
        case Number():
            return _constant(Q("term", numbers=one.key), weights.NUMBER)
        case AnyOf():
            options = [Q("bool", must=[clause(inner) for inner in option]) for option in one.options]
            return Q("bool", should=options, minimum_should_match=1)
    raise TypeError(one)


def word(one: Word) -> Query:
    parts = [part for name in weights.SCOPES[one.scope] for part in _in_part(one, name)]
    if one.typos and len(one.folded) >= weights.SHORTEST_JOINED:
        parts.append(_near("title_pairs", one.folded, 1, weights.TYPOS["title_folded"]))
    return Q("bool", should=parts, minimum_should_match=1)


def _in_part(one: Word, part: str) -> Iterable[Query]:
    exact, folded = f"{part}_exact", f"{part}_folded"
    if one.is_prefix:
        name, start = (exact, one.exact) if one.is_marked else (folded, one.folded)
        yield _constant(Q("prefix", **{name: {"value": start}}), weights.PREFIX[folded])
    elif one.is_marked:
        yield _term(exact, one.exact, weights.EXACT[exact])
    else:
        yield _term(folded, one.folded, weights.FOLDED[folded])
        if one.typos and folded in weights.TYPOS:
            yield _near(folded, one.folded, one.typos, weights.TYPOS[folded])


def _near(name: str, value: str, typos: int, weight: float) -> Query:
    near = {"value": value, "fuzziness": typos, "max_expansions": MOST_EXPANSIONS, "transpositions": True}
    return _constant(Q("fuzzy", **{name: near}), weight)


def _term(name: str, value: str, weight: float) -> Query:
    return Q("term", **{name: {"value": value, "boost": weight}})


def _constant(query: Query, weight: float) -> Query:
    return Q("constant_score", filter=query, boost=weight)


def phrase(one: Phrase) -> Query:
    marked = any(each.is_marked for each in one.words)
    form = "exact" if marked else "folded"
    terms = [each.exact if marked else each.folded for each in one.words]
    parts = [_phrase(f"{part}_{form}", terms, weights.PHRASE[part]) for part in weights.SCOPES[one.scope]]
    return Q("bool", should=parts, minimum_should_match=1)


def _phrase(name: str, terms: list[str], weight: float) -> Query:
    return Q("match_phrase", **{name: {"query": " ".join(terms), "boost": weight}})


def _rewards(plan: Plan) -> Iterable[Query]:
    folded = plan.folded
    if not folded:
        return
    yield _constant(Q("term", title_pairs=f"={'_'.join(folded[:12])}"), weights.WHOLE_NAME)
    for first, second in pairwise(folded):
        yield _constant(Q("term", title_pairs=f"{first}_{second}"), weights.NEIGHBOURS)
    if 2 <= len(folded) <= 8:
        yield _constant(_phrase("body_folded", list(folded), 1.0), weights.BODY_TOGETHER)


def _of_now_and_here(plan: Plan) -> Iterable[Query]:
    for box in geometry.nearer(plan.near) if plan.near else ():
        yield _constant(Q("bool", filter=_inside(box)), weights.NEARNESS)
    if plan.today is None:
        return
    for distances, weight in weights.FRESH_WEEKS:
        yield _constant(Q("terms", weeks=days.weeks_around(plan.today, distances)), weight)


def beginning(syllables: list[str], *, typos: bool = False) -> Query:
    starts = [syllable[:12] for syllable in syllables]
    exact = [_constant(Q("term", prefixes=start), 1.0) for start in starts]
    must = [
        _near("prefixes", start, 1, 1.0) if typos and len(start) >= weights.SHORTEST_BEGUN else same
        for start, same in zip(starts, exact, strict=True)
    ]
    whole = _constant(Q("term", prefixes=f"={'_'.join(syllables)[:32]}"), 10.0)
    return Q("bool", must=must, should=[whole, *exact] if typos else [whole])
