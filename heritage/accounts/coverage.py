"""Which administrative units a role reaches: down the tree, and on through mergers."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from heritage.places.models import Unit, UnitChange


def _changes(day: dt.date) -> QuerySet[UnitChange]:
    """Mergers and renamings in force on `day`. A unit that was split passes to nobody: an administrator decides."""
    return UnitChange.objects.filter(is_partial=False, took_effect_on__lte=day).order_by()


def _closure(start: Iterable[int], downward: bool) -> frozenset[int]:
    reached, frontier = set(start), set(start)
    changes = _changes(timezone.localdate())
    while frontier:
        if downward:
            near: Any = Unit.objects.filter(parent__in=frontier).order_by().values_list("pk")
        else:
            near = Unit.objects.filter(pk__in=frontier, parent__isnull=False).order_by().values_list("parent")
        found = near.union(
            changes.filter(predecessor__in=frontier).values_list("successor"),
            changes.filter(successor__in=frontier).values_list("predecessor"),
        )
        frontier = {pk for (pk,) in found} - reached
        reached |= frontier
    return frozenset(reached)


def units_below(units: Iterable[int]) -> frozenset[int]:
    """Primary keys of `units`, the units below them, and those that became or came from them whole."""
    return _closure(units, downward=True)


def units_above(units: Iterable[int]) -> frozenset[int]:
    """Primary keys of the units in which a role reaches one of `units`: the inverse of `units_below`."""
    return _closure(units, downward=False)
