"""`manage.py library import PATH` and `manage.py library settle`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from heritage.library.imports import Report, Row, Terms, take_in
from heritage.library.models import Access, Licence
from heritage.library.queries import published
from heritage.library.records import RecordsError, formats, open_records, take_records
from heritage.library.services import queue

SUFFIXES = {"marc": "mrc", "marcxml": "xml", "csv": "csv"}


class Command(BaseCommand):
    help = "Takes books in, and hands on copies whose time has come."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        taking = commands.add_parser("import", help="take in an EPUB, PDF or CBZ, audio files, or a folder of them")
        taking.add_argument("path", type=Path)
        taking.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        taking.add_argument("--json", action="store_true", help="print the report as JSON")
        taking.add_argument("--access", choices=Access.values, default=Access.OPEN.value, help="of new titles")
        taking.add_argument("--copies", type=int, help="how many readers may borrow a new title at once")
        taking.add_argument("--licence", choices=Licence.values, default=Licence.COPYRIGHT.value, help="of new titles")
        taking.add_argument("--draft", action="store_true", help="do not publish new titles")
        records = commands.add_parser("records", help="take in catalogue records: MARC 21, MARCXML or CSV")
        records.add_argument("path", type=Path)
        records.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        records.add_argument("--json", action="store_true", help="print the report as JSON")
        export = commands.add_parser("export", help="write the published works as catalogue records")
        export.add_argument("path", type=Path)
        export.add_argument("--format", choices=list(SUFFIXES), default="marc")
        commands.add_parser("settle", help="end what is past its time and keep copies for the next readers")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "settle":
            self.stdout.write(f"{queue.settle()} titles settled")
            return
        if options["command"] == "export":
            self._export(options["path"], options["format"])
            return
        report = self._take_records(options) if options["command"] == "records" else self._take_in(options)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            counts = {name: report.count(name) for name in ("created", "updated", "unchanged", "refused")}
            self.stdout.write(", ".join(f"{name} {count}" for name, count in counts.items()))

    def _take_records(self, options: dict[str, Any]) -> Report:
        path: Path = options["path"]
        try:
            rows = list(open_records(path))
        except (OSError, RecordsError) as error:
            raise CommandError(str(error)) from error
        report = take_records(rows, path.name, options["dry_run"])
        if not options["json"]:
            for row in report.rows:
                self._tell(row)
        return report

    def _export(self, path: Path, form: str) -> None:
        works = published().order_by("pk")
        with path.open("wb") as file:
            file.writelines(formats.write(SUFFIXES[form], works))
        self.stdout.write(f"{works.count()} works written to {path}")

    def _take_in(self, options: dict[str, Any]) -> Report:
        access, copies = Access(options["access"]), options["copies"]
        if copies is not None and access == Access.OPEN:
            access = Access.LENDING
        if (access == Access.LENDING) != (copies is not None) or (copies or 0) < 0:
            raise CommandError("Give --copies with a number for titles that are lent, and for no others.")
        terms = Terms(access, copies, Licence(options["licence"]), publish=not options["draft"])
        tell = None if options["json"] else self._tell
        try:
            return take_in(options["path"], terms, options["dry_run"], tell)
        except FileNotFoundError as error:
            raise CommandError(f"There is nothing at {options['path']}.") from error

    def _tell(self, row: Row) -> None:
        removed = ", ".join(f"{kind} ({count})" for kind, count in row.removed.items())
        parts = [row.outcome, row.number, row.title, row.path, row.reason, f"removed: {removed}" if removed else ""]
        self.stdout.write("  ".join(part for part in parts if part))
