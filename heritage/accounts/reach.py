"""In which units a person may do something to objects of a kind, asked once for a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models

from heritage.accounts.models import UnitRole
from heritage.accounts.policies import policy_of, units_reached
from heritage.accounts.roles import Action
from heritage.places.models.unit import Level


@dataclass(frozen=True)
class Reach:
    """`units` are primary keys, None = everywhere; `unplaced` whether objects of no unit are reached too.

    `by_kind` is the further reach of roles that are confined to kinds.
    """

    units: frozenset[int] | None = None
    unplaced: bool = True
    by_kind: Mapping[str, "Reach"] = field(default_factory=dict)

    @property
    def is_free(self) -> bool:
        """Whether anything is reached whatever its kind."""
        return self.units is None or bool(self.units) or self.unplaced

    def cover(self, unit: int | None, kind: str = "") -> bool:
        """Whether something in `unit` is reached, of this kind or, where none is given, of any."""
        if self.units is None or (self.unplaced if unit is None else unit in self.units):
            return True
        further = [reach for name, reach in self.by_kind.items() if kind in ("", name)]
        return any(reach.cover(unit) for reach in further)


def reach_of(user: Any, model: type[models.Model], action: Action) -> Reach | None:
    """What the roles of `user` grant, as the policy of `model` reads them; None where they grant nothing."""
    policy = policy_of(model)
    if user is None or not policy.user_has_permission(user, action.value):
        return None
    if user.is_superuser:
        return Reach()
    held = policy.roles_for(user, [action.value])
    kinds = {kind for each in held for kind in policy.confined_to(each)}
    by_kind = {kind: _of(user, [each for each in held if kind in policy.confined_to(each)]) for kind in kinds}
    return replace(_of(user, [each for each in held if not policy.confined_to(each)]), by_kind=by_kind)


def _of(user: Any, held: list[UnitRole]) -> Reach:
    """What these roles reach, whatever the kind."""
    if any(each.unit_id is None for each in held):
        return Reach()
    units = units_reached(user, frozenset(each.unit_id for each in held if each.unit_id))
    return Reach(units, any(each.unit and each.unit.level == Level.PROVINCE for each in held))
