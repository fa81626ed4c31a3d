"""When no engine answers: the first names from the database, with a notice that says what is missing."""

from heritage.search import highlight, indexers
from heritage.search.contract import Document, Hit, Notice, Query, Result
from heritage.search.plan import Plan, words

MOST = 24
_MOST_WORDS = 6


def search(query: Query, plan: Plan) -> Result:
    """Up to a page of visible objects whose name has every word; no facets, no order by relevance."""
    asked = highlight.wanted(plan)
    wanted = [(word.exact, word.folded) for word in words(plan.required)][:_MOST_WORDS]
    kinds = {value.partition("/")[0] for value in query.filters.get("kind", ())}
    hits: list[Hit] = []
    for indexer in indexers.every():
        if (kinds and indexer.kind not in kinds) or len(hits) >= MOST or (not wanted and not plan.is_empty):
            continue
        hits += [_hit(document, query, asked) for document in indexer.named(wanted, MOST - len(hits))]
    hits = [one for one in hits if one.url]
    return Result(query, tuple(hits), len(hits), notices=(*plan.notices, Notice("away")), engine="database")


def _hit(document: Document, query: Query, asked: highlight.Wanted) -> Hit:
    own, other = query.language, "en" if query.language == "vi" else "vi"
    title = document.titles.get(own) or document.titles.get(other, "")
    return Hit(
        id=document.id,
        kind=document.kind,
        number=document.number,
        url=document.urls.get(own) or document.urls.get(other, ""),
        title=highlight.marked(title, asked),
        other_title=document.titles.get(other, "") if document.titles.get(own) else "",
        snippet=highlight.snippet((document.bodies.get(own, ""),), asked),
        place=document.place,
        thumbnail=document.thumbnail,
        facets=document.facets,
        location=document.location,
        score=0.0,
        titles=document.titles,
        urls=document.urls,
        modified=document.modified,
    )
