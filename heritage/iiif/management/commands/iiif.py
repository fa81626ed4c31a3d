"""`manage.py iiif ingest|process|check`: scans from the command line."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from heritage.iiif import batches, checking, processing
from heritage.iiif.models import Access, Canvas, State
from heritage.iiif.services import RefusedError
from heritage.iiif.text.services import read_text


class Command(BaseCommand):
    help = "Takes scans in, processes what waits, and checks that every file is whole."
    requires_system_checks: list[str] = []  # they load every view and form, a tenth of the memory of taking a scan in

    def add_arguments(self, parser: CommandParser) -> None:
        subcommands = parser.add_subparsers(dest="subcommand", required=True)
        ingest = subcommands.add_parser("ingest", help="take in image files, or folders of them as one object each")
        ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        ingest.add_argument("--record", default="", metavar="NUMBER", help="the record that the scans belong to")
        ingest.add_argument("--identifier", default="", metavar="ID", help="the object, made where there is none yet")
        ingest.add_argument("--label", default="", help="label of a new object in Vietnamese")
        ingest.add_argument("--label-en", default="", help="label of a new object in English")
        ingest.add_argument(
            "--access", choices=Access.values, default=Access.OPEN, help="of a new object that belongs to no record"
        )
        ingest.add_argument(
            "--replace", default="", metavar="IMAGE", help="the image that gets this file as its picture"
        )
        ingest.add_argument("--json", action="store_true", help="print counts, refused files and notes as JSON")
        text = subcommands.add_parser("text", help="read the text of one scan from an ALTO or hOCR file")
        text.add_argument("path", type=Path, metavar="FILE")
        text.add_argument("--image", required=True, metavar="ID", help="image identifier, such as TN01.1")
        subcommands.add_parser("process", help="make the pyramids of scans that wait or failed")
        check = subcommands.add_parser("check", help="compare every original with its SHA-256")
        check.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        actions = {"ingest": self._ingest, "text": self._text, "process": self._process, "check": self._check}
        actions[options["subcommand"]](options)

    def _ingest(self, options: dict[str, Any]) -> None:
        if options["replace"] and len(options["paths"]) != 1:
            raise CommandError("--replace takes one file.")
        destination = batches.Destination(
            options["identifier"],
            options["record"],
            options["label"],
            options["label_en"],
            options["access"],
            options["replace"],
        )
        quiet = options["json"]
        report = batches.take_in(options["paths"], destination, lambda line: None if quiet else self._say(line))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            for file, note in report.notes:
                self._say(f"{file}: {note}")
            counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
            self._say(f"{counts}, {len(report.refusals)} refused")
        if report.refusals:
            raise SystemExit(1)

    def _text(self, options: dict[str, Any]) -> None:
        canvas = Canvas.objects.filter(image_identifier=options["image"]).select_related("digital_object").first()
        if canvas is None:
            raise CommandError(f"There is no scan {options['image']}.")
        try:
            saved = read_text(options["path"], canvas)
        except (RefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self._say(f"{canvas.image_identifier}: {len(saved.words)} words")

    def _process(self, _options: dict[str, Any]) -> None:
        waiting = Canvas.objects.filter(state__in=(State.PENDING, State.FAILED)).select_related("digital_object")
        done = 0
        for canvas in waiting:
            try:
                processing.process(canvas)
                done += 1
            except (RefusedError, OSError) as error:
                self._say(f"{canvas.image_identifier}: {error}")
        self._say(f"{done} scans made ready")

    def _check(self, options: dict[str, Any]) -> None:
        problems = list(checking.problems())
        count = Canvas.objects.count()
        if options["json"]:
            rows = [{"image": image, "problem": problem} for image, problem in problems]
            self.stdout.write(json.dumps({"checked": count, "problems": rows}, ensure_ascii=False, indent=2))
        else:
            for image, problem in problems:
                self._say(f"{image}: {problem}")
            where = settings.IIIF_ORIGINALS_URL or settings.IIIF_ORIGINALS_DIR
            self._say(f"{count} scans checked, {len(problems)} problems, originals in {where}")
        if problems:
            raise CommandError(f"{len(problems)} problems")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
