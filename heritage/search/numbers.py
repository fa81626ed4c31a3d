"""Numbers by which people ask: decisions, register numbers, ISBN, in whatever spelling.

`548/QĐ-TTg`, `548 QĐ TTg`, `QĐ số 548` and `quyết định 548` name one decision. Its keys are `548qd` (the number alone)
and `548qdttg` (with the authority); a document carries both, a query asks for the most precise it can.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from heritage.core.folding import fold

ACTS = {"qd": "quyet dinh", "nq": "nghi quyet", "tt": "thong tu", "nd": "nghi dinh", "ct": "chi thi", "cv": "cong van"}
"""Kinds of official act, abbreviated and in full, folded."""

_ACT = "|".join([*ACTS, *(name.replace(" ", r"\s+") for name in ACTS.values())])
_AUTHORITY = r"ttg|cp|bvhttdl|bvhtt|vhttdl|bvhttt|vhtt|vh|hdbt|ubnd|ub|hdnd|bbt|tw|qh\d*"
_NUMBER = r"(?P<number>\d{1,5})"
_YEAR = r"(?:\s*/\s*(?:19|20)\d\d)?"
_NUMBER_FIRST = re.compile(
    rf"(?<![\w/]){_NUMBER}{_YEAR}\s*[/\-–. ]?\s*(?P<act>{_ACT})\b(?:\s*[/\-–. ]?\s*(?P<authority>{_AUTHORITY})\b)?"
)
_ACT_FIRST = re.compile(
    rf"\b(?P<act>{_ACT})\b\s*(?:so\b)?\s*[:.]?\s*{_NUMBER}{_YEAR}(?![\w])"
    rf"(?:\s*[/\-–. ]?\s*(?:{_ACT})\b)?(?:\s*[/\-–. ]?\s*(?P<authority>{_AUTHORITY})\b)?"
)
_REGISTER = re.compile(r"(?<![\w-])([a-z]{2,4})[-. ]?(\d{2,8})(?![\w-])")
_ISBN = re.compile(r"(?<!\d)97[89][- ]?(?:\d[- ]?){9}\d(?!\d)")
_SIMPLE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in folded text, where it stands, and the key to ask for."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=20_000)
def keys_of(identifier: str) -> list[str]:
    """The keys under which a document's number is found."""
    folded = fold(identifier)
    keys = {_SIMPLE.sub("", folded)}
    for match in (*_NUMBER_FIRST.finditer(folded), *_ACT_FIRST.finditer(folded)):
        keys.add(_key(match, with_authority=False))
        keys.add(_key(match, with_authority=True))
    return sorted(key for key in keys if 2 <= len(key) <= 64)


def key_of(number: str) -> str:
    """The key under which just this number is found: `TN10`, `tn-10` and `TN 10` are one."""
    return _SIMPLE.sub("", fold(number))


def all_keys(identifiers: Iterable[str]) -> list[str]:
    return sorted({key for identifier in identifiers for key in keys_of(identifier)})


def find(folded: str) -> list[Found]:
    """The numbers that stand in a folded query, none overlapping another."""
    found: list[Found] = []
    for pattern in (_NUMBER_FIRST, _ACT_FIRST):
        found.extend(Found(m.start(), m.end(), _key(m, with_authority=True)) for m in pattern.finditer(folded))
    found.extend(Found(m.start(), m.end(), _SIMPLE.sub("", m.group())) for m in _ISBN.finditer(folded))
    found.extend(
        Found(m.start(), m.end(), m.group(1) + m.group(2))
        for m in _REGISTER.finditer(folded)
        if m.group(1) not in ACTS and (" " not in m.group())
    )
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _key(match: re.Match[str], *, with_authority: bool) -> str:
    act = next((short for short, name in ACTS.items() if match["act"].split() == name.split()), match["act"])
    authority = (match["authority"] or "") if with_authority else ""
    return f"{int(match['number'])}{act}{authority}"
