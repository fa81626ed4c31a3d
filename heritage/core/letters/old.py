"""The two sets of letters and how each is turned into Unicode and back.

TCVN3 ("ABC") is the third set of TCVN 5712:1993: one character of 0xA1 to 0xFF a letter. VNI-Win writes a vowel and,
behind it, a second character for its marks; a few letters have a character of their own.
"""

import re

from heritage.core.folding import nfc

NAMES = {"tcvn3": "TCVN3 (ABC, .VnTime)", "vni": "VNI-Win (VNI-Times)"}

_TCVN3 = (
    "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ"  # 0xA0
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"  # 0xB0: five marks that follow their letter, then letters
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # 0xC0
    "éẹềểễếệìỉỄẾỒĩíịò"  # 0xD0
    "Ổỏõóọồổỗốộờởỡớợù"  # 0xE0
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # 0xF0
)
_TCVN3_TABLE = dict(enumerate(_TCVN3, 0xA0))
_TCVN3_MARKS = {code: _TCVN3_TABLE.pop(code) for code in range(0xB0, 0xB5)}

_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HAT = "\u0302"
_HATS = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = "\u0306"
_BREVES = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í"}


def _vni() -> dict[str, str]:
    """Everything of one or two characters that means a letter, small and capital."""
    found = dict(_VNI_SINGLE)
    for vowel in "aeouyôö":  # ô and ö stand for ơ and ư
        base = _VNI_SINGLE.get(vowel, vowel)
        found |= {vowel + sign: nfc(base + tone) for sign, tone in _TONES.items()}
    for vowel in "aeo":
        found |= {vowel + sign: nfc(vowel + _HAT + tone) for sign, tone in _HATS.items()}
    found |= {"a" + sign: nfc("a" + _BREVE + tone) for sign, tone in _BREVES.items()}
    capitals = {old.upper(): new.upper() for old, new in found.items()}
    mixed = {old[0].upper() + old[1]: new.upper() for old, new in found.items() if len(old) == 2}
    return mixed | capitals | found


_VNI = _vni()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_TCVN3_MARKED = re.compile(r"(?<=[aeiouyAEIOUYăâêôơưĂÂÊÔƠƯ])[\xb0-\xb4]")
_MODERN = re.compile("[\u0102-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")
"""Letters and marks that only Unicode has; old letters are all below U+0100."""


def _from_tcvn3(text: str) -> str:
    marked = _TCVN3_MARKED.sub(lambda found: _TCVN3_MARKS[ord(found[0])], text.translate(_TCVN3_TABLE))
    return nfc(marked)


def _from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], text)


_TO_TCVN3 = {ord(letter): code for code, letter in _TCVN3_TABLE.items()}
_NO_CAPITAL = {ord(letter): letter.lower() for letter in "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"}
_TO_VNI = {new: old for old, new in _VNI.items() if old == old.lower() or old == old.upper()}


def from_letters(text: str, letters: str) -> str:
    """`text` in Unicode, composed; a text that has Unicode's own Vietnamese letters is left as it is.

    Raises:
        KeyError: `letters` is none of `LETTERS`.
    """
    turn = LETTERS[letters]
    return text if text.isascii() or _MODERN.search(text) else turn(text)


def to_letters(text: str, letters: str) -> str:
    """Composed text as the old fonts need it. TCVN3 lacks many capitals with tones: they fall to small letters."""
    if letters == "vni":
        return "".join(_TO_VNI.get(char, char) for char in text)
    return text.translate(_NO_CAPITAL).translate(_TO_TCVN3)


LETTERS = {"tcvn3": _from_tcvn3, "vni": _from_vni}
