"""What the one who imports may make, change and change in public; whoever has the command line may do all."""

from dataclasses import dataclass, field
from typing import Any

from heritage.accounts.policies import policy_of
from heritage.accounts.reach import Reach, reach_of
from heritage.accounts.roles import Action
from heritage.catalog.models import Record


@dataclass(frozen=True)
class Rights:
    """`new` are the units in which drafts may be made; `user` is None for an operator at the command line."""

    user: Any = None
    new: Reach = field(default_factory=Reach)

    def among(self, numbers: list[str], action: Action) -> set[str]:
        """Of `numbers`, those of records upon which `action` may be done."""
        records = Record.objects.filter(number__in=numbers)
        if self.user is not None:
            records = records.filter(policy_of(Record).condition(self.user, [action.value]))
        return set(records.values_list("number", flat=True))


def rights_of(user: Any) -> Rights | None:
    """None where the roles of `user` let no record be made at all."""
    new = reach_of(user, Record, Action.ADD)
    return Rights(user, new) if new is not None else None
