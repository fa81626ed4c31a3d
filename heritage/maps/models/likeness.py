"""By what two entries are known for one place: the name without marks and case, and the telephone's digits."""

import re

from heritage.core.folding import fold

COUNTRY = "84"


def name_key(name: str) -> str:
    return fold(name)[:200]


def digits(phone: str) -> str:
    """The digits of the first number given, written as at home: `+84 912 345 678` is `0912345678`; "" below seven."""
    first = re.split(r"[;,/]", phone or "", maxsplit=1)[0]
    found = re.sub(r"\D", "", first)
    if first.strip().startswith("+") or found.startswith("00"):
        found = found.removeprefix("00")
        found = "0" + found.removeprefix(COUNTRY) if found.startswith(COUNTRY) else found
    return found[:20] if len(found) >= 7 else ""
