"""From a row of the file to canonical values, or to every reason why the row cannot be taken."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.catalog.imports import values
from heritage.catalog.imports.canonical import COLUMN_OF, Values
from heritage.catalog.imports.reading import MAX_CELL, Row
from heritage.catalog.imports.report import Refusal
from heritage.catalog.imports.values import WrongValueError
from heritage.catalog.models import Act, HeritageType, IchCategory, Kind, Rank, Record
from heritage.core.folding import fold
from heritage.core.identifiers import validate_number
from heritage.places.models import Unit
from heritage.places.naming import split_kind

CHECKED = ["name_vi", "name_en", "summary_vi", "summary_en", "coord_note", "confidence_note"]
CHECKED += ["commune_printed", "district_printed", "province_printed"]


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
            raise WrongValueError(_("Give the code of the present commune beside its name."))
        unit = self.by_code.get(("commune", code))
        if unit is None:
            raise WrongValueError(_("No present commune has this code; take it from the table of units."))
        if name and _bare(unit.name) != _bare(name):
            message = _("Code %(code)s is %(right)s, not %(name)s.")
            raise WrongValueError(message % {"code": code, "right": unit.name, "name": name})
        if province and unit.province and _bare(unit.province.name) != _bare(province):
            message = _("%(name)s lies in %(right)s, not in %(province)s.")
            raise WrongValueError(message % {"name": unit.name, "right": unit.province.name, "province": province})
        return unit

    def _province(self, name: str) -> Unit:
        for (level, _code), unit in self.by_code.items():
            if level == "province" and _bare(unit.name) == _bare(name):
                return unit
        raise WrongValueError(_("No present province has this name."))


@lru_cache(maxsize=20_000)
def _bare(name: str) -> str:
    return fold(split_kind(name)[1])


class Parser:
    """Reads rows one after another; what is wrong with one is in `refusals` after `parse` returned None."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.refusals: list[Refusal] = []

    def parse(self, row: Row) -> tuple[str, Values] | None:
        """The number and the canonical values of `row`, or None where any cell is wrong."""
        self.row, self.refusals, self.number = row, [], row.values.get("id", "")
        if row.fault:
            self._refuse("", "", row.fault)
            return None
        self._check_number()
        if not row.values["name_vi"]:
            self._refuse("name_vi", "", _("Every record has its official name."))
        for column, cell in row.values.items():
            if len(cell) > MAX_CELL:
                self._refuse(column, cell, _("The cell is longer than %(most)s characters.") % {"most": MAX_CELL})
        found = self._plain() | self._place() | self._acts()
        if not self.refusals:
            self._check_lengths(found)
        return None if self.refusals else (self.number, found)

    def _refuse(self, column: str, value: str, reason: str) -> None:
        shown = value if len(value) <= 120 else f"{value[:119]}…"
        self.refusals.append(Refusal(self.row.line, self.number, column, shown, str(reason)))

    def _cell(self, column: str, read: Callable[..., Any], *rest: Any, default: Any = None) -> Any:
        """The cell read by `read`; a refusal, and `default`, where it cannot be."""
        try:
            return read(self.row.values[column], *rest)
        except WrongValueError as error:
            self._refuse(column, self.row.values[column], str(error))
            return default

    def _check_number(self) -> None:
        try:
            validate_number(self.number)
        except ValidationError as error:
            reason = error.messages[0]
            if self.number and self.number != self.number.upper():
                reason = _("Numbers have capital letters: write %(number)s.") % {"number": self.number.upper()}
            self._refuse("id", self.number, reason)

    def _plain(self) -> Values:
        cells = self.row.values
        if not cells["kind"]:
            self._refuse("kind", "", _("Write one of: %(keys)s.") % {"keys": ", ".join(Kind.values)})
        return {
            "kind": self._cell("kind", values.one_of, Kind.values, default=""),
            "name_vi": cells["name_vi"],
            "name_en": cells["name_en"],
            "types": self._cell("types", values.some_of, HeritageType.values, default=[]),
            "ich_categories": self._cell("ich_category", values.some_of, IchCategory.values, default=[]),
            "summary_vi": cells["facts_vi"],
            "summary_en": cells["facts_en"],
            "confidence": values.confidence(cells["confidence"]),
            "confidence_note": cells["confidence"],
            "part_of": cells["part_of_id"],
            "related": [cells["related_place_id"]] if cells["related_place_id"] else [],
            "lunar_rules": self._cell("lunar_dates", values.lunar_rules, default=[]),
            "sources": [part.strip() for part in cells["source"].split(";") if part.strip()],
        }

    def _place(self) -> Values:
        cells = self.row.values
        unit = self._cell(
            "commune_new_code", self.units.find, cells["commune_new"], cells["province_new"], default=None
        )
        latitude, longitude = self._cell("lat", values.point, cells["lon"], default=(None, None))
        self._cell("coord_flag", values.one_of, ["approx", "exact"])
        return {
            "commune_printed": cells["commune_old"],
            "district_printed": cells["district_old"],
            "province_printed": cells["province_old"],
            "unit": unit.code if unit else "",
            "latitude": latitude,
            "longitude": longitude,
            "coord_basis": values.coord_basis(cells["coord_basis"]),
            "coord_note": cells["coord_basis"],
            "coord_accuracy_m": self._cell("coord_accuracy_m", values.whole_number, 0, 100_000),
        }

    def _acts(self) -> Values:
        cells = self.row.values
        rank = self._cell("rank", values.one_of, Rank.values, default="")
        lists = self._cell("other_lists", values.other_lists, default=[])
        decided_on = self._cell("decision_date", values.day)
        year = self._cell("decision_year", values.year)
        if decided_on and year and decided_on.year != year:
            reason = _("The year differs from decision_date (%(date)s); one of them is wrong.")
            self._refuse("decision_year", str(year), reason % {"date": decided_on.isoformat()})
        decision = {
            "number": cells["decision_no"],
            "on": decided_on.isoformat() if decided_on else "",
            "year": decided_on.year if decided_on else year,
            "authority": cells["decision_authority"],
        }
        if not rank and any(decision.values()):
            self._refuse("rank", "", _("The row has a decision but no rank; say what was decided."))
        return {"designations": designations(rank, lists, decision)}

    def _check_lengths(self, found: Values) -> None:
        """What the columns of the database can hold, asked of the model itself."""
        for key in CHECKED:
            field: Any = Record._meta.get_field(key)
            try:
                field.clean(found[key], None)
            except ValidationError as error:
                self._refuse(COLUMN_OF[key], str(found[key]), error.messages[0])


def designations(rank: str, lists: list[tuple[str, int]], decision: dict[str, Any]) -> list[Values]:
    """The acts that a row tells of: its rank with its decision, and its other lists with their years.

    A row's decision belongs to its rank, unless the lists say that the rank came in another year and one of them is of
    the decision's own year: then the decision is that list's (Bài Chòi: national list by decision of 2014,
    UNESCO 2017).
    """
    years = dict(lists)
    blank = {"number": "", "on": "", "year": None, "authority": ""}
    owner = rank
    if rank in years and decision["year"] and years[rank] != decision["year"]:
        owner = next((name for name, year in lists if year == decision["year"]), rank)
    acts = {name: {"act": str(Act.RANK), "rank": name, **blank, "year": year} for name, year in lists}
    if rank:
        acts.setdefault(rank, {"act": str(Act.RANK), "rank": rank, **blank})
        acts[owner] = {"act": str(Act.RANK), "rank": owner, **decision, "year": decision["year"] or years.get(owner)}
    return list(acts.values())
