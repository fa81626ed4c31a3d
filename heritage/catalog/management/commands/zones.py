"""`manage.py zones import FILE`: protection zones from the files of surveyors."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from heritage.catalog.imports import telling
from heritage.catalog.imports.report import Refusal, UnreadableFileError
from heritage.catalog.zones.importing import LISTS, Options, ZoneReport, import_file
from heritage.places.geometry.files import SUFFIXES
from heritage.places.geometry.vn2000 import THREE_DEGREES


class Command(BaseCommand):
    help = (
        "Imports protection zones into drafts of their records. Areas that cannot be taken are listed with the reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        bring = actions.add_parser("import", help="bring in zones from a file; a second time changes nothing")
        bring.add_argument("file", type=Path, help=f"its ending says the form: {', '.join((*SUFFIXES, *LISTS))}")
        bring.add_argument("--record", default="", help="number of the record, where the areas do not name one")
        bring.add_argument("--zone", choices=["I", "II"], default="", help="zone, where the areas do not say which")
        bring.add_argument("--source", default="", help="the paper that the zones come from, where the areas name none")
        bring.add_argument(
            "--meridian",
            type=float,
            choices=list(THREE_DEGREES),
            metavar="DEGREES",
            help="central meridian of a list of VN-2000 coordinates, such as 106.5; left out, the province's own",
        )
        bring.add_argument(
            "--publish", action="store_true", help="publish at once; without it the zones await approval"
        )
        bring.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        bring.add_argument("--json", action="store_true", help="print counts and refusals as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Options(
            record=options["record"],
            zone=options["zone"],
            source=options["source"],
            meridian=options["meridian"],
            dry_run=options["dry_run"],
            publish=options["publish"],
        )
        try:
            report = import_file(options["file"], chosen)
        except UnreadableFileError as error:
            if options["json"]:
                self.stdout.write(telling.unreadable(ZoneReport(dry_run=options["dry_run"]), error))
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report)

    def _tell(self, report: ZoneReport) -> None:
        for line in telling.refusals(report, lambda refusal: _("refused: %(line)s") % {"line": _line(refusal)}):
            self.stdout.write(line)
        for warning in report.warnings[: telling.SHOWN]:
            self.stdout.write(_("look at: %(line)s") % {"line": _line(warning)})
        self.stdout.write(telling.counts(report))


def _line(refusal: Refusal) -> str:
    place = _("area %(line)s, %(number)s, %(column)s") % {
        "line": refusal.line,
        "number": refusal.number or "?",
        "column": refusal.column,
    }
    return f"{place}: “{refusal.value}”: {refusal.reason}"
