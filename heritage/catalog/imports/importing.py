"""Importing a file: two readings, the first to judge every row, the second to write a chunk in each transaction.

Killed at any point, whole chunks are there and nothing else; the next run goes on from what is there.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from heritage.catalog.imports import linking, writing
from heritage.catalog.imports.canonical import Values
from heritage.catalog.imports.parsing import Parser, Units
from heritage.catalog.imports.planning import Plan, plan
from heritage.catalog.imports.reading import Table, open_table
from heritage.catalog.imports.report import Report, UnreadableFileError
from heritage.core.planner import refresh_statistics
from heritage.places.models import Unit

CHUNK = 500

Say = Callable[[str], None]


def import_file(path: Path, *, dry_run: bool = False, overwrite: bool = False, say: Say = lambda _line: None) -> Report:
    """Bring the register's CSV in.

    A new row becomes a draft record. A row that says what it said last time changes nothing, whatever was edited by
    hand since. A row that says something new changes just that, unless it was edited by hand to something else: then
    the row is refused, or with `overwrite` the file wins. Parts and wholes may stand in any order.

    Raises:
        UnreadableFileError: the file cannot be read as a register at all; nothing is changed.
    """
    table = open_table(path)
    if not Unit.objects.current().exists():
        raise UnreadableFileError(_("There are no administrative units yet; run `manage.py places load_units` first."))
    parser = Parser(Units())
    made = plan(table, parser)
    report = Report(
        refusals=made.refusals,
        encoding=table.encoding,
        delimiter=table.delimiter,
        ignored_columns=table.ignored_columns,
        dry_run=dry_run,
    )
    work = writing.Work(path.name, parser.units, report, dry_run, overwrite)
    done = 0
    for chunk in _chunks(table, parser, made):
        with transaction.atomic():
            work.take(chunk)
        done += len(chunk)
        say(_("%(done)s of %(all)s rows") % {"done": done, "all": len(made.lines)})
    if not dry_run:
        for links in work.links_in_chunks(CHUNK):
            with transaction.atomic():
                linking.link(links)
        if report.created:
            refresh_statistics()
    report.refusals.sort(key=lambda refusal: refusal.line)
    return report


def _chunks(table: Table, parser: Parser, made: Plan) -> Iterator[list[tuple[int, str, Values]]]:
    accepted = ((row.line, *parsed) for row in table.rows() if row.line in made.lines and (parsed := parser.parse(row)))
    while chunk := list(islice(accepted, CHUNK)):
        yield chunk
