"""The first reading: which rows can be taken at all, and which fall with the rows they point at."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from heritage.catalog.imports.parsing import Parser
from heritage.catalog.imports.reading import Table
from heritage.catalog.imports.report import Refusal, UnreadableFileError
from heritage.catalog.models import Record
from heritage.core.models import Identifier

CHUNK = 1000


@dataclass(slots=True)
class Line:
    """What the plan remembers of a row: enough to follow its pointers, and no more."""

    number: str
    part_of: str
    related: str


@dataclass
class Plan:
    """Lines that can be taken, by line; and the refusals of the others."""

    lines: dict[int, Line] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)


def plan(table: Table, parser: Parser) -> Plan:
    """Read the whole file once.

    Raises:
        UnreadableFileError: there is not one row.
    """
    made, rows = Plan(), 0
    first_line: dict[str, int] = {}
    for row in table.rows():
        rows += 1
        parsed = parser.parse(row)
        number = row.values.get("id", "")
        if parsed is None:
            made.refusals += parser.refusals
        elif number in first_line:
            reason = _("The number stands already in line %(line)s.") % {"line": first_line[number]}
            made.refusals.append(Refusal(row.line, number, "id", number, reason))
        else:
            first_line[number] = row.line
            related = parsed[1]["related"]
            made.lines[row.line] = Line(number, parsed[1]["part_of"], related[0] if related else "")
    if not rows:
        raise UnreadableFileError(_("The file has a header but no row."))
    _refuse_taken_numbers(made)
    _refuse_lost_pointers(made)
    _refuse_circles(made)
    return made


def _refuse(made: Plan, line: int, column: str, value: str, reason: str) -> None:
    made.refusals.append(Refusal(line, made.lines.pop(line).number, column, value, reason))


def _refuse_taken_numbers(made: Plan) -> None:
    """Numbers that belong to a place or a book, which share one space of numbers with records."""
    by_number = {one.number: line for line, one in made.lines.items()}
    numbers = list(by_number)
    for start in range(0, len(numbers), CHUNK):
        taken = Identifier.objects.filter(number__in=numbers[start : start + CHUNK])
        for number in taken.exclude(model=Record._meta.label_lower).values_list("number", flat=True):
            _refuse(made, by_number[number], "id", number, _("The number belongs to something else for ever."))


def _refuse_lost_pointers(made: Plan) -> None:
    """Rows that point at what neither the file nor the register has; and then those that point at such rows."""
    wanted = {number for one in made.lines.values() for number in (one.part_of, one.related) if number}
    known = _known(wanted)
    while True:
        there = known | {one.number for one in made.lines.values()}
        lost = [
            (line, column, number)
            for line, one in made.lines.items()
            for column, number in (("part_of_id", one.part_of), ("related_place_id", one.related))
            if number and number not in there
        ]
        if not lost:
            return
        for line, column, number in lost:
            if line in made.lines:
                reason = _(
                    "No record has this number, here or in the file's accepted rows; correct it or leave it empty."
                )
                _refuse(made, line, column, number, reason)


def _known(numbers: set[str]) -> set[str]:
    found: set[str] = set()
    wanted = sorted(numbers)
    for start in range(0, len(wanted), CHUNK):
        rows = Record.objects.filter(number__in=wanted[start : start + CHUNK])
        found.update(rows.values_list("number", flat=True))
    return found


def _refuse_circles(made: Plan) -> None:
    """Rows that would be part of themselves, also by way of records that are already there."""
    above = {one.number: one.part_of for one in made.lines.values() if one.part_of}
    line_of = {one.number: line for line, one in made.lines.items()}
    above = _wholes_above(set(above.values()) - line_of.keys()) | above
    for number, line in line_of.items():
        seen, one = {number}, above.get(number)
        while one and one not in seen:
            seen.add(one)
            one = above.get(one)
        if one == number:
            reason = _("The record would be part of itself, by way of %(chain)s.")
            _refuse(made, line, "part_of_id", above[number], reason % {"chain": " → ".join(sorted(seen))})


def _wholes_above(numbers: set[str]) -> dict[str, str]:
    """Of records that are already there: which whole each is part of, and so on upwards."""
    above: dict[str, str] = {}
    waiting = sorted(numbers)
    while waiting:
        some, waiting = waiting[:CHUNK], waiting[CHUNK:]
        rows = Record.objects.filter(number__in=some, part_of__isnull=False).values_list("number", "part_of__number")
        above |= dict(rows)
        waiting += [whole for _number, whole in rows if whole not in above]
    return above
