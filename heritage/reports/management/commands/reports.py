"""`manage.py reports recount`: counts the register's figures anew and says how many were wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from heritage.reports import tallies


class Command(BaseCommand):
    help = "Counts the figures of the register anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["recount"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tallies.recount()} figures differed from what was kept")
