"""Recording what an authority did to units: merged, divided or renamed them on a day by a resolution."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.places.models import ChangeKind, RecordedChange, Unit, UnitChange
from heritage.places.naming import split_kind

units_changed = Signal()
"""Sent inside the transaction: `change` (RecordedChange), `moved` ({old pk: new pk} of units that passed on whole)
and `divided` ({old pk: [new pks]}), for whoever keeps objects by unit."""


@dataclass
class Order:
    """What staff typed. `name` and `code` are of the unit that comes of a merger or renaming; `parts` of a division,
    each with its name and code, the main part first. A code that exists already among the present units is refused."""

    kind: str
    units: list[Unit]
    took_effect_on: dt.date
    resolution: str
    name: str = ""
    code: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    decided_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def record(order: Order, user: Any = None) -> RecordedChange:
    """End the old units, begin the new ones, say what became what; rights and objects move with it.

    Raises:
        ValidationError: naming the field and what would be right; nothing changes.
    """
    _check(order)
    change = RecordedChange.objects.create(
        kind=order.kind,
        took_effect_on=order.took_effect_on,
        resolution=order.resolution,
        decided_on=order.decided_on,
        note=order.note,
        recorded_by=user,
    )
    olds = list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in order.units]).order_by("pk"))
    Unit.objects.filter(pk__in=[old.pk for old in olds]).update(valid_to=order.took_effect_on)
    moved: dict[int, int] = {}
    divided: dict[int, list[int]] = {}
    if order.kind == ChangeKind.SPLIT:
        divided[olds[0].pk] = _divide(change, olds[0], order)
    else:
        new = _begin(olds[0], order.name, order.code or order.units[0].code, order.took_effect_on)
        _link(change, olds, new)
        moved = {old.pk: new.pk for old in olds}
        _move_units_below(olds, new)
    units_changed.send(RecordedChange, change=change, moved=moved, divided=divided, user=user)
    return change


def _check(order: Order) -> None:
    errors: dict[str, str] = {}
    if not order.units:
        errors["units"] = _("Choose the units that changed.")
    elif any(not unit.is_current for unit in order.units):
        errors["units"] = _("Only units in force can change.")
    elif len({(unit.level, unit.province_id) for unit in order.units}) > 1:
        errors["units"] = _("The units must be of one level and one province.")
    elif order.kind == ChangeKind.MERGE and len(order.units) < 2:
        errors["units"] = _("A merger takes at least two units.")
    elif order.kind != ChangeKind.MERGE and len(order.units) != 1:
        errors["units"] = _("Choose exactly one unit.")
    elif any(unit.valid_from and unit.valid_from >= order.took_effect_on for unit in order.units):
        errors["took_effect_on"] = _("A unit cannot change before or on the day on which it began.")
    if order.took_effect_on > timezone.localdate():
        errors["took_effect_on"] = _("Record the change on the day on which it takes effect; until then units stand.")
    if order.decided_on and order.decided_on > order.took_effect_on:
        errors["decided_on"] = _("A resolution is made before it takes effect.")
    if not order.resolution.strip():
        errors["resolution"] = _("Give the number of the resolution.")
    errors |= _check_names(order)
    if errors:
        raise ValidationError(errors)  # type: ignore[arg-type]


def _check_names(order: Order) -> dict[str, str]:
    named = order.parts if order.kind == ChangeKind.SPLIT else [(order.name, order.code)]
    where = "parts" if order.kind == ChangeKind.SPLIT else "name"
    if order.kind == ChangeKind.SPLIT and len(named) < 2:
        return {"parts": _("A division has at least two parts.")}
    for name, code in named:
        if not split_kind(name)[0]:
            return {where: _("“%(name)s”: write the kind before the name, such as “Xã Ba Tri”.") % {"name": name}}
        if code and not (code.isascii() and code.isdigit() and len(code) in (2, 5)):
            return {where: _("“%(code)s” is no code: five digits for a commune, two for a province.") % {"code": code}}
        own = {unit.pk for unit in order.units}
        if code and Unit.objects.current().filter(code=code).exclude(pk__in=own).exists():
            return {where: _("The code %(code)s belongs to another unit in force.") % {"code": code}}
    codes = [code for _name, code in named if code]
    if len(codes) != len(set(codes)):
        return {where: _("Two parts have the same code.")}
    if order.kind == ChangeKind.SPLIT and len(codes) != len(named):
        return {where: _("Give the code of each part.")}
    if order.kind == ChangeKind.RENAME and order.units and order.name == order.units[0].name:
        return {"name": _("The unit already has this name.")}
    return {}


def _begin(old: Unit, name: str, code: str, day: dt.date) -> Unit:
    new = Unit(code=code, level=old.level, name=name, parent=old.parent, province=old.province, valid_from=day)
    new.save()
    return new


def _divide(change: RecordedChange, old: Unit, order: Order) -> list[int]:
    parts = [_begin(old, name, code, order.took_effect_on) for name, code in order.parts]
    for position, part in enumerate(parts):
        UnitChange.objects.create(
            predecessor=old,
            successor=part,
            is_partial=True,
            is_main_part=position == 0,
            took_effect_on=order.took_effect_on,
            resolution=order.resolution,
            recorded=change,
        )
    return [part.pk for part in parts]


def _link(change: RecordedChange, olds: list[Unit], new: Unit) -> None:
    UnitChange.objects.bulk_create(
        UnitChange(
            predecessor=old,
            successor=new,
            took_effect_on=change.took_effect_on,
            resolution=change.resolution,
            recorded=change,
        )
        for old in olds
    )


def _move_units_below(olds: list[Unit], new: Unit) -> None:
    """The communes of a province go on under its new form."""
    keys = [old.pk for old in olds]
    Unit.objects.current().filter(parent__in=keys).update(parent=new)
    Unit.objects.current().filter(province__in=keys).update(province=new)
