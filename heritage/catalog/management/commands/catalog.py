"""`manage.py catalog ACTION`: work on the whole register from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from heritage.catalog import bookkeeping
from heritage.catalog.exports import FORMATS
from heritage.catalog.exports.whole import UnwritableFileError, written
from heritage.catalog.imports import Report, UnreadableFileError, import_file, telling
from heritage.catalog.imports.report import Refusal, sentence
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.undoing import undo
from heritage.catalog.models import RegisterImport, Undone
from heritage.core.letters import LETTERS


class Command(BaseCommand):
    help = (
        "Imports the register. Rows that cannot be taken are listed with line, column, value and what would be right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        bring = actions.add_parser("import", help="bring in CSV, XLSX or JSON lines; a second time changes nothing")
        bring.add_argument("file", type=Path)
        bring.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        bring.add_argument("--json", action="store_true", help="print counts and refusals as JSON")
        bring.add_argument("--overwrite", action="store_true", help="let the file win over edits made by hand")
        bring.add_argument("--letters", choices=[*LETTERS], default="", help="convert a file in old letters to Unicode")
        bring.add_argument("--provider", default="", help="whose keys stand in the column external_id")
        back = actions.add_parser("undo", help="take an import back; what was edited since stays and is listed")
        back.add_argument("import", type=int, help="its key, as the import printed it")
        send = actions.add_parser("export", help="write every record, in the columns that import reads")
        send.add_argument("file", type=Path, help=f"its ending says the form: {', '.join(FORMATS)}")
        send.add_argument("--dry-run", action="store_true", help="make the whole file, and write nothing")
        send.add_argument("--json", action="store_true", help="print how many records and bytes as JSON")
        actions.add_parser("ranks", help="derive the periods of rank of every record anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "ranks":
            self.stdout.write(_("%(count)s records") % {"count": bookkeeping.refresh_all_ranks()})
            return
        if options["action"] == "undo":
            self._undo(options["import"])
            return
        if options["action"] == "export":
            self._export(options["file"], dry_run=options["dry_run"], as_json=options["json"])
            return
        say = self.stderr.write if options["verbosity"] > 1 else lambda _line: None
        try:
            report = import_file(
                options["file"],
                dry_run=options["dry_run"],
                overwrite=options["overwrite"],
                letters=options["letters"],
                provider=options["provider"],
                say=say,
            )
        except UnreadableFileError as error:
            if options["json"]:
                self.stdout.write(telling.unreadable(Report(dry_run=options["dry_run"]), error))
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report)

    def _undo(self, pk: int) -> None:
        job = RegisterImport.objects.filter(pk=pk).first()
        if job is None or not job.is_in:
            raise CommandError(_("There is no import %(key)s that could be undone.") % {"key": pk})
        counts = undo(job, Rights())
        for line in job.lines.filter(undone=Undone.NO).order_by("line")[: telling.SHOWN]:
            self.stdout.write(_line(Refusal(line.line, line.number, line.column, line.value, line.undone_note)))
        self.stdout.write(_("%(undone)s rows undone, %(kept)s left as they are") % counts)

    def _export(self, path: Path, *, dry_run: bool, as_json: bool) -> None:
        try:
            told = written(path, dry_run=dry_run)
        except UnwritableFileError as error:
            if as_json:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(_("%(count)s records") % {"count": told["records"]})
        if dry_run:
            self.stdout.write(_("Trial run: nothing is written yet."))

    def _tell(self, report: Report) -> None:
        for line in telling.refusals(report, _line):
            self.stdout.write(line)
        if report.ignored_columns:
            columns = ", ".join(report.ignored_columns)
            self.stdout.write(_("Columns without a meaning here, left aside: %(columns)s") % {"columns": columns})
        self.stdout.write(f"{telling.counts(report)} ({report.encoding})")
        if report.key:
            self.stdout.write(_("`manage.py catalog undo %(key)s` takes it back.") % {"key": report.key})


def _line(refusal: Refusal) -> str:
    place = _("line %(line)s, %(number)s, %(column)s") % {
        "line": refusal.line,
        "number": refusal.number or "?",
        "column": refusal.column or "-",
    }
    return f"{place}: “{refusal.value}”: {sentence(refusal.reason)}"
