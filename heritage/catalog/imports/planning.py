"""The first reading: which rows can be taken at all, and which fall with the rows they point at."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.accounts.roles import Action
from heritage.catalog.imports import wholes
from heritage.catalog.imports.creating import unit_of
from heritage.catalog.imports.parsing import Entry, Parser
from heritage.catalog.imports.reading import Row, Table
from heritage.catalog.imports.report import Refusal, UnreadableFileError
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.staging import Staging
from heritage.catalog.models import ImportedRow, Record
from heritage.core.models import Identifier

CHUNK = 1000
TWICE = gettext_lazy("The number stands already in line %(line)s. | Leave one of the two rows out.")
Tell = Callable[[int], None]

POINTERS = (("part_of", "part_of_id"), ("related", "related_place_id"))
NOWHERE = "{0} != '' AND {0} NOT IN (SELECT number FROM entry) AND {0} NOT IN (SELECT number FROM elsewhere)"


@dataclass(frozen=True)
class Terms:
    """Whose keys stand in `external_id`, and what whoever imports may do."""

    provider: str = ""
    rights: Rights = field(default_factory=Rights)


def plan(staged: Staging, table: Table, parser: Parser, terms: Terms, tell: Tell = lambda _rows: None) -> int:
    """Read the whole file once; returns the number of its rows. What can be taken is in `staged` then.

    Raises:
        UnreadableFileError: there is not one row.
    """
    rows = 0
    for row in table.rows():
        rows += 1
        _take(staged, parser, row)
        if rows % CHUNK == 0:
            tell(rows)
    if not rows:
        raise UnreadableFileError(_("The file has a header but no row."))
    if "external_id" in table.said:
        _give_numbers(staged, terms.provider)
        _refuse_same_numbers(staged)
    _refuse_below_refused(staged)
    _survey(staged, parser, terms.rights, {"name_vi", "kind"} <= table.said)
    pointers = [name for name, column in POINTERS if column in table.said]
    _find_elsewhere(staged, pointers)
    _refuse_lost_pointers(staged, pointers)
    if "part_of" in pointers and wholes.refuse_circles(staged):
        _refuse_lost_pointers(staged, pointers)
    return rows


def _take(staged: Staging, parser: Parser, row: Row) -> None:
    entry = parser.parse(row)
    if entry is None:
        for refusal in parser.refusals:
            staged.refuse(refusal)
    elif not staged.add(entry):
        first = staged.line_of(entry.number, entry.external_id)
        column, value = ("id", entry.number) if entry.number else ("external_id", entry.external_id)
        staged.refuse(Refusal(row.line, entry.number, column, value, str(TWICE) % {"line": first}))


def _give_numbers(staged: Staging, provider: str) -> None:
    """Rows that have only their provider's key get the number under which their record is known already."""
    if not provider and staged.count("number = ''"):
        for some in staged.chunks(CHUNK, condition="number = ''"):
            for entry in some:
                reason = _(
                    "Nobody is named as the provider of the file. | "
                    "Say who provides it: without that name the key says nothing."
                )
                staged.refuse(Refusal(entry.line, "", "external_id", entry.external_id, reason))
        return
    for some in staged.chunks(CHUNK, condition="external_id != ''"):
        rows = ImportedRow.objects.filter(provider=provider, external_id__in=[entry.external_id for entry in some])
        known = dict(rows.values_list("external_id", "record__number"))
        for entry in some:
            number = known.get(entry.external_id)
            if number and not entry.number:
                staged.db.execute("UPDATE entry SET number = ? WHERE line = ?", (number, entry.line))
            elif number and number != entry.number:
                reason = _("At %(provider)s this key belongs to %(number)s. | Write that number, or correct the key.")
                reason %= {"provider": provider, "number": number}
                staged.refuse(Refusal(entry.line, entry.number, "external_id", entry.external_id, reason))


def _refuse_same_numbers(staged: Staging) -> None:
    """A number and a key that mean one record stand in two lines."""
    query = "SELECT number, min(line) FROM entry WHERE number != '' GROUP BY number HAVING count(*) > 1"
    for number, first in staged.db.execute(query).fetchall():
        again = "SELECT line FROM entry WHERE number = ? AND line > ?"
        for (line,) in staged.db.execute(again, (number, first)).fetchall():
            staged.refuse(Refusal(line, number, "id", number, str(TWICE) % {"line": first}))


def _refuse_below_refused(staged: Staging) -> None:
    """A number that stands above in a row that is refused: which of the two is meant is for people to say."""
    query = (
        "SELECT entry.line, entry.number, min(refusal.line) FROM refusal JOIN entry ON entry.number = refusal.number "
        "WHERE refusal.number != '' AND refusal.line < entry.line GROUP BY entry.line"
    )
    for line, number, first in staged.db.execute(query).fetchall():
        staged.refuse(Refusal(line, number, "id", number, str(TWICE) % {"line": first}))


def _survey(staged: Staging, parser: Parser, rights: Rights, may_be_new: bool) -> None:
    """Numbers of a place or a book, which share one space with records; new ones without a name; others' records."""
    label = Record._meta.label_lower
    for some in staged.chunks(CHUNK):
        issued = dict(
            Identifier.objects.filter(number__in=[entry.number for entry in some]).values_list("number", "model")
        )
        mine = rights.among([*issued], Action.CHANGE)
        for entry in some:
            if issued.get(entry.number, label) != label:
                _refuse(staged, entry, "id", _("The number belongs to something else for ever. | Give another."))
            elif entry.number not in issued and not may_be_new:
                reason = _("No record has this number. | Correct it; a new record needs the columns name_vi and kind.")
                _refuse(staged, entry, "id", reason)
            elif entry.number in issued and entry.number not in mine:
                _refuse(
                    staged, entry, "id", _("The record belongs to a unit that your roles do not reach. | Leave it out.")
                )
            elif not _is_reached(entry, parser, rights, entry.number not in issued):
                reason = _("Your roles do not reach this unit, or not this kind there. | Give the code of one they do.")
                staged.refuse(
                    Refusal(entry.line, entry.number, "commune_new_code", entry.values.get("unit", ""), reason)
                )


def _is_reached(entry: Entry, parser: Parser, rights: Rights, is_new: bool) -> bool:
    """Whether the unit that a row gives is the importer's: to a new record, or to one that moves there."""
    if not is_new and "unit" not in entry.values:
        return True
    unit = unit_of(entry.values, parser.units)
    return rights.new.cover(unit.pk if unit else None, str(entry.values.get("kind", "")))


def _refuse(staged: Staging, entry: Entry, column: str, reason: str) -> None:
    staged.refuse(Refusal(entry.line, entry.number, column, entry.number, reason))


def _find_elsewhere(staged: Staging, pointers: list[str]) -> None:
    """Of the numbers that are pointed at, those that the register has."""
    for name in pointers:
        for some in staged.distinct(f"SELECT DISTINCT {name} FROM entry WHERE {name} != ''", CHUNK):  # noqa: S608
            there = Record.objects.filter(number__in=some).values_list("number")
            staged.db.executemany("INSERT OR IGNORE INTO elsewhere (number) VALUES (?)", list(there))


def _refuse_lost_pointers(staged: Staging, pointers: list[str]) -> None:
    """Rows that point at what neither the file nor the register has; and then those that point at such rows."""
    reason = _("No record has this number, here or in the file's accepted rows. | Correct it or leave it empty.")
    while sum(staged.refuse_where(NOWHERE.format(name), name, reason) for name in pointers):
        pass
