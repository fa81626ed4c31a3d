"""Which letters a text is written in: of all readings the one whose words are Vietnamese syllables."""

import re
import unicodedata
from collections.abc import Iterator

from heritage.core.folding import nfc
from heritage.core.letters.old import LETTERS, from_letters

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_NUCLEUS = (
    "(?:uyê|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uyu|uya|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|"
    "ia|iê|ya|yê|ua|uô|ưa|ươ|oa|oă|oe|uê|uy|uơ|uâ|oo|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}(?:ng|nh|ch|[cmnpt])?")
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_TONES = str.maketrans(dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323")))
LEAST_WORDS = 2
SURE = 0.7
"""The share of words with marks that must be syllables; names of other tongues and signs are the rest."""


def looks_vietnamese(text: str) -> float:
    """The share of Vietnamese syllables among the words of `text` that are not ASCII; 1.0 where there are none."""
    words = list(_marked(text))
    return sum(map(_is_syllable, words)) / len(words) if words else 1.0


def recognise(text: str) -> str:
    """`tcvn3` or `vni` where `text` is written so, "" where it reads as it stands or nothing can be told."""
    if len(list(_marked(text))) < LEAST_WORDS or looks_vietnamese(text) >= SURE:
        return ""
    found = {letters: looks_vietnamese(from_letters(text, letters)) for letters in LETTERS}
    best = max(found, key=lambda letters: found[letters])
    return best if found[best] >= SURE else ""


def _marked(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(text) if not word.isascii())


def _is_syllable(word: str) -> bool:
    split = unicodedata.normalize("NFD", word.casefold())
    tones = sum(char in "\u0300\u0301\u0303\u0309\u0323" for char in split)
    return tones <= 1 and _SYLLABLE.fullmatch(nfc(split.translate(_TONES))) is not None
