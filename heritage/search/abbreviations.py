"""Abbreviations of official Vietnamese, spelt out for documents and queries alike."""

import re

ABBREVIATIONS = {
    "ATK": "an toàn khu",
    "BVHTTDL": "Bộ Văn hóa Thể thao và Du lịch",
    "CT": "chủ tịch",
    "DSVH": "di sản văn hóa",
    "DTLS": "di tích lịch sử",
    "DTLSVH": "di tích lịch sử văn hóa",
    "DLTC": "danh lam thắng cảnh",
    "GS": "giáo sư",
    "HCM": "Hồ Chí Minh",
    "HĐND": "hội đồng nhân dân",
    "KTNT": "kiến trúc nghệ thuật",
    "LSVH": "lịch sử văn hóa",
    "PVT": "phi vật thể",
    "QG": "quốc gia",
    "QGĐB": "quốc gia đặc biệt",
    "TNXP": "thanh niên xung phong",
    "TTg": "Thủ tướng",
    "UBND": "ủy ban nhân dân",
    "VHTT": "văn hóa thông tin",
    "VHTTDL": "Văn hóa Thể thao và Du lịch",
    "VHPVT": "văn hóa phi vật thể",
    # Kinds of unit, only where a full stop or a following name in capitals makes them one.
    "TP": "thành phố",
    "TX": "thị xã",
}
UNITS = {
    "TP": "thành phố",
    "TX": "thị xã",
    "TT": "thị trấn",
    "Q": "quận",
    "H": "huyện",
    "P": "phường",
    "X": "xã",
    "T": "tỉnh",
}
"""Read only before a full stop: `Q. Phú Xuân`, `TP.Huế`."""

_TWO_CAPITALS = re.compile(r"[A-ZĐ]{2}")
_CAPITALS = re.compile(rf"\b(?:{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})\b")
_UNIT = re.compile(rf"\b({'|'.join(sorted(UNITS, key=len, reverse=True))})\.\s*(?=\w)", re.IGNORECASE)


def spelt_out(text: str) -> list[str]:
    """The full forms of the abbreviations in a document's text."""
    if not _TWO_CAPITALS.search(text):
        return []
    return [ABBREVIATIONS[found] for found in dict.fromkeys(_CAPITALS.findall(text))]


def units_spelt_out(text: str) -> str:
    """`Q. Phú Xuân, TP.Huế` as `quận Phú Xuân, thành phố Huế`."""
    return _UNIT.sub(lambda match: f"{UNITS[match[1].upper()]} ", text)
