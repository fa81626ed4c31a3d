"""The units that rows name, by code, checked by their names."""

from functools import lru_cache

from django.utils.translation import gettext as _

from heritage.catalog.imports.values import WrongValueError
from heritage.core.folding import fold
from heritage.places.models import Unit
from heritage.places.naming import split_kind


class Units:
    """The units in force by code; one query for a whole file."""

    def __init__(self) -> None:
        current = Unit.objects.current().select_related("province")
        self.by_code: dict[tuple[str, str], Unit] = {(unit.level, unit.code): unit for unit in current}

    def find(self, code: str, name: str, province: str) -> Unit | None:
        """The unit that a row means, checked by its name and province; None where the row names none.

        Raises:
            WrongValueError: code and names do not belong together; says which would.
        """
        if not code and not name:
            return self._province(province) if province else None
        if not code:
            raise WrongValueError(_("The commune has no code. | Give the code of the present commune beside its name."))
        unit = self.by_code.get(("commune", code))
        if unit is None:
            raise WrongValueError(_("No present commune has this code. | Take it from the table of units."))
        if name and _bare(unit.name) != _bare(name):
            message = _("Code %(code)s is %(right)s, not %(name)s. | Correct the code or the name.")
            raise WrongValueError(message % {"code": code, "right": unit.name, "name": name})
        if province and unit.province and _bare(unit.province.name) != _bare(province):
            message = _("%(name)s lies in %(right)s, not in %(province)s. | Correct the unit or the province.")
            raise WrongValueError(message % {"name": unit.name, "right": unit.province.name, "province": province})
        return unit

    def _province(self, name: str) -> Unit:
        for (level, _code), unit in self.by_code.items():
            if level == "province" and _bare(unit.name) == _bare(name):
                return unit
        raise WrongValueError(_("No present province has this name. | Take the name from the table of units."))


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    return fold(split_kind(name)[1])
