"""In which units the one who imports may publish places."""

from typing import Any

from heritage.accounts.reach import Reach as Rights
from heritage.accounts.reach import reach_of
from heritage.accounts.roles import Action
from heritage.maps.models import Place

__all__ = ["Rights", "rights_of"]


def rights_of(user: Any) -> Rights | None:
    return reach_of(user, Place, Action.PUBLISH)
