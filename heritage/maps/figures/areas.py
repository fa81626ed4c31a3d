"""The areas that figures are given for: units of today with their outlines, units of before 1 July 2025 by name.

Outlines of the provinces are shipped. Boundaries of communes are not: those that a department has loaded
(`places load_boundaries`) are shaded, every other unit is a circle in the middle of its records.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.core import languages
from heritage.places.geometry.provinces import outlines
from heritage.places.models import Unit, UnitBoundary

TOLERANCE = 0.002
"""Degrees by which a boundary may be simplified for a map of figures, about 200 m."""
SEPARATOR = " | "


@dataclass(frozen=True)
class Area:
    """One unit: `at` is where its number stands (None: nowhere), `geometry` GeoJSON where it has an outline."""

    key: str
    name: str
    at: tuple[float, float] | None
    geometry: dict[str, Any] | None = None
    outline: str = ""
    """Code of the shipped outline that `geometry` is; "" where it was loaded or there is none."""
    unit: str = ""
    """Code of the present unit, to list its records."""


Middles = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Division:
    """A way to divide the country. `key` is an expression over a record, "" where the record tells no unit.

    `prefix` leads from the model that is counted to the record.
    """

    slug: str
    label: str | Promise
    key: Callable[[str], Any]
    describe: Callable[[Iterable[str], Middles], dict[str, Area]]


def _province(prefix: str) -> Any:
    return Coalesce(F(f"{prefix}unit__province"), F(f"{prefix}unit"))


def _unit(prefix: str) -> Any:
    return F(f"{prefix}unit")


def _printed_province(prefix: str) -> Any:
    return F(f"{prefix}province_printed")


def _printed_district(prefix: str) -> Any:
    return Concat(F(f"{prefix}district_printed"), Value(SEPARATOR), F(f"{prefix}province_printed"))


def _present(keys: Iterable[str], middles: Middles) -> dict[str, Area]:
    """Present units by primary key, with the outline that is shipped or was loaded."""
    units = Unit.objects.select_related("province").in_bulk([int(key) for key in keys])
    loaded = {
        boundary.unit_id: boundary.geometry for boundary in UnitBoundary.objects.filter(unit__in=units).iterator()
    }
    areas = {}
    for pk, unit in units.items():
        outline = unit.code if pk not in loaded and _outline(unit) else ""
        geometry = _simple(loaded[pk]) if pk in loaded else _outline(unit)
        at = _inside(geometry) if geometry else middles.get(str(pk))
        areas[str(pk)] = Area(str(pk), _name(unit), at, geometry, outline, unit.code)
    return areas


def _former(keys: Iterable[str], middles: Middles) -> dict[str, Area]:
    """Units as decisions before 1 July 2025 printed them; no outline of them is at hand."""
    names = {key: ", ".join(part for part in key.split(SEPARATOR) if part) for key in keys}
    return {key: Area(key, name, middles.get(key)) for key, name in names.items()}


def _name(unit: Unit) -> str:
    """As a line of a table begins; a commune with its province, for names occur in several."""
    own = unit.name_en if languages.current() == "en" and unit.name_en else unit.name
    return f"{own}, {unit.province.label()}" if unit.province else own


def _outline(unit: Unit) -> dict[str, Any] | None:
    return _outlines().get(unit.code) if unit.level == "province" and unit.valid_to is None else None


@cache
def _outlines() -> dict[str, dict[str, Any]]:
    return {one["properties"]["code"]: one["geometry"] for one in outlines()["features"]}


def _simple(geometry: dict[str, Any]) -> dict[str, Any]:
    simple = shapely.simplify(shapely.geometry.shape(geometry), TOLERANCE)
    return shapely.geometry.mapping(shapely.set_precision(simple, 0.0001))


def _inside(geometry: dict[str, Any]) -> tuple[float, float]:
    """A point in the largest part, which is where a reader looks for the number."""
    shape = shapely.geometry.shape(geometry)
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    point = largest.representative_point()
    return round(point.y, 4), round(point.x, 4)


DIVISIONS = {
    one.slug: one
    for one in (
        Division("province", _("provinces of today"), _province, _present),
        Division("commune", _("communes and wards of today"), _unit, _present),
        Division("former-province", _("provinces before July 2025"), _printed_province, _former),
        Division("former-district", _("districts before July 2025"), _printed_district, _former),
    )
}
