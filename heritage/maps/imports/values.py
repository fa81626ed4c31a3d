"""Texts of a row as values of a place, each checked; what cannot be taken is named with what would be right."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from heritage.catalog.imports.report import Refusal
from heritage.core.folding import fold
from heritage.maps.imports.reading import Row
from heritage.maps.models import Answer, Category, Place, PlaceKind, PriceBand
from heritage.maps.models.vocabulary import KIND_OF

TAKEN = [
    "kind",
    "category",
    "name_vi",
    "name_en",
    "description_vi",
    "description_en",
    "address",
    "latitude",
    "longitude",
    "coord_accuracy_m",
    "coord_confirmed",
    "phone",
    "zalo",
    "email",
    "website",
    "opening_hours",
    "price_band",
    "price_from",
    "price_to",
    "wheelchair",
    "accessibility_vi",
    "accessibility_en",
    "languages_spoken",
    "payment",
    "licence_number",
    "rooms",
    "stars",
    "stars_verified_by",
    "stars_verified_on",
    "dishes_vi",
    "dishes_en",
    "vegetarian",
    "halal",
    "products_vi",
    "products_en",
    "ocop_grade",
    "verified_on",
    "verified_by",
    "is_sample",
]
"""Fields that a file may set."""
OTHERS = {"source", "source_key", "source_licence", "unit_code", "number"}
CHOICES = {"kind": PlaceKind, "category": Category, "price_band": PriceBand} | dict.fromkeys(
    ("wheelchair", "vegetarian", "halal"), Answer
)
WHOLE = {"rooms", "price_from", "price_to", "coord_accuracy_m", "stars", "ocop_grade"}
YES = {"yes", "true", "1", "x", "co"}


@dataclass
class Taken:
    """Values by field and the new place that they make (unsaved, without a unit), or why not."""

    row: Row
    place: Place | None = None
    values: dict[str, Any] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        value = self.row.values.get(column, "")[:120]
        self.refusals.append(Refusal(self.row.line, self.row.values.get("source_key", ""), column, value, reason))


def take(row: Row, default_kind: str = "") -> Taken:
    """The row's values; where it has refusals none of it is to be used."""
    taken = Taken(row)
    if row.fault:
        taken.refuse("", row.fault)
        return taken
    for name in TAKEN:
        if name in row.values:
            _take_one(taken, name, row.values[name])
    if not taken.values.get("kind"):
        category = taken.values.get("category")
        taken.values["kind"] = KIND_OF[Category(category)].value if category else default_kind
    if not taken.refusals:
        _check_whole(taken)
    return taken


def _take_one(taken: Taken, name: str, text: str) -> None:
    try:
        taken.values[name] = _value(name, text)
    except ValidationError as error:
        taken.refuse(name, " ".join(error.messages))
    except ValueError:
        taken.refuse(name, _("A number is wanted here."))


def _value(name: str, text: str) -> Any:
    model_field = _field(name)
    if name in CHOICES:
        return _choice(name, text)
    if name in ("coord_confirmed", "is_sample"):
        return fold(text) in YES
    if not text:
        return None if model_field.null else ""
    if name in ("latitude", "longitude"):
        return round(float(text.replace(",", ".")), 7)
    if name in WHOLE:
        return model_field.clean(int(text.replace(".", "").replace(" ", "")), None)
    return model_field.clean(text, None)


def _choice(name: str, text: str) -> str:
    """A choice by its value or by its label in either language."""
    if not text:
        return ""
    known = _labels(name)
    if fold(text) not in known:
        message = _("“%(text)s” is none of: %(choices)s.")
        raise ValidationError(message % {"text": text, "choices": ", ".join(CHOICES[name].values)})
    return known[fold(text)]


@cache
def _labels(name: str) -> dict[str, str]:
    from django.utils import translation

    known = {fold(value): value for value in CHOICES[name].values}
    for language in ("vi", "en"):
        with translation.override(language):
            known |= {fold(str(label)): value for value, label in CHOICES[name].choices}
    return known


@cache
def _field(name: str) -> Field:
    return Place._meta.get_field(name)  # type: ignore[return-value]


def _check_whole(taken: Taken) -> None:
    values = taken.values
    if (values.get("latitude") is None) != (values.get("longitude") is None):
        taken.refuse("latitude", _("Give both latitude and longitude, or neither."))
        return
    if not values["kind"]:
        taken.refuse("kind", _("Say the kind of place: %s.") % ", ".join(PlaceKind.values))
    if values.get("stars") and not (values.get("stars_verified_by") and values.get("stars_verified_on")):
        taken.refuse("stars", _("Say who verified the stars and when; unverified stars are not shown."))
    if not values.get("name_vi"):
        taken.refuse("name_vi", _("A place needs a name."))
    if taken.refusals:
        return
    try:
        taken.place = Place(**values)
        taken.place.clean()
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            taken.refuse(column, " ".join(messages))
