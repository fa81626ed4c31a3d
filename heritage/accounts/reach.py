"""In which units a person may do something to objects of a kind, asked once for a whole file."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from heritage.accounts.policies import policy_of, units_reached
from heritage.accounts.roles import Action
from heritage.places.models.unit import Level


@dataclass(frozen=True)
class Reach:
    """`units` are primary keys, None = everywhere; `unplaced` whether objects of no unit are reached too."""

    units: frozenset[int] | None = None
    unplaced: bool = True

    def cover(self, unit: int | None) -> bool:
        if self.units is None:
            return True
        return self.unplaced if unit is None else unit in self.units


def reach_of(user: Any, model: type[models.Model], action: Action) -> Reach | None:
    """What the roles of `user` grant, as the policy of `model` reads them; None where they grant nothing."""
    policy = policy_of(model)
    if user is None or not policy.user_has_permission(user, action.value):
        return None
    held = policy.roles_for(user, [action.value])
    if user.is_superuser or any(each.unit_id is None for each in held):
        return Reach()
    units = units_reached(user, frozenset(each.unit_id for each in held if each.unit_id))
    return Reach(units, any(each.unit and each.unit.level == Level.PROVINCE for each in held))
