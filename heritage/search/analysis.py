"""Analysis: the one way text becomes tokens, for documents and queries, for both engines.

Each word has an exact form, in which spellings that mean the same are one (`hoà`/`hòa`, `kỷ`/`kỉ`, any case, composed
or not), and a folded form without marks, in which `XIX` is `19`, `06` is `6` and English words lose their endings.
Hán and Nôm characters are a token each. Change anything here and `VERSION` too: the index is then built anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from heritage.core.folding import fold

VERSION = 1
GAP = "|"
"""The token between texts that do not belong together, so that no phrase runs over it."""

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
WORD = re.compile(rf"(?:[^\W_{_HAN}]+|[\u0300-\u036f]+)++|[{_HAN}]")
_ROMAN = re.compile(r"(?=[IVX]{2,6}\Z)X{0,3}(?:IX|IV|V?I{0,3})\Z")
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_LAST_DIGIT = re.compile(r"[IVX](?![^\W_])")
"""Where a Roman numeral may end, whose meaning depends on the word before (`thế kỷ X`)."""
_TONE = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_CLUSTER = re.compile(rf"(?:(?<=o)([ae])|(?<=u)(?<!qu)(y))([{_TONE}])\Z")
_FINAL_Y = re.compile(rf"\A(h|k|l|m|s|t|v|qu)y([{_TONE}]?)\Z")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands (code points of the NFC text) and its two forms."""

    start: int
    end: int
    exact: str
    folded: str


def compose(text: str) -> str:
    """NFC without control characters: the text whose offsets `tokens` speaks of."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return unicodedata.normalize("NFC", text)


def places(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, exact and folded form of each word of a composed text, in order."""
    previous = ""
    for match in WORD.finditer(text):
        surface = match.group()
        exact, folded = forms(surface)
        if previous == "ki" and surface in ROMAN_DIGITS:  # "thế kỷ X"
            folded = str(ROMAN_DIGITS[surface])
        yield match.start(), match.end(), exact, folded
        previous = folded


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a composed text, in order."""
    return (Token(*place) for place in places(text))


def pairs(text: str) -> list[tuple[str, str]]:
    """Exact and folded form of each token: `tokens` without offsets, for indexing."""
    if _LAST_DIGIT.search(text):
        return [(exact, folded) for _start, _end, exact, folded in places(text)]
    out: list[tuple[str, str]] = []
    for written in text.split():
        out += _pairs_of(written)
    return out


@lru_cache(maxsize=30_000)
def _pairs_of(written: str) -> tuple[tuple[str, str], ...]:
    """`pairs` of what stands between two spaces; a language has few such, so most are analysed once."""
    return tuple(map(forms, WORD.findall(written)))


@lru_cache(maxsize=50_000)
def forms(surface: str) -> tuple[str, str]:
    """Exact and folded form of one word as written."""
    exact = _respelt(surface.casefold())
    folded = fold(exact)
    if roman(surface):
        folded = str(roman(surface))
    elif folded.isdecimal() and len(folded) == 2:
        folded = str(int(folded))
    elif folded.isascii():
        folded = stem(folded)
    return exact, folded or exact


def roman(surface: str) -> int:
    """The value of a Roman numeral of two or more capital letters up to XXXIX, else 0."""
    if not _ROMAN.match(surface):
        return 0
    values = [ROMAN_DIGITS[letter] for letter in surface]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _respelt(word: str) -> str:
    """The tone on the first vowel of an open oa, oe, uy; i for a final y after one consonant."""
    if word.isascii():
        return _FINAL_Y.sub(r"\1i\2", word)
    apart = _OPEN_CLUSTER.sub(lambda m: m.group(3) + (m.group(1) or m.group(2)), _tone_apart(word))
    return unicodedata.normalize("NFC", _FINAL_Y.sub(r"\1i\2", apart))


def _tone_apart(word: str) -> str:
    """Tones split from their letters; the letters â ê ô ă ơ ư stay whole."""
    out = []
    for char in word:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in marks if c in _TONE)
        letter = "".join(c for c in marks if c not in _TONE) if tone else char
        out.append(unicodedata.normalize("NFC", letter) + tone)
    return "".join(out)


def stem(word: str) -> str:
    """A light English stem: plurals, -ing, -ed and a last e fall.

    Vietnamese syllables keep their form, because none of five letters or more ends so.
    """
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word


class _Folding(dict[int, str]):
    """Each letter's folded form, one character for one, found when first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = (fold(chr(code)) or " ")[0]
        return folded


_FOLDING = _Folding()


def fold_in_place(text: str) -> str:
    """`text` folded character by character, so that offsets hold."""
    return text.translate(_FOLDING)


def is_marked(surface: str) -> bool:
    """Whether a word carries Vietnamese marks, so that its exact form is meant."""
    return not surface.isascii() and any(c == "đ" or unicodedata.decomposition(c) for c in surface.casefold())
