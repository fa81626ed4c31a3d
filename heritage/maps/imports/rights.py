"""In which units the one who imports may publish places."""

from dataclasses import dataclass
from typing import Any

from heritage.accounts.policies import policy_of, units_reached
from heritage.accounts.roles import Action
from heritage.maps.models import Place
from heritage.places.models.unit import Level

NEEDED = Action.PUBLISH


@dataclass(frozen=True)
class Rights:
    """`units` are primary keys, None = everywhere; `unplaced` whether places of no unit may be published too."""

    units: frozenset[int] | None = None
    unplaced: bool = True

    def cover(self, unit: int | None) -> bool:
        if self.units is None:
            return True
        return self.unplaced if unit is None else unit in self.units


def rights_of(user: Any) -> Rights | None:
    """What the roles of `user` grant, as the policy of places reads them; None where they grant nothing."""
    policy = policy_of(Place)
    if user is None or not policy.user_has_permission(user, NEEDED.value):
        return None
    held = policy.roles_for(user, [NEEDED.value])
    if user.is_superuser or any(each.unit_id is None for each in held):
        return Rights()
    units = units_reached(user, frozenset(each.unit_id for each in held if each.unit_id))
    return Rights(units, any(each.unit and each.unit.level == Level.PROVINCE for each in held))
