"""`manage.py places ACTION`: the administrative units of the archive."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from heritage.places import boundaries
from heritage.places.geometry.shapes import BadGeometryError
from heritage.places.services import load_units


class Command(BaseCommand):
    help = "Administrative units. `load_units` may be run again at any time; it changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load_units", help="load the shipped table of units and their changes")
        load.add_argument("--json", action="store_true", help="print the counts as JSON")

        boundaries = actions.add_parser("load_boundaries", help="take in boundaries of units, by their codes or names")
        boundaries.add_argument("file", type=Path, help="GeoJSON, or a Shapefile as one .zip, with the codes of units")
        boundaries.add_argument("--source", required=True, help="where the file comes from; it is kept with each")
        boundaries.add_argument("--licence", default="", help="on what terms it may be used")
        boundaries.add_argument(
            "--day", type=dt.date.fromisoformat, help="units of this day, such as 2025-06-30 (else those in force)"
        )
        boundaries.add_argument("--dry-run", action="store_true", help="say what would be kept, and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "load_boundaries":
            self._load_boundaries(**options)
            return
        counts = load_units()
        if options["json"]:
            self.stdout.write(json.dumps({name: asdict(count) for name, count in counts.items()}))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count.created} new, {count.updated} changed, {count.unchanged} as before")

    def _load_boundaries(self, file: Path, source: str, licence: str, **options: Any) -> None:
        try:
            data, dry_run = file.read_bytes(), options["dry_run"]
            loaded = boundaries.load(file.name, data, source, licence, options["day"], dry_run)
        except (BadGeometryError, OSError) as error:
            raise CommandError(str(error)) from error
        for line in loaded.refused:
            self.stderr.write(f"left out: {line}")
        for line in loaded.doubts:
            self.stderr.write(f"look at: {line}")
        self.stdout.write(f"{loaded.count} boundaries kept, {len(loaded.refused)} left out")
