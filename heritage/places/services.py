"""Writes: the table of units as shipped, loaded into the register."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from heritage.core.planner import refresh_statistics
from heritage.places import tables
from heritage.places.models import Unit, UnitChange
from heritage.places.models.unit import Level

LEVELS = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
"""The level of a unit by the length of its code, as the statistics office issues them (Decision 124/2004/QĐ-TTg)."""

BATCH = 2000
Key = tuple[str, dt.date | None]


@dataclass
class Counts:
    """What a load did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@transaction.atomic
def load_units(folder: Path = tables.DATA) -> dict[str, Counts]:
    """Bring units and changes in step with the shipped tables, in one transaction; what staff added is left alone.

    Returns counts for `units` and `changes`. A second load of the same tables changes nothing.
    """
    rows = sorted(tables.units(folder), key=lambda row: len(row.code))
    known = {(unit.code, unit.valid_from): unit for unit in Unit.objects.all()}
    counts = Counts()
    for length in LEVELS:
        _load_level([row for row in rows if len(row.code) == length], known, counts)
    changes = _load_changes(known, folder)
    if counts.created or changes.created:
        refresh_statistics(Unit, UnitChange)
    return {"units": counts, "changes": changes}


def _load_level(rows: list[tables.UnitRow], known: dict[Key, Unit], counts: Counts) -> None:
    new, changed = [], []
    above = _last_forms(known)
    ended_by_staff = set(UnitChange.objects.exclude(recorded=None).values_list("predecessor", flat=True))
    for row in rows:
        begins = _day(row.valid_from)
        unit = known.get((row.code, begins))
        values = _values(row, above)
        if unit is not None and unit.pk in ended_by_staff:
            values["valid_to"] = unit.valid_to
        if unit is None:
            unit = known[row.code, begins] = Unit(code=row.code, valid_from=begins, **values)
            new.append(unit)
        elif any(getattr(unit, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(unit, name, value)
            changed.append(unit)
        else:
            continue
        unit.fill_derived()
    Unit.objects.bulk_create(new, batch_size=BATCH)
    fields = ["level", "name", "name_en", "folded", "parent", "province", "valid_to"]
    Unit.objects.bulk_update(changed, fields, batch_size=500)
    counts.created += len(new)
    counts.updated += len(changed)
    counts.unchanged += len(rows) - len(new) - len(changed)


def _last_forms(known: dict[Key, Unit]) -> dict[str, list[Unit]]:
    forms: dict[str, list[Unit]] = {}
    for unit in sorted(known.values(), key=lambda unit: unit.valid_from or dt.date.min):
        forms.setdefault(unit.code, []).append(unit)
    return forms


def _values(row: tables.UnitRow, above: dict[str, list[Unit]]) -> dict[str, object]:
    """`parent` is the form of the unit above that was the last one in force beside this one."""
    ends = _day(row.valid_to)
    parent = next(
        (
            unit
            for unit in reversed(above.get(row.parent, []))
            if unit.valid_from is None or ends is None or unit.valid_from < ends
        ),
        None,
    )
    province = (parent.province or parent) if parent else None
    return {
        "level": LEVELS[len(row.code)],
        "name": row.name,
        "parent_id": parent and parent.pk,
        "province_id": province and province.pk,
        "valid_to": ends,
    }


def _load_changes(known: dict[Key, Unit], folder: Path) -> Counts:
    ended = {(unit.code, unit.valid_to): unit for unit in known.values() if unit.valid_to}
    stored = {
        (change.predecessor_id, change.successor_id, change.took_effect_on): change
        for change in UnitChange.objects.all()
    }
    new, changed, rows = [], [], list(tables.changes(folder))
    for row in rows:
        day = dt.date.fromisoformat(row.took_effect_on)
        key = (ended[row.predecessor, day].pk, known[row.successor, day].pk, day)
        values = {
            "is_partial": bool(row.part),
            "is_main_part": row.part == "main part",
            "resolution": row.resolution,
        }
        change = stored.get(key)
        if change is None:
            new.append(UnitChange(predecessor_id=key[0], successor_id=key[1], took_effect_on=day, **values))
        elif any(getattr(change, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(change, name, value)
            changed.append(change)
    UnitChange.objects.bulk_create(new, batch_size=BATCH)
    UnitChange.objects.bulk_update(changed, ["is_partial", "is_main_part", "resolution"], batch_size=500)
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
