"""A plan as a tantivy query."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema

from heritage.search import days, geometry, weights
from heritage.search.contract import PUBLIC, Box
from heritage.search.contract import Query as Asked
from heritage.search.plan import AnyOf, Clause, Number, Phrase, Plan, Word

_CONSTANT = weights.SATURATION + 1
"""tantivy's BM25 keeps the factor k1 + 1, so a constant score needs it to weigh as much as in Elasticsearch."""
NOT_PUBLIC = "!"
"""Stands among the audiences of a document that not everybody may find."""


class Translator:
    """Translates plans for one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def text(self, plan: Plan) -> Query:
        """What the words ask, scored."""
        required = [self.clause(clause) for clause in plan.required]
        parts: list[tuple[Occur, Query]] = []
        if plan.minimum is not None and required:
            wanted = Query.boolean_query([(Occur.Should, query) for query in required], plan.minimum)
            parts.append((Occur.Must, wanted))
        else:
            parts.extend((Occur.Must, query) for query in required)
        parts.extend((Occur.Should, self.word(word)) for word in plan.helpful)
        parts.extend((Occur.Should, query) for query in (*self._rewards(plan), *self._of_now_and_here(plan)))
        if not required:
            parts.append((Occur.Must, Query.all_query()) if not plan.helpful else (Occur.Must, self._any(plan.helpful)))
        parts.extend((Occur.MustNot, self.clause(clause)) for clause in plan.excluded)
        return Query.boolean_query(parts)

    def filtered(self, query: Query, filters: Iterable[Query], without: Iterable[Query] = ()) -> Query:
        """`query` narrowed without a change of score."""
        parts = [(Occur.Must, query)]
        parts.extend((Occur.Must, Query.const_score_query(each, 0.0)) for each in filters)
        parts.extend((Occur.MustNot, each) for each in without)
        return Query.boolean_query(parts) if len(parts) > 1 else query

    def closed(self, asked: Asked, hidden: frozenset[str]) -> list[Query]:
        """What the viewer may not find.

        Nearly all is public: the few documents that are not are left out, rather than every hit looked up.
        """
        out = [Query.term_set_query(self.schema, "owner", sorted(hidden))] if hidden else []
        if PUBLIC not in asked.audience:
            everything = [(Occur.Must, Query.all_query()), (Occur.MustNot, self.one_of("audience", asked.audience))]
            return [*out, Query.boolean_query(everything)]
        parts = [(Occur.Must, Query.term_query(self.schema, "audience", NOT_PUBLIC, "basic"))]
        if others := asked.audience - {PUBLIC}:
            parts.append((Occur.MustNot, self.one_of("audience", others)))
        return [*out, Query.boolean_query(parts)]

    def bounds(self, plan: Plan, asked: Asked) -> list[Query]:
        """The filters that hold for every facet's count: years, place."""
        filters: list[Query] = []
        for first, last in (years for years in (plan.years, asked.years) if years):
            filters.append(self._range("year_to", FieldType.Integer, first, None))
            filters.append(self._range("year_from", FieldType.Integer, None, last))
        box = geometry.asked_box(asked)
        if box:
            filters += self._inside(box)
        filters.extend(self.facet(name, values) for name, values in plan.facets.items())
        return filters

    def _inside(self, box: Box) -> list[Query]:
        return [
            self._range("latitude", FieldType.Float, box.south, box.north),
            self._range("longitude", FieldType.Float, box.west, box.east),
        ]

    def facet(self, name: str, values: Iterable[str]) -> Query:
        return self.one_of(f"facet_{name}", values)

    def one_of(self, name: str, values: Iterable[str]) -> Query:
        """Any of a few values, read along their postings; a set of terms would mark every document of the index."""
        terms = [Query.term_query(self.schema, name, value, "basic") for value in sorted(set(values))]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])

    def none_of(self, name: str, values: Iterable[int]) -> Query:
        """Everything but a set of whole numbers."""
        wanted = Query.term_set_query(self.schema, name, list(values))
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, wanted)])

    def _range(self, name: str, kind: FieldType, low: float | None, high: float | None) -> Query:
        return Query.range_query(self.schema, name, kind, low, high)

    def clause(self, clause: Clause) -> Query:
        match clause:
            case Word():
                return self.word(clause)
            case Phrase():
                return self.phrase(clause)
            case Number():
                found = Query.term_query(self.schema, "numbers", clause.key, "basic")
                return Query.const_score_query(found, weights.NUMBER * _CONSTANT)
            case AnyOf():
                return Query.boolean_query([(Occur.Should, self._all(option)) for option in clause.options])
        raise TypeError(clause)

    def _all(self, option: Iterable[Clause]) -> Query:
        return Query.boolean_query([(Occur.Must, self.clause(clause)) for clause in option])

    def _any(self, words: Iterable[Word]) -> Query:
        return Query.boolean_query([(Occur.Should, self.word(word)) for word in words])

    def word(self, word: Word) -> Query:
        parts = [part for name in weights.SCOPES[word.scope] for part in self._in_part(word, name)]
        if word.typos and len(word.folded) >= weights.SHORTEST_JOINED:
            joined = Query.fuzzy_term_query(self.schema, "title_pairs", word.folded, 1, True, False)
            parts.append(Query.const_score_query(joined, weights.TYPOS["title_folded"] * _CONSTANT))
        return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Should, part) for part in parts])

    def _in_part(self, word: Word, part: str) -> Iterable[Query]:
        exact, folded = f"{part}_exact", f"{part}_folded"
        if word.is_prefix:
            field, start = (exact, word.exact) if word.is_marked else (folded, word.folded)
            found = Query.regex_query(self.schema, field, f"{_literal(start)}.*")
            yield Query.const_score_query(found, weights.PREFIX[folded] * _CONSTANT)
        elif word.is_marked:
            yield self._term(exact, word.exact, weights.EXACT[exact])
        else:
            yield self._term(folded, word.folded, weights.FOLDED[folded])
            if word.typos and folded in weights.TYPOS:
                near = Query.fuzzy_term_query(self.schema, folded, word.folded, word.typos, True, False)
                yield Query.const_score_query(near, weights.TYPOS[folded] * _CONSTANT)

    def _term(self, field: str, value: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, field, value, "freq"), weight)

    def phrase(self, phrase: Phrase) -> Query:
        marked = any(word.is_marked for word in phrase.words)
        form = "exact" if marked else "folded"
        terms = [word.exact if marked else word.folded for word in phrase.words]
        return Query.boolean_query(
            [
                (Occur.Should, self._phrase(f"{part}_{form}", terms, weights.PHRASE[part]))
                for part in weights.SCOPES[phrase.scope]
            ]
        )

    def _phrase(self, field: str, terms: list[str], weight: float) -> Query:
        return Query.boost_query(Query.phrase_query(self.schema, field, list(terms)), weight)

    def _rewards(self, plan: Plan) -> Iterable[Query]:
        folded = plan.folded
        if not folded:
            return
        whole = f"={'_'.join(folded[:12])}"
        whole_name = Query.term_query(self.schema, "title_pairs", whole, "basic")
        yield Query.const_score_query(whole_name, weights.WHOLE_NAME * _CONSTANT)
        for first, second in pairwise(folded):
            neighbours = Query.term_query(self.schema, "title_pairs", f"{first}_{second}", "basic")
            yield Query.const_score_query(neighbours, weights.NEIGHBOURS * _CONSTANT)
        if 2 <= len(folded) <= 8:
            yield Query.const_score_query(self._together(folded), weights.BODY_TOGETHER * _CONSTANT)

    def _together(self, folded: tuple[str, ...]) -> Query:
        """Texts in which words follow each other; two that do are one term, of more the positions are read."""
        neighbours = [f"{first}_{second}" for first, second in pairwise(folded)]
        pairs = [Query.term_query(self.schema, "body_pairs", pair, "basic") for pair in neighbours]
        if len(pairs) == 1:
            return pairs[0]
        return self.filtered(Query.phrase_query(self.schema, "body_folded", list(folded)), pairs)

    def promising(self, plan: Plan, high: Iterable[tuple[str, str]]) -> Query:
        """What has one of `high`, fields and values that score high, or words of a plan side by side."""
        either = [self.one_of(name, [value]) for name, value in high]
        neighbours = [f"{first}_{second}" for first, second in pairwise(plan.folded)]
        if plan.folded:
            either.append(self.one_of("title_pairs", [*neighbours, f"={'_'.join(plan.folded[:12])}"]))
        if 2 <= len(plan.folded) <= 8:
            either.append(self._together(plan.folded))
        return Query.boolean_query([(Occur.Should, one) for one in either])

    def _of_now_and_here(self, plan: Plan) -> Iterable[Query]:
        for box in geometry.nearer(plan.near) if plan.near else ():
            within = Query.boolean_query([(Occur.Must, side) for side in self._inside(box)])
            yield Query.const_score_query(within, weights.NEARNESS * _CONSTANT)
        if plan.today is None:
            return
        for distances, weight in weights.FRESH_WEEKS:
            held = self.one_of("weeks", days.weeks_around(plan.today, distances))
            yield Query.const_score_query(held, weight * _CONSTANT)

    def beginning(self, syllables: list[str], *, typos: bool = False) -> Query:
        def has(value: str) -> Query:
            return Query.term_query(self.schema, "prefixes", value, "basic")

        def near(value: str) -> Query:
            return Query.fuzzy_term_query(self.schema, "prefixes", value, 1, True, False)

        starts = [syllable[:12] for syllable in syllables]
        tolerant = [typos and len(start) >= weights.SHORTEST_BEGUN for start in starts]
        parts = [
            (Occur.Must, Query.const_score_query(near(start) if may_differ else has(start), 1.0))
            for start, may_differ in zip(starts, tolerant, strict=True)
        ]
        if typos:
            parts.extend((Occur.Should, Query.const_score_query(has(start), 1.0)) for start in starts)
        start = f"={'_'.join(syllables)[:32]}"
        parts.append((Occur.Should, Query.const_score_query(has(start), 10.0)))
        return Query.boolean_query(parts)


@dataclass(frozen=True, slots=True)
class Parts:
    """A question as queries: what the words ask, what bounds every count, what is chosen, what is closed."""

    translator: Translator
    text: Query
    bounds: list[Query]
    chosen: dict[str, Query]
    closed: list[Query]

    def narrowed(self, chosen: Iterable[Query] = ()) -> Query:
        return self.translator.filtered(self.text, [*self.bounds, *chosen], self.closed)


def _literal(text: str) -> str:
    """`text` as a regular expression that means itself."""
    return "".join(c if c.isalnum() else f"\\{c}" for c in text)
