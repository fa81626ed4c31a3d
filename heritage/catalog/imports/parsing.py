"""From a row of the file to canonical values, or to every reason why the row cannot be taken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.catalog.imports import values
from heritage.catalog.imports.canonical import COLUMN_OF, Values
from heritage.catalog.imports.checking import Checker
from heritage.catalog.imports.reading import COLUMNS, EXTERNAL_ID, MAX_CELL, Row
from heritage.catalog.imports.report import Refusal
from heritage.catalog.imports.units import Units
from heritage.catalog.imports.values import WrongValueError
from heritage.catalog.models import Act, Confidence, CoordBasis, HeritageType, IchCategory, Kind, Rank
from heritage.core.identifiers import validate_number

MAX_KEY = 120
BLANK = dict.fromkeys(COLUMNS, "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that can be taken; `values` hold only what its file has columns for. Without a number it has a key."""

    line: int
    number: str
    external_id: str
    values: Values


class Parser:
    """Reads rows one after another; what is wrong with one is in `refusals` after `parse` returned None."""

    def __init__(self, units: Units, said: Iterable[str] = COLUMNS) -> None:
        self.units, self.refusals = units, list[Refusal]()
        self.said = [key for key, column in COLUMN_OF.items() if column in said]
        self.has_names, self.has_kinds = "name_vi" in said, "kind" in said
        self.checker = Checker()

    def parse(self, row: Row) -> Entry | None:
        """What `row` says, or None where any cell is wrong."""
        self.row, self.refusals = row, []
        self.cells = {**BLANK, **row.values}
        self.number, external_id = self.cells["id"], row.values.get(EXTERNAL_ID, "")
        if row.fault:
            self._refuse("", "", row.fault)
            return None
        self._check_cells(external_id)
        found = self._plain() | self._place() | self._acts()
        said = {key: found[key] for key in self.said}
        if not self.refusals:
            for key, message in self.checker.problems(said):
                self._refuse(COLUMN_OF.get(key, key), str(found.get(key, "")), message)
        return None if self.refusals else Entry(row.line, self.number, external_id, said)

    def _check_cells(self, external_id: str) -> None:
        if self.number or not external_id:
            self._check_number()
        if len(external_id) > MAX_KEY:
            self._refuse(
                EXTERNAL_ID,
                external_id,
                _("The key is too long. | A key has at most %(most)s characters.") % {"most": MAX_KEY},
            )
        if self.has_names and not self.cells["name_vi"]:
            self._refuse("name_vi", "", _("The official name is missing. | Write it: every record has one."))
        for column, cell in self.row.values.items():
            if len(cell) > MAX_CELL:
                self._refuse(
                    column,
                    cell,
                    _(
                        "The cell is longer than %(most)s characters. | "
                        "Shorten it, or keep the text in the record's form."
                    )
                    % {"most": MAX_CELL},
                )
        for column in self.row.formulas:
            reason = _(
                "The cell holds a formula. | Paste its value; a text that begins with = has an apostrophe before."
            )
            self._refuse(column, self.row.values[column], reason)

    def _refuse(self, column: str, value: str, reason: str) -> None:
        shown = value if len(value) <= 120 else f"{value[:119]}…"
        self.refusals.append(Refusal(self.row.line, self.number, column, shown, str(reason)))

    def _cell(self, column: str, read: Callable[..., Any], *rest: Any, default: Any = None) -> Any:
        """The cell read by `read`; a refusal, and `default`, where it cannot be."""
        try:
            return read(self.cells[column], *rest)
        except WrongValueError as error:
            self._refuse(column, self.cells[column], str(error))
            return default

    def _check_number(self) -> None:
        try:
            validate_number(self.number)
        except ValidationError as error:
            reason = (
                error.messages[0]
                if self.number
                else _(
                    "The number is missing. | Give the record one, such as TN01 or DS-000123; it is its own for ever."
                )
            )
            if self.number and self.number != self.number.upper():
                reason = _("Numbers have capital letters. | Write %(number)s.") % {"number": self.number.upper()}
            self._refuse("id", self.number, reason)

    def _plain(self) -> Values:
        cells = self.cells
        if self.has_kinds and not cells["kind"]:
            self._refuse(
                "kind",
                "",
                _("The value is not known here. | Write one of: %(keys)s.") % {"keys": ", ".join(Kind.values)},
            )
        return {
            "kind": self._cell("kind", values.one_of, Kind, default=""),
            "name_vi": cells["name_vi"],
            "name_en": cells["name_en"],
            "types": self._cell("types", values.some_of, HeritageType, default=[]),
            "ich_categories": self._cell("ich_category", values.some_of, IchCategory, default=[]),
            "summary_vi": cells["facts_vi"],
            "summary_en": cells["facts_en"],
            "confidence": values.confidence(cells["confidence"]),
            "confidence_note": values.note(cells["confidence"], Confidence),
            "part_of": cells["part_of_id"],
            "related": [cells["related_place_id"]] if cells["related_place_id"] else [],
            "lunar_rules": self._cell("lunar_dates", values.lunar_rules, default=[]),
            "sources": [part.strip() for part in cells["source"].split(";") if part.strip()],
        }

    def _place(self) -> Values:
        cells = self.cells
        unit = self._cell(
            "commune_new_code", self.units.find, cells["commune_new"], cells["province_new"], default=None
        )
        latitude, longitude = self._cell("lat", values.point, cells["lon"], default=(None, None))
        self._cell("coord_flag", values.one_of, values.CoordFlag)
        return {
            "commune_printed": cells["commune_old"],
            "district_printed": cells["district_old"],
            "province_printed": cells["province_old"],
            "unit": unit.code if unit else "",
            "latitude": latitude,
            "longitude": longitude,
            "coord_basis": values.coord_basis(cells["coord_basis"]),
            "coord_note": values.note(cells["coord_basis"], CoordBasis),
            "coord_accuracy_m": self._cell("coord_accuracy_m", values.whole_number, 0, 100_000),
        }

    def _acts(self) -> Values:
        cells = self.cells
        rank = self._cell("rank", values.one_of, Rank, default="")
        lists = self._cell("other_lists", values.other_lists, default=[])
        decided_on = self._cell("decision_date", values.day)
        year = self._cell("decision_year", values.year)
        if decided_on and year and decided_on.year != year:
            reason = _("The year differs from decision_date (%(date)s). | Correct the one that is wrong.")
            self._refuse("decision_year", str(year), reason % {"date": decided_on.isoformat()})
        decision = {
            "number": cells["decision_no"],
            "on": decided_on.isoformat() if decided_on else "",
            "year": decided_on.year if decided_on else year,
            "authority": cells["decision_authority"],
        }
        if not rank and any(decision.values()):
            self._refuse("rank", "", _("The row has a decision but no rank. | Say what was decided."))
        return {"designations": designations(rank, lists, decision)}


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
