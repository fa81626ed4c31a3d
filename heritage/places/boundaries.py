"""Taking in the boundaries of units from a file that an office has: units in force, or those of a day before."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.db import transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q
from django.utils.translation import gettext as _

from heritage.core.folding import fold
from heritage.places.geometry import provinces, shapes
from heritage.places.geometry.files import found, geojson, shapefile
from heritage.places.models import Unit, UnitBoundary
from heritage.places.models.unit import REORGANISATION, Level
from heritage.places.naming import bare
from heritage.places.queries import with_units_above

CODES = ("code", "ma_xa", "maxa", "ma", "ma_dvhc", "madvhc", "ward_code", "ma_huyen", "mahuyen", "ma_tinh", "matinh")
"""Names under which files keep the unit's code, letters' case aside; the lowest unit first."""
NAMES = ("ten_xa", "tenxa", "ward", "ten_huyen", "tenhuyen", "ten_tinh", "tentinh", "ten", "ten_dvhc", "name")
ABOVE = ("ten_huyen", "tenhuyen", "ten_tinh", "tentinh", "huyen", "tinh", "district", "province")
MOST = 12_000
"""More than there ever were communes."""
EXTENT = shapely.box(102.0, 6.0, 118.0, 23.6)
"""West, south, east, north of Viet Nam with both archipelagos."""
LAST_DAY_BEFORE = REORGANISATION - dt.timedelta(days=1)


@dataclass
class Loaded:
    """What a load did: how many boundaries, why others were left out, and what to look at in those that were kept."""

    count: int = 0
    refused: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class _Units:
    """The units of one day by code and by name."""

    def __init__(self, day: dt.date | None) -> None:
        rows = Unit.objects.current() if day is None else Unit.objects.on(day)
        self.by_code: dict[str, Unit] = {}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in with_units_above(rows):
            self.by_code[unit.code] = unit
            for name in {fold(unit.name), bare(unit.name)}:
                self.by_name[name].append(unit)

    def of(self, properties: dict[str, str]) -> Unit | str:
        """The unit that a file's properties mean, or why none."""
        code = _first(properties, CODES).removesuffix(".0")  # spreadsheets make numbers of codes
        name = _first(properties, NAMES)
        if code:
            unit = self.by_code.get(code) or (self.by_code.get(code.zfill(5)) if name else None)
            if unit is None:
                return _("no unit of that day has this code")
            if name and bare(name) != bare(unit.name):
                return _("this code is %(unit)s, the file says “%(name)s”: look at the day and at the code") % {
                    "unit": unit.full_label(), "name": name[:60],
                }  # fmt: skip
            return unit
        return self._named(name, [properties[key] for key in ABOVE if properties.get(key) and properties[key] != name])

    def _named(self, name: str, above: list[str]) -> Unit | str:
        if not name:
            return _("neither code (%(codes)s) nor name (%(names)s) stands with it") % {
                "codes": CODES[0], "names": ", ".join(("name", "ten")),
            }  # fmt: skip
        wanted = {bare(one) for one in above}
        named = self.by_name.get(fold(name)) or self.by_name.get(bare(name), [])
        alike = [unit for unit in named if wanted <= {bare(one.name) for one in _chain(unit)}]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return _("%(count)d units have this name: add the code, or the names of the units above") % {
                "count": len(alike)
            }
        return _("no unit of that day has this name")


@transaction.atomic
def load(
    name: str, data: bytes, source: str, licence: str = "", day: dt.date | None = None, dry_run: bool = False
) -> Loaded:
    """Keep the boundary of every unit that a shape of the file names by code or by name; others stay as they are.

    `day` chooses the units that existed then (None: those in force), for a code means different places at different
    times. With `dry_run` nothing is kept.

    Raises:
        BadGeometryError: the file cannot be read.
    """
    areas = _areas(name, data)  # what cannot be read costs no look at thousands of units
    result, units = Loaded(), _Units(day)
    kept: dict[int, UnitBoundary] = {}
    for one in areas:
        properties = {key.lower(): value.strip() for key, value in one.properties.items()}
        said = _first(properties, CODES) or _first(properties, NAMES) or "?"
        unit = units.of(properties)
        why = unit if isinstance(unit, str) else _wrong(one.area)
        if isinstance(unit, str) or why:
            result.refused.append(f"{said}: {why}")
            continue
        if unit.pk in kept:
            result.refused.append(f"{said}: {_('the file has this unit twice; the first is kept')}")
            continue
        if unit.is_current and (doubt := provinces.warning(one.area, unit.province or unit)):
            result.doubts.append(f"{unit.full_label()}: {doubt.message}")
        kept[unit.pk] = UnitBoundary(unit=unit, geometry=shapes.write(one.area), source=source, licence=licence)
    result.count = len(kept)
    if not dry_run:
        UnitBoundary.objects.bulk_create(
            kept.values(),
            batch_size=200,
            update_conflicts=True,
            unique_fields=["unit"],
            update_fields=["geometry", "source", "licence", "loaded_at"],
        )
    return result


def sources() -> list[dict[str, Any]]:
    """What is there: each source with its licence, a level, whether of former units, how many, and when they came."""
    rows = UnitBoundary.objects.annotate(
        is_former=ExpressionWrapper(Q(unit__valid_to__isnull=False), output_field=BooleanField())
    ).values("source", "licence", "unit__level", "is_former")
    told = rows.annotate(count=Count("pk"), loaded_at=Max("loaded_at")).order_by("source", "licence", "is_former")
    return [{**row, "level": Level(row["unit__level"]).label} for row in told]


def forget(source: str) -> int:
    """Take away all boundaries of a source; returns how many there were."""
    return UnitBoundary.objects.filter(source=source).delete()[0]


def _wrong(area: shapes.Area) -> str:
    if not shapely.is_valid(area):
        return shapely.is_valid_reason(area)
    if not shapely.covers(EXTENT, area):
        return _("it lies outside Viet Nam: longitude stands first, in degrees of WGS 84")
    return ""


def _areas(name: str, data: bytes) -> list[found.Found]:
    return shapefile.read(data, MOST) if name.lower().endswith(".zip") else geojson.read(data, MOST)


def _first(properties: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((properties[key] for key in keys if properties.get(key)), "")


def _chain(unit: Unit) -> list[Unit]:
    above = [unit.parent, unit.parent.parent if unit.parent else None, unit.province]
    return [one for one in above if one]
