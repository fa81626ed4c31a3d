"""Names of units: the kind apart from the proper name, in running text and in English."""

from heritage.core.folding import fold, nfc

KINDS = {
    "Thành phố": "City",
    "Tỉnh": "Province",
    "Quận": "District",
    "Huyện": "District",
    "Thị xã": "Town",
    "Thị trấn": "Township",
    "Phường": "Ward",
    "Xã": "Commune",
    "Đặc khu": "Special Zone",
}
"""The kinds that official lists print before a name, and the English word that follows it."""


def split_kind(name: str) -> tuple[str, str]:
    """`Xã Ba Tri` -> (`Xã`, `Ba Tri`), whatever its case; kind "" where none stands before the name."""
    name = " ".join(nfc(name).split())
    for kind in KINDS:
        head, rest = name[: len(kind)], name[len(kind) :]
        if head.casefold() == kind.casefold() and rest.startswith(" ") and rest.strip():
            return kind, rest.strip()
    return "", name


def bare(name: str) -> str:
    """`Xã Ba Tri` -> `ba tri`: the proper name folded, by which a typed or printed one is known again."""
    return fold(split_kind(name)[1])


def in_running_text(name: str) -> str:
    """`Xã Ba Tri` -> `xã Ba Tri`, as within a sentence."""
    kind, proper = split_kind(name)
    return f"{kind.lower()} {proper}" if kind else proper


def in_english(name: str) -> str:
    """`Xã Ba Tri` -> `Ba Tri Commune`, `Phường 12` -> `Ward 12`; marks are left out, as on road signs."""
    kind, proper = split_kind(name)
    plain = without_marks(proper)
    if not kind:
        return plain
    return f"{KINDS[kind]} {plain}" if plain.isdigit() else f"{plain} {KINDS[kind]}"


def without_marks(text: str) -> str:
    """`Đắk Lắk` -> `Dak Lak`: the letters of `text` without marks, case kept."""
    folded = "".join(fold(char) or char if char.isalpha() else char for char in nfc(text))
    return "".join(new.upper() if old.isupper() else new for old, new in zip(nfc(text), folded, strict=True))
