"""`manage.py maps import | import_visits | rebuild | check`: bring places and counts of visitors in; make anew or
look over what the map reads."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from heritage.accounts.reach import Reach
from heritage.catalog.imports.report import Tally
from heritage.maps import pyramid, visits
from heritage.maps.imports import PlaceReport, Terms, UnreadableFileError, import_file
from heritage.maps.imports.importing import Tell
from heritage.maps.imports.naming import naming_of
from heritage.maps.imports.reading import Naming
from heritage.maps.imports.rows import RowReport
from heritage.maps.models import ColumnMapping, PlaceKind

SHOWN = 200
"""Refusals printed for people; `--json` has them all."""


class Command(BaseCommand):
    help = "Imports tourist places; rebuilds or checks what the map reads."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        bring = actions.add_parser("import", help="bring in places; a second run of the same file changes nothing")
        bring.add_argument("file", type=Path, help=".csv, .xlsx, .geojson, .kml, .gpx, .osm or .osm.pbf")
        bring.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        bring.add_argument("--json", action="store_true", help="print counts and refusals as JSON")
        bring.add_argument("--mapping", default="", help="what the columns mean, by its saved name")
        bring.add_argument("--report", type=Path, help="write what became of each row to this CSV file")
        bring.add_argument("--licence", default="", help="licence of the source, kept with every place")
        bring.add_argument("--source", default="", help="where the file comes from (its own name otherwise)")
        bring.add_argument("--kind", default="", choices=["", *PlaceKind.values], help="kind of rows that name none")
        counts = actions.add_parser("import_visits", help="bring in counts of visitors by record and year or month")
        counts.add_argument("file", type=Path, help=".csv, .xlsx or .json with number, year, visitors")
        counts.add_argument("--source", required=True, help="who reported the counts; kept with each")
        counts.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        rebuild = actions.add_parser("rebuild", help="make every mark and cluster anew from what is published")
        rebuild.add_argument("--json", action="store_true", help="print the counts as JSON")
        actions.add_parser("check", help="compare the kept clusters with a recount; fails where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _import(self, options: dict[str, Any]) -> None:
        def say(done: int) -> None:
            if options["verbosity"] > 1:
                self.stderr.write(str(done))

        terms = Terms(
            dry_run=options["dry_run"],
            source=options["source"],
            kind=options["kind"],
            licence=options["licence"],
            naming=self._naming(options["mapping"]),
        )
        try:
            with self._report(options["report"]) as tell:
                report = import_file(options["file"], terms, say, tell)
        except (UnreadableFileError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report)

    def _naming(self, name: str) -> Naming | None:
        if not name:
            return None
        saved = ColumnMapping.objects.filter(name=name).first()
        if saved is None:
            known = ", ".join(ColumnMapping.objects.values_list("name", flat=True)) or "-"
            raise CommandError(_("No meaning of columns is saved as “%(name)s”; there are: %(known)s.")
                               % {"name": name, "known": known})  # fmt: skip
        return naming_of(saved.columns)

    @contextmanager
    def _report(self, path: Path | None) -> Iterator[Tell]:
        if path is None:
            yield lambda _outcomes: None
            return
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            yield RowReport(file)

    def _import_visits(self, options: dict[str, Any]) -> None:
        try:
            tally = visits.load(options["file"], options["source"], Reach(), dry_run=options["dry_run"])
        except (UnreadableFileError, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(tally)

    def _tell(self, report: Tally) -> None:
        for refusal in report.refusals[:SHOWN]:
            place = _("line %(line)s, %(column)s") % {"line": refusal.line, "column": refusal.column or "-"}
            self.stdout.write(f"{place}: “{refusal.value}”: {refusal.reason}")
        words = _("line %(line)s: %(number)s keeps %(column)s “%(ours)s”, the file says “%(theirs)s”")
        for kept in report.kept[:SHOWN] if isinstance(report, PlaceReport) else ():
            self.stdout.write(words % kept)
        counts = _("%(created)s new, %(updated)s changed, %(unchanged)s as before, %(refused)s refused")
        trial = _("Trial run, nothing is written: ") if report.dry_run else ""
        self.stdout.write(trial + counts % {**vars(report), "refused": report.refused})

    def _rebuild(self, options: dict[str, Any]) -> None:
        quiet = options["json"] or options["verbosity"] < 2
        count = pyramid.rebuild(say=(lambda _line: None) if quiet else self.stdout.write)
        self.stdout.write(json.dumps({"marks": count}) if options["json"] else f"{count} marks on the map")

    def _check(self, options: dict[str, Any]) -> None:
        found = pyramid.differences()
        if found:
            raise CommandError(
                "\n".join([*found[:20], f"{len(found)} differences; `manage.py maps rebuild` mends them"])
            )
        self.stdout.write("every cluster is right")
