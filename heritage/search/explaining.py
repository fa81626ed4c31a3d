"""Why this place: the parts of which a hit's relevance is the sum, asked of the engine one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from heritage.search import fence, service
from heritage.search.contract import Near, Query, owner_of
from heritage.search.engines.base import Engine
from heritage.search.plan import AnyOf, Clause, Number, Phrase, Plan, Word

_PARTS = ("title", "keys", "body")


@dataclass
class Reason:
    """What one part of the query gives a hit, in points of relevance."""

    label: str
    points: float


@dataclass
class Explained:
    """A hit with its reasons; `factor` is what rank, listing and a page's year multiply their sum by."""

    title: str
    number: str
    url: str
    score: float
    reasons: list[Reason] = field(default_factory=list)

    @property
    def total(self) -> float:
        return sum(reason.points for reason in self.reasons)

    @property
    def factor(self) -> float:
        return self.score / self.total if self.total else 1.0


def explain(
    engine: Engine, text: str, code: str = "vi", size: int = 10, near: Near | None = None
) -> tuple[Plan, list[Explained]]:
    """The first hits of `text`, near a point where one is given, each with what every part of the query gave it.

    Raises:
        EngineAwayError: the engine cannot answer now.
    """
    plan, query = service.planned(service.bounded(Query(text=text, size=size, facets=(), language=code, near=near)))
    found = engine.find(plan, query, fence.hidden())
    explained = {raw.id: _explained(raw.payload, raw.score, code) for raw in found.hits}
    owners = frozenset(owner_of(identity) for identity in explained)
    for label, part, base in _parts_of(plan):
        given = engine.scores(part, owners, query.audience) if owners else {}
        for identity, points in given.items():
            if identity in explained and points - base > 1e-6:
                explained[identity].reasons.append(Reason(label, points - base))
    return plan, list(explained.values())


def _explained(payload: dict, score: float, code: str) -> Explained:
    titles, urls = payload["titles"], payload["urls"]
    title = titles.get(code) or next(iter(titles.values()), "")
    return Explained(title, payload["number"], urls.get(code) or next(iter(urls.values()), ""), score)


def _parts_of(plan: Plan) -> Iterator[tuple[str, Plan, float]]:
    """Each part with a name, as a plan of its own, and what such a plan scores by itself."""
    places = {"title": _("in the name"), "keys": _("in places, kinds and numbers"), "body": _("in the text")}
    for clause in (*plan.required, *plan.helpful):
        for single in _singles(clause):
            if isinstance(single, Number):
                yield _("the number %(key)s") % {"key": single.key}, Plan(required=(single,)), 0.0
                continue
            for scope in _PARTS if single.scope == "any" else (single.scope,):
                label = f"“{_said(single)}” {places[scope]}"
                yield label, Plan(required=(replace(single, scope=scope),)), 0.0
    if plan.folded:
        yield _("a whole name, or words that stand together"), Plan(folded=plan.folded), 1.0
    if plan.near:
        yield _("nearness to the point asked for"), Plan(near=plan.near), 1.0
    if plan.today:
        yield _("held soon or told lately"), Plan(today=plan.today), 1.0


def _singles(clause: Clause) -> Iterator[Word | Phrase | Number]:
    if isinstance(clause, AnyOf):
        for option in clause.options:
            for inner in option:
                yield from _singles(inner)
    else:
        yield clause


def _said(clause: Word | Phrase) -> str:
    words = clause.words if isinstance(clause, Phrase) else (clause,)
    return " ".join(word.exact if word.is_marked else word.folded for word in words)
