"""Which record and which zone an area of a file means, as its properties or its name say it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.imports import values
from heritage.catalog.imports.report import sentence
from heritage.catalog.models import ZoneKind
from heritage.core.folding import fold
from heritage.places.geometry import shapes
from heritage.places.geometry.files.found import Found

COLUMNS = {
    "record": ("record", "number", "so_hieu", "ma_di_tich", "ma_ho_so"),
    "zone": ("zone", "khu_vuc", "vung", "loai_kv"),
    "stated_area_m2": ("stated_area_m2", "stated", "dien_tich", "dt_bienban"),
    "source": ("source", "nguon"),
    "valid_from": ("valid_from", "tu_ngay"),
    "valid_to": ("valid_to", "den_ngay"),
}
"""Properties of an area by what they say, folded, with underscores; a .dbf cuts names to ten letters."""
_ZONE = re.compile(r"(?:^|[^a-z0-9])(ii|i|2|1)$")
_BOTH = re.compile(r"^\s*(?P<record>[^\s,;:_|]+)[\s,;:_|]+(?P<zone>.+)$")


class WrongAreaError(ValueError):
    """The area cannot be taken; the message says what would be right."""

    def __init__(self, column: str, value: str, message: str, number: str = "") -> None:
        super().__init__(message)
        self.column, self.value, self.number = column, value[:120], number


@dataclass
class Named:
    """One area of a file, ready for its record: `line` is its place in the file from 1, `values` are of the zone."""

    line: int
    number: str
    kind: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)


def name(line: int, found: Found, record: str = "", zone: str = "", source: str = "") -> Named:
    """What `found` is; `record`, `zone` and `source` hold where it does not say so itself.

    Raises:
        WrongAreaError: no record or zone is named, or a value cannot be taken.
    """
    said = _said(found.properties)
    match = _BOTH.match(found.name)
    number = said.get("record") or record or (match["record"] if match and kind_of(match["zone"]) else "")
    if not number:
        message = _(
            "Name the record: a property “record” with its number, a name such as “TN05 I”, or --record for the file."
        )
        raise WrongAreaError("record", found.name, message)
    written = said.get("zone") or zone or (match["zone"] if match else "") or found.name
    kind = kind_of(written)
    if not kind:
        message = _("Write the zone as I or II: in a property “zone”, at the end of the name, or with --zone.")
        raise WrongAreaError("zone", written, message, number)
    named = Named(line, number, kind, found.name or f"{number} {kind}", {"geometry": shapes.write(found.area)})
    readers: dict[str, Callable[[str], Any]] = {
        "stated_area_m2": area_m2,
        "source": lambda text: text[:300],
        "valid_from": values.day,
        "valid_to": values.day,
    }
    said.setdefault("source", source)
    for column, reader in readers.items():
        if text := said.get(column, ""):
            try:
                named.values[column] = reader(text)
            except values.WrongValueError as error:
                raise WrongAreaError(column, text, sentence(str(error)), number) from error
    return named


def kind_of(text: str) -> str:
    """`Khu vực bảo vệ II`, `zone 2`, `KV1` -> the kind of zone; "" where it says none."""
    folded = re.sub(r"(kv|khu vuc|zone|vung)(?=[i12])", r"\1 ", fold(text).strip())
    match = _ZONE.search(folded)
    return (
        {"i": ZoneKind.ONE, "1": ZoneKind.ONE, "ii": ZoneKind.TWO, "2": ZoneKind.TWO}[match[1]].value if match else ""
    )


def area_m2(text: str) -> Decimal:
    """`12.345,6 m²`, `12345.60` -> square metres as the minutes print them."""
    digits = re.sub(r"\s*(m2|m²)$", "", text.strip(), flags=re.IGNORECASE).replace(" ", "").replace("\u00a0", "")
    if "," in digits:
        digits = (
            digits.replace(".", "").replace(",", ".")
            if digits.rfind(",") > digits.rfind(".")
            else digits.replace(",", "")
        )
    elif digits.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        digits = digits.replace(".", "")
    try:
        found = Decimal(digits)
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or not 0 < found < 10**12:
        raise values.WrongValueError(_("Write the area in square metres, such as 12345.6 or 12.345,6."))
    return found.quantize(Decimal("0.01"))


def _said(properties: dict[str, str]) -> dict[str, str]:
    given = {re.sub(r"[\s-]+", "_", fold(key).strip()): str(value).strip() for key, value in properties.items()}
    found = {}
    for column, keys in COLUMNS.items():
        if text := next((given[key] for key in keys if given.get(key)), ""):
            found[column] = text
    return found
