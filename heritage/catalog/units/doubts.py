"""Finding out whether a record's present unit can be right, for many records in a few queries."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from heritage.catalog.models import CoordBasis, DoubtReason, Record, UnitDoubt
from heritage.core.outbox import ChangedObject
from heritage.places.resolving import Resolver

BATCH = 500
ROUGH_M = 500
"""A point without a stated accuracy is taken to be right to this many metres."""
FIELDS = (
    "pk",
    "unit",
    "commune_printed",
    "district_printed",
    "province_printed",
    "latitude",
    "longitude",
    "coord_accuracy_m",
    "coord_basis",
)


class Doubt(NamedTuple):
    reason: str
    candidates: tuple[int, ...]


def refresh(pks: Iterable[int] | None = None, resolver: Resolver | None = None) -> int:
    """Bring the doubts about these records (all) in step; returns how many are open among them."""
    resolver = resolver or Resolver()
    records = Record.objects.order_by("pk")
    if pks is not None:
        records = records.filter(pk__in=list(pks))
    open_ones, batch = 0, []
    for row in records.values(*FIELDS).iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            open_ones += _write(batch, resolver)
            batch = []
    return open_ones + _write(batch, resolver)


def outbox_changes(objects: list[ChangedObject]) -> None:
    """The outbox's consumer: records that were saved or moved."""
    refresh([one.pk for one in objects])


def examine(row: dict[str, Any], resolver: Resolver) -> Doubt | None:
    """What speaks against the unit of one record (its `FIELDS`), None where nothing does."""
    printed = resolver.by_address(row["commune_printed"], row["district_printed"], row["province_printed"])
    near = _near(row, resolver)
    candidates = tuple(unit for unit in near if unit in printed.units) or near or printed.units
    unit = row["unit"]
    if unit is None:
        return Doubt(DoubtReason.NONE, candidates) if candidates else None
    if (unit,) != resolver.present(unit):
        return Doubt(DoubtReason.ENDED, candidates or resolver.present(unit))
    if near and unit not in near:
        return Doubt(DoubtReason.POINT, candidates)
    if near == (unit,):  # one unit only within reach of the point: that decides
        return None
    if printed.units and not _covers(printed.units, unit, resolver):
        return Doubt(DoubtReason.OTHER, candidates)
    if row["commune_printed"] and len(printed.units) > 1:
        return Doubt(DoubtReason.DIVIDED, candidates)
    return None


def decided(row: dict[str, Any], resolver: Resolver) -> int | None:
    """The one present unit that succession or the coordinate gives without doubt."""
    printed = resolver.by_address(row["commune_printed"], row["district_printed"], row["province_printed"])
    near = _near(row, resolver)
    both = [unit for unit in near if unit in printed.units]
    for found in (both, list(near) if not printed.units else [], list(printed.units) if not near else []):
        if len(found) == 1:
            return found[0]
    return None


def _near(row: dict[str, Any], resolver: Resolver) -> tuple[int, ...]:
    """Units within reach of the point; the centre of a commune says nothing about the site."""
    if row["latitude"] is None or row["coord_basis"] == CoordBasis.COMMUNE or not resolver.has_boundaries:
        return ()
    accuracy = row["coord_accuracy_m"]
    return resolver.around(row["longitude"], row["latitude"], ROUGH_M if accuracy is None else accuracy)


def _covers(units: tuple[int, ...], unit: int, resolver: Resolver) -> bool:
    """Whether `unit` is one of `units` or lies above or below one: a record may be kept by its province."""
    return any(unit == one or resolver.is_within(one, unit) or resolver.is_within(unit, one) for one in units)


def _write(rows: list[dict[str, Any]], resolver: Resolver) -> int:
    keys = [row["pk"] for row in rows]
    known = {doubt.record_id: doubt for doubt in UnitDoubt.objects.filter(record__in=keys)}
    new, changed, gone, open_ones = [], [], [], 0
    for row in rows:
        doubt, old = examine(row, resolver), known.get(row["pk"])
        if doubt is None:
            if old:
                gone.append(old.pk)
            continue
        evidence = {"reason": doubt.reason, "candidates": list(doubt.candidates)}
        if old is None:
            new.append(UnitDoubt(record_id=row["pk"], **evidence))
        elif _settles(old, row["unit"], evidence):
            continue
        elif old.settled_at or (old.reason, old.candidates) != (evidence["reason"], evidence["candidates"]):
            old.reason, old.candidates, old.settled_at = doubt.reason, list(doubt.candidates), None
            changed.append(old)
        open_ones += 1
    UnitDoubt.objects.filter(pk__in=gone).delete()
    UnitDoubt.objects.bulk_create(new)
    UnitDoubt.objects.bulk_update(changed, ["reason", "candidates", "settled_at"])
    return open_ones


def _settles(doubt: UnitDoubt, unit: int | None, evidence: dict[str, Any]) -> bool:
    """Whether staff settled this very question and the record still is where they put it."""
    return bool(
        doubt.settled_at and doubt.settled_unit_id == unit and set(doubt.candidates) == set(evidence["candidates"])
    )
