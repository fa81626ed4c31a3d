"""On what terms new titles are taken in."""

from dataclasses import dataclass

from heritage.accounts.models import User
from heritage.library.models import Access, Licence


@dataclass(frozen=True)
class Terms:
    """Titles known already keep their own. `copies` counts only where `access` is lending."""

    access: Access = Access.OPEN
    copies: int | None = None
    licence: Licence = Licence.COPYRIGHT
    publish: bool = True
    user: User | None = None
