"""Counts of visitors out of a table: a row for each site and time, checked one by one, twice changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from heritage.accounts.reach import Reach
from heritage.catalog.imports import UnreadableFileError
from heritage.catalog.imports.report import Refusal, Tally
from heritage.catalog.imports.sheets import open_sheet
from heritage.catalog.models import Record
from heritage.core.folding import fold
from heritage.maps.models.visits import WHOLE_YEAR, VisitBasis, VisitCount

MOST_ROWS = 50_000
COLUMNS = ("number", "year", "month", "visitors", "foreign_visitors", "basis", "source")
ALIASES = {
    "id": "number",
    "so hieu": "number",
    "ma di tich": "number",
    "nam": "year",
    "thang": "month",
    "luot khach": "visitors",
    "so khach": "visitors",
    "khach quoc te": "foreign_visitors",
    "cach dem": "basis",
    "nguon": "source",
}
NEEDED = ("number", "year", "visitors")
BASES = {
    "tickets": VisitBasis.TICKETS,
    "ve": VisitBasis.TICKETS,
    "ve ban ra": VisitBasis.TICKETS,
    "counter": VisitBasis.COUNTER,
    "dem": VisitBasis.COUNTER,
    "dem tai cong": VisitBasis.COUNTER,
    "estimate": VisitBasis.ESTIMATE,
    "uoc tinh": VisitBasis.ESTIMATE,
    "": VisitBasis.ESTIMATE,
}
"""How a number came about, as tables say it; where they do not, it is an estimate."""


@transaction.atomic
def load(path: Path, source: str, reach: Reach, user: Any = None, dry_run: bool = False) -> Tally:
    """Bring in the counts of a CSV, XLSX or JSON file; `source` is that of rows which name none.

    A row of a time that is there already replaces it. Rows that are refused change nothing and are named.

    Raises:
        UnreadableFileError: the file as a whole cannot be taken.
    """
    sheet = open_sheet(path)
    header = [_column(name) for name in sheet.columns]
    if missing := [name for name in NEEDED if name not in header]:
        message = _("The file lacks these columns: %(columns)s. The first line names the columns.")
        raise UnreadableFileError(message % {"columns": ", ".join(missing)})
    tally = Tally(dry_run=dry_run)
    rows: list[tuple[int, dict[str, str]]] = []
    for line in sheet.lines():
        if len(rows) + tally.refused >= MOST_ROWS:
            raise UnreadableFileError(_("The file has more than %(most)d rows: divide it.") % {"most": MOST_ROWS})
        cells = dict(zip(header, map(sheet.tidy, line.cells), strict=False))
        if line.fault:
            tally.refusals.append(Refusal(line.number, "", "", "", line.fault))
        else:
            rows.append((line.number, cells))
    work = _Load(tally, source, reach, user, {cells["number"] for _line, cells in rows})
    for line_number, cells in rows:
        work.take(line_number, cells)
    if not dry_run:
        work.save()
    return tally


class _Load:
    """One file against what is there; three queries whatever its length."""

    def __init__(self, tally: Tally, source: str, reach: Reach, user: Any, numbers: set[str]) -> None:
        self.tally, self.source, self.reach, self.user = tally, source, reach, user
        self.records: dict[str, Record] = {}
        for some in _batches(sorted(numbers)):
            rows = Record.objects.filter(number__in=some).only("pk", "number", "unit_id")
            self.records |= {record.number: record for record in rows}
        known = VisitCount.objects.filter(record__in=self.records.values())
        self.known = {(one.record_id, one.year, one.month): one for one in known}
        self.seen: dict[tuple[int, int, int], int] = {}
        self.changed: list[VisitCount] = []

    def take(self, line: int, cells: dict[str, str]) -> None:
        record = self.records.get(cells["number"])
        if record is None:
            return self._refuse(line, cells, "number", _("No record has this number."))
        if not self.reach.cover(record.unit_id):
            return self._refuse(line, cells, "number", _("It belongs to a unit that your roles do not reach."))
        try:
            values = _values(cells, self.source)
        except ValidationError as error:
            [(column, messages)] = error.message_dict.items()
            return self._refuse(line, cells, column, " ".join(messages))
        key = (record.pk, values["year"], values["month"])
        if key in self.seen:
            return self._refuse(line, cells, "year", _("The same site and time stands in line %d.") % self.seen[key])
        self.seen[key] = line
        return self._keep(line, cells, self.known.get(key) or VisitCount(record=record), values)

    def _keep(self, line: int, cells: dict[str, str], one: VisitCount, values: dict[str, Any]) -> None:
        if one.pk and all(getattr(one, name) == value for name, value in values.items()):
            self.tally.unchanged += 1
            return
        for name, value in values.items():
            setattr(one, name, value)
        try:
            one.full_clean(exclude=["record", "noted_by"], validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            column, messages = next(iter(error.message_dict.items()))
            self._refuse(line, cells, column, " ".join(messages))
            return
        one.noted_by = self.user
        self.changed.append(one)
        if one.pk:
            self.tally.updated += 1
        else:
            self.tally.created += 1

    def save(self) -> None:
        fields = ["visitors", "foreign_visitors", "basis", "source", "noted_by", "noted_at"]
        VisitCount.objects.bulk_create([one for one in self.changed if not one.pk], batch_size=500)
        VisitCount.objects.bulk_update([one for one in self.changed if one.pk], fields, batch_size=200)

    def _refuse(self, line: int, cells: dict[str, str], column: str, reason: str) -> None:
        value = cells.get(column, "")[:120]
        self.tally.refusals.append(Refusal(line, cells["number"][:60], column, value, reason))


def _column(name: str) -> str:
    folded = fold(name).replace("_", " ")
    return ALIASES.get(folded, folded.replace(" ", "_"))


def _values(cells: dict[str, str], source: str) -> dict[str, Any]:
    """Raises ValidationError with the one column that cannot be read."""
    basis = fold(cells.get("basis", ""))
    if basis not in BASES:
        raise ValidationError({"basis": _("How it was counted is one of: tickets, counter, estimate.")})
    values: dict[str, Any] = {"basis": BASES[basis].value, "source": (cells.get("source") or source)[:200]}
    values["year"], values["visitors"] = _whole(cells, "year"), _whole(cells, "visitors")
    values["month"] = _whole(cells, "month") if cells.get("month") else WHOLE_YEAR
    values["foreign_visitors"] = _whole(cells, "foreign_visitors") if cells.get("foreign_visitors") else None
    return values


def _whole(cells: dict[str, str], column: str) -> int:
    """`12.500`, `12 500` and `12500.0` (as workbooks keep it) are the same whole number."""
    text = cells[column].replace(" ", "").replace("\u00a0", "").removesuffix(".0")
    text = text.replace(".", "").replace(",", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValidationError({column: _("A whole number is wanted here.")})
    return int(text)


def _batches(numbers: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(numbers), 500):
        yield numbers[start : start + 500]


def counted() -> QuerySet[VisitCount]:
    """The counts that figures are made of: of each site and year the whole year's, else the months'."""
    whole = VisitCount.objects.filter(record=OuterRef("record"), year=OuterRef("year"), month=WHOLE_YEAR)
    return VisitCount.objects.filter(Q(month=WHOLE_YEAR) | ~Exists(whole)).order_by()
