"""The query language: words, "phrases", -not, beginnings*, years 1428..1527, field:value, near:21.6,105.8,5000.

It knows no syntax error: what cannot be understood becomes a notice, and the rest is searched. Everything is bounded
before it is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings

from heritage.core.folding import fold
from heritage.search import abbreviations, days, geometry, numbers, synonyms
from heritage.search.analysis import compose, fold_in_place, forms, is_marked, roman, tokens
from heritage.search.contract import Near, Notice
from heritage.search.plan import AnyOf, Clause, Number, Phrase, Plan, Word

MOST_CLAUSES = 20
MOST_PREFIXES = 3
_QUOTES = str.maketrans("“”„«»＂", '""""""')
_PIECE = re.compile(r'(?P<sign>-)?(?:(?P<field>[^\W\d_]{2,12}):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_YEARS = re.compile(r"(?<!\S)(\d{3,4})\.\.(\d{3,4})(?!\S)")
_POINT = re.compile(r"(?<!\S)(?:near|gần|gan):(\S+)", re.IGNORECASE)
_WORD_END = re.compile(r"[\s\-–/]")
_OPERATORS = {"AND", "OR", "NOT", "NEAR", "TO"}

SCOPES = {
    "ten": "title", "title": "title", "tieude": "title", "name": "title",
    "noi": "keys", "xa": "keys", "phuong": "keys", "huyen": "keys", "quan": "keys", "tinh": "keys",
    "unit": "keys", "place": "keys", "tacgia": "keys", "author": "keys",
}  # fmt: skip
"""Fields that look for words in a part of the document."""

FACET_FIELDS = {
    "loai": "kind", "kind": "kind", "cap": "rank", "hang": "rank", "rank": "rank",
    "kieu": "type", "type": "type", "list": "list", "danhsach": "list",
}  # fmt: skip
"""Fields that choose a value of a facet."""

HELPFUL = frozenset(
    {"và", "của", "ở", "tại", "các", "những", "là", "thì", "một", "được", "đã", "với", "từ", "này", "đó", "như"}
    | {"gì", "nào", "đâu", "nhiêu", "bị", "what", "who", "where", "when", "which", "was", "were", "did", "how", "by"}
    | {"the", "of", "a", "an", "in", "at", "and", "or", "is", "for", "to", "on"}
)
"""Words that help but are not demanded; the Vietnamese ones only as written with their marks."""


@dataclass
class _Draft:
    groups: synonyms.Groups
    required: list[Clause] = field(default_factory=list)
    excluded: list[Clause] = field(default_factory=list)
    helpful: list[Word] = field(default_factory=list)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    near: Near | None = None
    folded: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    prefixes: int = 0

    def note(self, code: str, detail: str = "") -> None:
        notice = Notice(code, detail)
        if notice not in self.notices:
            self.notices.append(notice)


def parse(text: str, groups: synonyms.Groups = synonyms.BUILT_IN) -> Plan:
    """The plan of a query as typed; total and bounded, whatever `text` is. `groups` are sayings that mean the same."""
    draft = _Draft(groups)
    limit = settings.PUBLIC_QUERY_MAX_LENGTH
    text = compose(text[: limit * 4]).translate(_QUOTES)
    text = " ".join(text.split())
    if len(text) > limit:
        text = text[:limit]
        draft.note("cut")
    text = _take_point(text, draft)
    text = _take_years(abbreviations.units_spelt_out(text), draft)
    text = _take_lunar_month(text, draft)
    if text.count('"') % 2:
        draft.note("quotes")
        at = text.rindex('"')
        text = f"{text[:at]} {text[at + 1 :]}"
    for part in _numbers_apart(text):
        if isinstance(part, str):
            _take_pieces(part, draft)
        else:
            draft.required.append(part)
    return _finished(draft)


def _take_point(text: str, draft: _Draft) -> str:
    match = _POINT.search(text)
    if not match:
        return text
    draft.near = geometry.point(match[1])
    if draft.near is None:
        draft.note("near_unread", match[1][:40])
    return without_point(text)


def without_point(text: str) -> str:
    """A query as typed without the point that stands in it."""
    return " ".join(_POINT.sub(" ", compose(text)).split())


def _take_years(text: str, draft: _Draft) -> str:
    match = _YEARS.search(text)
    if not match:
        return text
    first, last = int(match[1]), int(match[2])
    if first > last:
        first, last = last, first
        draft.note("years_turned")
    draft.years = (first, last)
    return f"{text[: match.start()]} {text[match.end() :]}"


def _take_lunar_month(text: str, draft: _Draft) -> str:
    found = days.lunar_month(fold_in_place(text))
    if found is None:
        return text
    start, end, month = found
    draft.facets["lunar_month"] = (str(month),)
    draft.note("lunar_month", str(month))
    return f"{text[:start]} {text[end:]}"


def _numbers_apart(text: str) -> Iterator[str | Clause]:
    """The numbers in `text` as clauses, the text between them as it is."""
    at = 0
    for found in numbers.find(fold_in_place(text)):
        before, inside = text[at : found.start], text[found.start : found.end]
        if before.count('"') % 2 or before.endswith((":", "-")):  # within quotes, or a field's value
            continue
        yield before
        as_words: tuple[Clause, ...] = tuple(_word(*forms(t), t) for t in _surfaces(inside))
        yield (
            AnyOf(((Number(found.key),), as_words)) if found.key.isalnum() and len(as_words) == 1 else Number(found.key)
        )
        at = found.end
    yield text[at:]


def _surfaces(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens(text)]


def _take_pieces(text: str, draft: _Draft) -> None:
    run: list[Word] = []
    for piece in _PIECE.finditer(text):
        raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        if piece["phrase"] is None and raw in _OPERATORS:
            draft.note("operator", raw)
            continue
        name = fold(piece["field"] or "")
        if name and _take_field(name, piece["field"], raw, draft):
            continue
        scope = SCOPES.get(name, "any")
        clauses = _clauses(raw, draft, is_phrase=piece["phrase"] is not None, scope=scope)
        if piece["sign"]:
            draft.excluded.extend(clauses[:1] if piece["phrase"] is not None else clauses)
        elif piece["phrase"] is not None or scope != "any":
            draft.required.extend(clauses)
        else:
            run.extend(clause for clause in clauses if isinstance(clause, Word))
    _take_run(run, draft)


def _take_field(name: str, written: str, raw: str, draft: _Draft) -> bool:
    """Whether `name` is a facet's field that was understood; an unknown field is noted and searched as words."""
    from heritage.search import facets

    if name in FACET_FIELDS:
        facet = FACET_FIELDS[name]
        if value := facets.value_named(facet, raw):
            draft.facets[facet] = (*draft.facets.get(facet, ()), value)
            return True
        draft.note("value", f"{written}:{raw}")
    elif name in ("nam", "year") and raw.isdigit() and len(raw) <= 4:
        draft.years = (int(raw), int(raw))
        return True
    elif name not in SCOPES:
        draft.note("field", written)
        draft.required.extend(_clauses(written, draft, is_phrase=False, scope="any"))
    return False


