"""`manage.py places ACTION`: the administrative units of the archive."""

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

        boundaries = actions.add_parser("load_boundaries", help="take in boundaries of units in force")
        boundaries.add_argument("file", type=Path, help="GeoJSON, or a Shapefile as one .zip, with the codes of units")
        boundaries.add_argument("--source", required=True, help="where the file comes from; it is kept with each")
        boundaries.add_argument("--licence", default="", help="on what terms it may be used")

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

    def _load_boundaries(self, file: Path, source: str, licence: str, **_options: Any) -> None:
        try:
            loaded = boundaries.load(file.name, file.read_bytes(), source, licence)
        except (BadGeometryError, OSError) as error:
            raise CommandError(str(error)) from error
        for line in loaded.refused:
            self.stderr.write(f"left out: {line}")
        self.stdout.write(f"{loaded.count} boundaries kept, {len(loaded.refused)} left out")
