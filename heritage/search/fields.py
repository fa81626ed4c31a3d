"""What an engine is given of a document: tokens by field, sorted values, and what is kept to show a hit.

Titles, keywords and bodies have two fields each, `_exact` and `_folded` (see `analysis`), written as tokens with spaces
between, so that an engine needs no analysis but splitting at white space. Every text field ends in a gap token: no
field is ever empty, and both engines count the same number of documents per field in BM25.
"""

import hashlib
import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import orjson

from heritage.core.folding import fold, sort_key
from heritage.search import abbreviations, days, numbers
from heritage.search.analysis import GAP, compose, pairs
from heritage.search.contract import Document

TEXT_FIELDS = (
    "title_exact",
    "title_folded",
    "title_pairs",
    "keys_exact",
    "keys_folded",
    "body_exact",
    "body_folded",
    "prefixes",
)
FACETS = ("kind", "rank", "unit", "type", "period", "list", "lunar_month", "subject", "decade", "format")
LONGEST_BODY = 40_000
"""Characters of one language's body that are indexed with a document; longer texts come as documents by chapter."""
MOST_DECADES = 60
_LONGEST_PREFIX = 12
_LONGEST_START = 33


@dataclass(slots=True)
class Analysed:
    """One document ready for an engine."""

    id: str
    owner: str
    text: dict[str, str]
    numbers: list[str]
    facets: dict[str, list[str]]
    audience: list[str]
    weight: float
    title_order: int
    modified: int
    years: tuple[int, int] | None
    weeks: list[str]
    location: tuple[float, float] | None
    payload: str
    digest: str = field(default="")


def analyse(document: Document) -> Analysed:
    """Everything an engine stores of `document`; pure, so a change of nothing gives the same digest."""
    shown = (*document.titles.values(), *document.other_names)
    titles = [] if document.is_part else [compose(title) for title in shown]
    analysed = Analysed(
        id=document.id,
        owner=document.owner,
        text=_texts(document, titles),
        numbers=numbers.all_keys([document.number, *document.identifiers]),
        facets=_facets(document),
        audience=sorted(document.audience),
        weight=_weight(document),
        title_order=title_order(compose(shown[0])[:40] if shown else ""),
        modified=_instant(document.modified),
        years=document.years,
        weeks=days.weeks(document.days),
        location=document.location,
        payload=_payload(document),
    )
    said = (*analysed.text.values(), *analysed.numbers, *analysed.audience, repr(analysed.facets), analysed.payload)
    said += (repr((analysed.weight, analysed.years, analysed.weeks)),)
    analysed.digest = hashlib.blake2b("\x1f".join(said).encode(), digest_size=12).hexdigest()
    return analysed


def _texts(document: Document, titles: list[str]) -> dict[str, str]:
    title_tokens = [pairs(name) for title in titles for name in named(title)]
    keywords = [_short(text) for text in (*document.keywords, *document.identifiers, document.number)]
    bodies = [compose(body[:LONGEST_BODY]) for body in document.bodies.values() if body]
    expanded = [pairs(text) for body in (*titles, *bodies) for text in abbreviations.spelt_out(body)]
    body_tokens = [pairs(body) for body in bodies] + expanded
    return {
        "title_exact": _joined(title_tokens, 0),
        "title_folded": _joined(title_tokens, 1),
        "title_pairs": " ".join([*_bigrams(title_tokens), GAP]),
        "keys_exact": _joined(keywords, 0),
        "keys_folded": _joined(keywords, 1),
        "body_exact": _joined(body_tokens, 0),
        "body_folded": _joined(body_tokens, 1),
        "prefixes": " ".join([*_prefixes(titles, document), GAP]),
    }


@lru_cache(maxsize=20_000)
def _short(text: str) -> list[tuple[str, str]]:
    """`pairs` of a text that many documents share, such as a place's name."""
    return pairs(compose(text))


def named(title: str) -> list[str]:
    """A title, and where a second name stands in brackets, both: `Chùa Hang (Kim Sơn Tự)`."""
    head, bracket, rest = title.partition("(")
    return [head.strip(), rest.replace(")", " ").strip()] if bracket and head.strip() else [title]


def _joined(texts: list[list[tuple[str, str]]], form: int) -> str:
    out: list[str] = []
    for text in texts:
        out += [token[form] for token in text]
        out.append(GAP)
    return " ".join(out or [GAP])