def _clauses(raw: str, draft: _Draft, *, is_phrase: bool, scope: str) -> list[Clause]:
    surfaces = _surfaces(raw)
    words = [_word(*forms(surface), surface, scope) for surface in surfaces]
    if is_phrase:
        return [Phrase(tuple(words), scope)] if len(words) > 1 else list(words)
    if words and raw.endswith("*"):
        words[-1] = _beginning(surfaces[-1], words[-1], draft)
    if "*" in raw[:-1] or "?" in raw[:-1]:
        draft.note("wildcard", raw[:40])
    return list(words)


def _beginning(surface: str, word: Word, draft: _Draft) -> Word:
    draft.prefixes += 1
    if len(surface) < 2 or draft.prefixes > MOST_PREFIXES:
        draft.note("prefix", f"{surface[:40]}*")
        return word
    return Word(word.exact, min(word.folded, fold(surface), key=len), word.is_marked, is_prefix=True, scope=word.scope)


def _word(exact: str, folded: str, surface: str, scope: str = "any") -> Word:
    upper = surface.upper()
    if surface.isascii() and not surface.isupper() and len(surface) > 2 and roman(upper):
        folded = str(roman(upper))
    return Word(exact, folded, is_marked=is_marked(surface), scope=scope)


def _take_run(run: list[Word], draft: _Draft) -> None:
    """Plain words: those with another way of being said become a choice, the small ones help only."""
    at = 0
    draft.folded.extend(word.folded for word in run)
    meaning = [word for word in run if word.exact not in HELPFUL]
    while at < len(run):
        length, others = synonyms.at(run, at, draft.groups)
        if others:
            own = tuple(run[at : at + length])
            options = [own, *((_said(other),) for other in others)]
            draft.required.append(AnyOf(tuple(options)))
            at += length
            continue
        if meaning and run[at].exact in HELPFUL:
            draft.helpful.append(run[at])
        else:
            draft.required.append(run[at])
        at += 1


def _said(text: str) -> Clause:
    words = tuple(_word(*forms(surface), surface) for surface in _surfaces(compose(text)))
    return Phrase(words) if len(words) > 1 else words[0]


def _finished(draft: _Draft) -> Plan:
    if len(draft.required) + len(draft.excluded) > MOST_CLAUSES:
        draft.note("cut")
    required = tuple(dict.fromkeys(draft.required))[:MOST_CLAUSES]
    return Plan(
        required=required,
        excluded=tuple(draft.excluded)[: MOST_CLAUSES - min(len(required), MOST_CLAUSES - 5)],
        helpful=tuple(dict.fromkeys(draft.helpful))[:10],
        facets=draft.facets,
        years=draft.years,
        folded=tuple(draft.folded[:MOST_CLAUSES]),
        near=draft.near,
        notices=tuple(draft.notices),
    )
