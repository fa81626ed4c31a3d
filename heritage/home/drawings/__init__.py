"""Original ink drawings: one for each kind of thing, shown where a thing has no picture, and always marked as drawn.

`make.py` draws them into `heritage/home/static/drawings/`; nothing in them shows a real place.
"""

import re

from heritage.core.folding import nfc

BY_KIND = {
    "monument": "communal-house",
    "component": "gate",
    "intangible": "drum",
    "ich": "drum",
    "object": "jar",
    "documentary": "woodblock",
    "treasure": "bell",
    "lodging": "stilt-house",
    "food": "bowl",
    "shopping": "market",
    "attraction": "mountains",
    "entertainment": "theatre",
    "service": "banyan",
    "ebook": "book",
    "audiobook": "headphones",
    "work": "book",
    "news": "banyan",
    "festival": "drum",
    "place_name": "market",
    "not-found": "boat",
}
"""The drawing of each kind of record, place, work and page."""

BY_WORD = [
    (("chùa", "pagoda"), "pagoda"),
    (("tháp", "tower"), "tower"),
    (("thành", "kinh thành", "ngọ môn", "quan", "luỹ", "lũy", "citadel", "rampart"), "citadel"),
    (("bia", "văn miếu", "stele", "stelae"), "stele"),
    (("chuông", "bell"), "bell"),
    (("đỉnh", "cửu đỉnh", "urns", "urn"), "urn"),
    (("lăng", "mộ", "tomb", "mausoleum"), "gate"),
    (("mộc bản", "châu bản", "thơ văn", "woodblocks", "archive", "archives", "poetry"), "woodblock"),
    (("hồ", "vịnh", "sông", "thác", "bến", "lake", "bay", "waterfall", "river"), "boat"),
    (("núi", "hang", "động", "đèo", "an toàn khu", "atk", "mountain", "cave", "pass", "safety zone"), "mountains"),
    (("dệt", "thổ cẩm", "lụa", "chiếu", "weaving", "brocade", "silk"), "loom"),
    (("gốm", "pottery", "ceramics", "ceramic"), "jar"),
    (("then", "hát", "ca trù", "nhã nhạc", "đàn", "bài chòi", "tuồng", "singing", "music", "lute", "opera"), "lute"),
    (("lễ hội", "cồng chiêng", "festival", "gongs"), "drum"),
    (("nhà", "house", "memorial"), "house"),
    (("đền", "miếu", "đình", "temple", "shrine", "communal"), "communal-house"),
    (("ao", "sen", "vườn", "garden", "lotus"), "lotus"),
]
"""Words of a name that choose a nearer drawing than the kind does; the first that is found wins."""


_WORD = re.compile(r"[^\W_]+")


def path_for(kind: str = "", name: str = "", chosen: str = "") -> str:
    """The static path of the drawing for a thing of `kind` called `name`; `chosen` names a drawing outright."""
    return f"drawings/{chosen or _by_word(kind, name) or BY_KIND.get(kind, 'lotus')}.svg"


def _by_word(kind: str, name: str) -> str:
    if (
        kind not in {"monument", "component", "intangible", "ich", "object", "documentary", "treasure", "festival"}
        or not name
    ):
        return ""
    words = f" {' '.join(_WORD.findall(nfc(name).casefold()))} "
    return next((drawing for listed, drawing in BY_WORD if any(f" {word} " in words for word in listed)), "")


def names() -> list[str]:
    """Every drawing there is, in order of name."""
    return sorted({*BY_KIND.values(), *(drawing for _words, drawing in BY_WORD)})
