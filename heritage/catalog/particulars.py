"""What a record of its kind says in lines of its own: label and value in the page's language, blanks left out."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models import Dimension, Record
from heritage.catalog.models.particulars import FIELDS_OF
from heritage.catalog.wording import day_text
from heritage.core import languages

PAIRED = {
    "built": _("Built"),
    "dedicated": _("Dedicated to"),
    "community": _("Community"),
    "material": _("Material"),
    "technique": _("Technique"),
    "carrier": _("Carrier"),
    "extent": _("Extent"),
    "honours": _("Honours"),
    "organiser": _("Organised by"),
    "name_origin": _("Origin of the name"),
}
"""Texts in two columns, by the stem of their names."""
CHOSEN = {
    "ownership": _("Ownership"),
    "vitality": _("Vitality"),
    "festival_scale": _("Scale"),
    "named_feature": _("What bears the name"),
}
PLAIN = {
    "inventory_number": _("Inventory number"),
    "item_count": _("Number of pieces"),
    "naming_decision": _("Decision that gave the name"),
}


def lines(record: Record) -> list[tuple[str, str]]:
    """The lines of `record` in the order of its kind's fields."""
    return [line for name in FIELDS_OF.get(record.kind, ()) if (line := _line(record, name))]


def _line(record: Record, name: str) -> tuple[str, str] | None:
    stem = name.removesuffix("_vi")
    if stem in PAIRED and name.endswith("_vi"):
        return _shown(PAIRED[stem], languages.in_language(record, stem))
    if name in CHOSEN:
        return _shown(CHOSEN[name], str(getattr(record, f"get_{name}_display")()))
    if name in PLAIN:
        return _shown(PLAIN[name], getattr(record, name))
    if name == "scripts":
        return _shown(_("Languages and scripts"), ", ".join(Record._meta.get_field("scripts").labels(record.scripts)))
    if name == "named_on" and record.named_on:
        return str(_("Named on")), day_text(record.named_on)
    return None


def _shown(label: Any, value: Any) -> tuple[str, str] | None:
    return (str(label), str(value)) if value not in ("", None) else None


def dimensions(rows: Iterable[Dimension]) -> list[str]:
    """`height 25.5 cm`, with a comma where the language has one."""
    return [
        f"{row.get_measure_display()} {_number(row.value)} {row.unit}{f' ({row.part})' if row.part else ''}"
        for row in rows
    ]


def _number(value: Decimal) -> str:
    whole = Decimal(value).normalize()
    exponent = whole.as_tuple().exponent
    return number_format(whole, decimal_pos=max(0, -exponent if isinstance(exponent, int) else 0))


def as_json(record: Record) -> dict[str, Any]:
    """The same for machines: names of columns, texts by language, keys of choices; blanks left out."""
    found: dict[str, Any] = {}
    for name in FIELDS_OF.get(record.kind, ()):
        stem = name.removesuffix("_vi").removesuffix("_en")
        value = languages.pair(record, stem) if stem in PAIRED else getattr(record, name)
        if value not in ("", None, [], {}, False):
            found[stem] = value.isoformat() if hasattr(value, "isoformat") else value
    return found
