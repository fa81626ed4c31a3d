"""`manage.py places ACTION`: the administrative units of the archive."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from heritage.places.services import load_units


class Command(BaseCommand):
    help = "Administrative units. `load_units` may be run again at any time; it changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        load = actions.add_parser("load_units", help="load the shipped table of units and their changes")
        load.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_units()
        if options["json"]:
            self.stdout.write(json.dumps({name: asdict(count) for name, count in counts.items()}))
            return
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count.created} new, {count.updated} changed, {count.unchanged} as before")
