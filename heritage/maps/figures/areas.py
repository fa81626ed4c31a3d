"""The areas that figures are given for: units of today with their outlines, units of before 1 July 2025 by name.

Outlines of the provinces are shipped. Boundaries of communes and of former units are not: those that an office has
loaded (in the admin, or by `places load_boundaries`) are shaded, every other unit is a circle in the middle of its
records.
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
from heritage.core.folding import fold
from heritage.places.geometry.provinces import outlines
from heritage.places.models import Unit, UnitBoundary
from heritage.places.naming import bare

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
    credit: str = ""
    """Source and licence of a loaded outline."""


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


def _printed_commune(prefix: str) -> Any:
    return Concat(F(f"{prefix}commune_printed"), Value(SEPARATOR), _printed_district(prefix))


def _present(keys: Iterable[str], middles: Middles) -> dict[str, Area]:
    """Present units by primary key, with the outline that is shipped or was loaded."""
    units = Unit.objects.select_related("province").in_bulk([int(key) for key in keys])
    loaded = {boundary.unit_id: boundary for boundary in UnitBoundary.objects.filter(unit__in=units).iterator()}
    areas = {}
    for pk, unit in units.items():
        boundary = loaded.get(pk)
        outline = unit.code if boundary is None and _outline(unit) else ""
        geometry = _simple(boundary.geometry) if boundary else _outline(unit)
        at = _inside(geometry) if geometry else middles.get(str(pk))
        areas[str(pk)] = Area(str(pk), _name(unit), at, geometry, outline, unit.code, _credit(boundary))
    return areas


def _former(keys: Iterable[str], middles: Middles) -> dict[str, Area]:
    """Units as decisions before 1 July 2025 printed them, with the outline that an office has loaded of such a unit."""
    loaded, areas = _former_boundaries(), {}
    for key in keys:
        parts = [part for part in key.split(SEPARATOR) if part]
        boundary = loaded.get(tuple(map(fold, parts))) or loaded.get(tuple(map(bare, parts)))
        geometry = _simple(boundary.geometry) if boundary else None
        at = _inside(geometry) if geometry else middles.get(key)
        areas[key] = Area(key, ", ".join(parts), at, geometry, credit=_credit(boundary))
    return areas


def _former_boundaries() -> dict[tuple[str, ...], UnitBoundary]:
    """By the names of a unit and those above it, with their kinds and without; without, where that is one unit."""
    rows = UnitBoundary.objects.filter(unit__valid_to__isnull=False).select_related("unit__parent__parent")
    whole: dict[tuple[str, ...], UnitBoundary] = {}
    proper: dict[tuple[str, ...], UnitBoundary | None] = {}
    for boundary in rows.order_by("unit__valid_to"):  # of two forms of one name the later one is meant
        names, unit = [], boundary.unit
        while unit:
            names.append(unit.name)
            unit = unit.parent  # type: ignore[assignment]
        whole[tuple(map(fold, names))] = boundary
        short = tuple(map(bare, names))
        other = proper.get(short, boundary)
        proper[short] = boundary if other and other.unit.name == boundary.unit.name else None
    return whole | {names: one for names, one in proper.items() if one and names not in whole}


def _credit(boundary: UnitBoundary | None) -> str:
    return " · ".join(filter(None, (boundary.source, boundary.licence))) if boundary else ""


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
        Division("former-commune", _("communes before July 2025"), _printed_commune, _former),
    )
}
