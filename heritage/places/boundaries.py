"""Taking in the boundaries of units from a file that the department has."""

from dataclasses import dataclass, field

import shapely
from django.db import transaction

from heritage.places.geometry import shapes
from heritage.places.geometry.files import found, geojson, shapefile
from heritage.places.models import Unit, UnitBoundary

CODES = ("code", "ma_xa", "maxa", "ma", "ma_dvhc", "madvhc", "ward_code")
"""Names under which files keep the unit's code, letters' case aside."""
MOST = 5000


@dataclass
class Loaded:
    """What a load did: how many boundaries, and why others were left out."""

    count: int = 0
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def load(name: str, data: bytes, source: str, licence: str = "") -> Loaded:
    """Keep the boundary of every unit in force whose code stands in the file; others stay as they are.

    Raises:
        BadGeometryError: the file cannot be read.
    """
    result = Loaded()
    units = {unit.code: unit for unit in Unit.objects.current()}
    for one in _areas(name, data):
        properties = {key.lower(): value.strip() for key, value in one.properties.items()}
        code = next((properties[key] for key in CODES if properties.get(key)), "")
        unit = units.get(code)
        if unit is None or not shapely.is_valid(one.area):
            why = "no unit in force has this code" if unit is None else shapely.is_valid_reason(one.area)
            result.refused.append(f"{code or one.name or '?'}: {why}")
            continue
        values = {"geometry": shapes.write(one.area), "source": source, "licence": licence}
        UnitBoundary.objects.update_or_create(unit=unit, defaults=values)
        result.count += 1
    return result


def _areas(name: str, data: bytes) -> list[found.Found]:
    return shapefile.read(data, MOST) if name.lower().endswith(".zip") else geojson.read(data, MOST)
