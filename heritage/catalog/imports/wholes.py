"""Rows that would be part of themselves, also by way of records that are already there."""

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import Refusal
from heritage.catalog.imports.staging import Staging
from heritage.catalog.models import Record

CHUNK = 1000
ROUNDS = 40
"""Levels of parts within parts that are followed in the staging; deeper ones are followed in memory."""


def refuse_circles(staged: Staging) -> int:
    """Refuse every row of a circle; returns how many there are.

    Rows whose wholes lead out of the file are set aside level by level; only what is left is looked at one by one.
    """
    _lead_out(staged)
    db = staged.db
    db.execute("UPDATE entry SET above = part_of WHERE part_of IN (SELECT number FROM entry)")
    db.execute(
        "UPDATE entry SET above = (SELECT above FROM elsewhere WHERE number = part_of) "
        "WHERE part_of != '' AND above = '' AND part_of IN (SELECT number FROM elsewhere WHERE above != '')"
    )
    db.execute("UPDATE entry SET safe = 1 WHERE above = ''")
    upwards = "UPDATE entry SET safe = 1 WHERE safe = 0 AND above IN (SELECT number FROM entry WHERE safe = 1)"
    for _round in range(ROUNDS):
        if not db.execute(upwards).rowcount:
            break
    return _refuse_rest(staged)


def _refuse_rest(staged: Staging) -> int:
    above = dict(staged.db.execute("SELECT number, above FROM entry WHERE safe = 0"))
    refused = 0
    for line, number in staged.db.execute("SELECT line, number FROM entry WHERE safe = 0 ORDER BY line").fetchall():
        way, one = [number], above[number]
        while one in above and one not in way:
            way.append(one)
            one = above[one]
        if one == number:
            reason = _(
                "The record would be part of itself, by way of %(chain)s. | "
                "Correct or empty the cell part_of_id of one of them."
            ) % {"chain": " → ".join(way)}
            staged.refuse(Refusal(line, number, "part_of_id", above[number], reason))
            refused += 1
    return refused


def _lead_out(staged: Staging) -> None:
    """For records outside the file that rows are part of: the first of their own wholes that is a row of the file."""
    query = (
        "SELECT number FROM elsewhere "
        "WHERE number IN (SELECT part_of FROM entry) AND number NOT IN (SELECT number FROM entry)"
    )
    for some in staged.distinct(query, CHUNK):
        over = _wholes_above(some)
        for number in some:
            seen, one = {number}, over.get(number, "")
            while one and one not in seen and not _is_row(staged, one):
                seen.add(one)
                one = over.get(one, "")
            if one and one not in seen:
                staged.db.execute("UPDATE elsewhere SET above = ? WHERE number = ?", (one, number))


def _is_row(staged: Staging, number: str) -> bool:
    return staged.db.execute("SELECT 1 FROM entry WHERE number = ?", (number,)).fetchone() is not None


def _wholes_above(numbers: list[str]) -> dict[str, str]:
    """Of records that are already there: which whole each is part of, and so on upwards."""
    above: dict[str, str] = {}
    waiting = sorted(numbers)
    while waiting:
        some, waiting = waiting[:CHUNK], waiting[CHUNK:]
        rows = Record.objects.filter(number__in=some, part_of__isnull=False).values_list("number", "part_of__number")
        above |= dict(rows)
        waiting += [whole for _number, whole in rows if whole not in above]
    return above