def _bigrams(texts: list[list[tuple[str, str]]]) -> Iterable[str]:
    """Neighbouring folded syllables, and the whole of each name under `=`."""
    for text in texts:
        folded = [token[1] for token in text]
        yield from (f"{first}_{second}" for first, second in pairwise(folded))
        if folded:
            yield f"={'_'.join(folded[:12])}"


def _prefixes(titles: list[str], document: Document) -> Iterable[str]:
    """Beginnings of the syllables of the names, and of each name as a whole under `=`."""
    seen: set[str] = set()
    for title in titles:
        for name in named(title):
            syllables = simple(name)
            seen.update(*map(_beginnings, syllables))
            whole = f"={'_'.join(syllables)}"
            seen.update([whole[:end] for end in range(2, min(len(whole), _LONGEST_START) + 1)])
    for syllable in simple(document.number):
        seen.update(_beginnings_of(syllable)[2:])
    return sorted(seen)


def _beginnings_of(syllable: str) -> list[str]:
    return [syllable[:end] for end in range(1, min(len(syllable), _LONGEST_PREFIX) + 1)]


_beginnings = lru_cache(maxsize=10_000)(_beginnings_of)
"""Of a syllable of names, of which there are few; numbers are each another."""


def simple(text: str) -> list[str]:
    """Folded syllables as they are typed: no stems, no Roman numerals, so that a beginning stays one."""
    words = fold(text).replace("-", " ").split()
    return [word if word.isalnum() else _letters_only(word) for word in words if word.strip("-–/()|,.;:")]


def _letters_only(word: str) -> str:
    return "".join(c for c in word if c.isalnum())


def _facets(document: Document) -> dict[str, list[str]]:
    facets = {"kind": [str(document.kind)]}
    if document.years:
        facets["decade"] = decades(*document.years)
    for name, values in document.facets.items():
        found: dict[str, None] = {}
        for value in values:
            parts = value.split("/")
            for depth in range(1, len(parts) + 1):  # a place in a commune is in its district and province too
                found["/".join(parts[:depth])] = None
        facets[name] = list(found)
    return facets


def decades(first: int, last: int) -> list[str]:
    """The first years of the decades that a span touches; of a very long one its first six centuries."""
    return [str(decade) for decade in range(first // 10 * 10, last + 1, 10)][:MOST_DECADES]


def _weight(document: Document) -> float:
    """Engines multiply the relevance by log2(2 + weight), which makes it `boost`; a trace of the id breaks ties."""
    trace = (zlib.crc32(document.id.encode()) % 1000) * 1e-7
    return math.pow(2, min(max(document.boost, 1.0), 2.0) + trace) - 2


def title_order(title: str) -> int:
    """A number by which titles sort as in a Vietnamese dictionary, exact for about the first nine letters."""
    order, slots = 0, 10
    for word in title.split():
        for value in (*_letters(word), 0):
            order, slots = order * 61 + value, slots - 1
            if not slots:
                return order
    return order * 61**slots


@lru_cache(maxsize=10_000)
def _letters(word: str) -> tuple[int, ...]:
    """The letters of a word as numbers from 1 to 60, in the order of the alphabet."""
    letters = (letter for syllable, _tone in sort_key(word) for letter in syllable)
    return tuple(min(letter, 58) + 2 if letter >= 0 else 1 for letter in letters)


def _instant(modified: str) -> int:
    """`2026-11-24T...` as a number that sorts: 20261124hhmmss."""
    digits = "".join(c for c in modified[:19] if c.isdigit())
    return int(digits.ljust(14, "0")) if digits else 0


def _payload(document: Document) -> str:
    return orjson.dumps(
        {
            "id": document.id,
            "kind": str(document.kind),
            "number": document.number,
            "urls": dict(document.urls),
            "titles": {language: compose(text) for language, text in document.titles.items()},
            "names": [compose(name) for name in document.other_names],
            "keywords": [compose(text) for text in document.keywords],
            "bodies": {language: compose(text[:LONGEST_BODY]) for language, text in document.bodies.items()},
            "facets": {name: list(values) for name, values in document.facets.items()},
            "location": document.location,
            "place": document.place,
            "thumbnail": document.thumbnail,
            "modified": document.modified,
        }
    ).decode()
