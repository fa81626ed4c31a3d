"""Folding: the one way this archive makes Vietnamese text comparable without marks.

Unicode NFD splits every Vietnamese vowel from its marks but leaves đ whole, so đ is folded by hand (Unicode Standard,
section 3.11; đ, U+0111, has no decomposition).
"""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")


def nfc(text: str) -> str:
    """The composed form in which the archive stores all text."""
    return unicodedata.normalize("NFC", text)


class _Bare(dict[int, int | None]):
    """For `str.translate`: marks fall, every other character stays; scripts met often are kept, rare ones are not."""

    def __missing__(self, code: int) -> int | None:
        bare = None if unicodedata.combining(chr(code)) else code
        if code < _OFTEN:
            self[code] = bare
        return bare


_OFTEN = 0x3000
_BARE = _Bare({ord("đ"): ord("d"), ord("Đ"): ord("D"), 0: None})  # PostgreSQL keeps no text with a NUL


def fold(text: str) -> str:
    """Lower case without marks, spaces single: `Chùa  Hang` and `chua hang` fold to the same text."""
    bare = unicodedata.normalize("NFD", text).translate(_BARE)
    return _SPACE.sub(" ", bare.casefold()).strip()


def slug(text: str) -> str:
    """`text` as part of an address: folded, words joined by hyphens, at most 80 characters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:80].rstrip("-")


_TONES = {"̀": 2, "̉": 3, "̃": 4, "́": 5, "̣": 6}
_LETTERS = {c: i for i, c in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


def sort_key(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Sorts as Vietnamese dictionaries do: syllable by syllable, by letters (đ after d), tones last."""
    return tuple(_syllable_key(syllable) for syllable in re.findall(r"\w+", nfc(text).casefold()))


@lru_cache(maxsize=20_000)
def _syllable_key(syllable: str) -> tuple[tuple[int, ...], int]:
    tone, letters = 1, []
    for char in syllable:
        marks = [m for m in unicodedata.normalize("NFD", char) if m in _TONES]
        if marks:
            tone = _TONES[marks[0]]
            kept = "".join(m for m in unicodedata.normalize("NFD", char) if m not in _TONES)
            char = unicodedata.normalize("NFC", kept)
        letters.append(
            _LETTERS.get(char, ord(char) if char.isdigit() else 1000 + ord(char)) - (100 if char.isdigit() else 0)
        )
    return tuple(letters), tone
