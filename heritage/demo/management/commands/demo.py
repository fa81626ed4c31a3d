"""`manage.py demo load [--scale N]`: the demo data, or N synthetic records for benchmarks."""

import importlib
import time
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from heritage.core import outbox
from heritage.core.planner import refresh_statistics

ORDER = ["places", "accounts", "catalog", "iiif", "library", "maps", "journeys", "home"]
MAX_SCALE = 1_000_000


class Command(BaseCommand):
    help = "Loads the demo data; a second run changes nothing. --scale N adds N synthetic records for benchmarks."

    def add_arguments(self, parser: CommandParser) -> None:
        subcommands = parser.add_subparsers(dest="subcommand", required=True)
        load = subcommands.add_parser("load", help="load the demo data")
        load.add_argument(
            "--scale", type=int, default=0, help=f"also make this many synthetic records (to {MAX_SCALE:,})"
        )
        load.add_argument("--only", choices=ORDER, action="append", help="load only this part; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["scale"] <= MAX_SCALE:
            raise CommandError(f"--scale takes a whole number from 0 to {MAX_SCALE:,}.")
        started = time.monotonic()
        for name in options["only"] or ORDER:
            loader = importlib.import_module(f"heritage.demo.loaders.{name}")
            self._say(f"{name} ...")
            loader.load(self._say)
            if options["scale"]:
                self._synthesise(loader, options["scale"])
        self._write_accounts()
        refresh_statistics()
        self._say("search index ...")
        call_command("search", "rebuild", stdout=self.stdout)
        outbox.drain_all()  # so that nothing waits when the server is asked whether it is ready
        self._say(f"demo data ready in {time.monotonic() - started:.0f} s")

    def _synthesise(self, loader: ModuleType, scale: int) -> None:
        if synthesise := getattr(loader, "synthesise", None):
            synthesise(scale, self._say)

    def _write_accounts(self) -> None:
        """The table that `make demo` prints at every start, without starting Django for it."""
        accounts = importlib.import_module("heritage.demo.loaders.accounts")
        lines = [f"  {name:<12} {role:<22} {place}" for name, role, place in accounts.table()]
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        title = f"Demo accounts, password for all: {accounts.PASSWORD}"
        (settings.VAR_DIR / "demo-accounts.txt").write_text("\n".join([title, *lines, ""]))

    def _say(self, message: str) -> None:
        self.stdout.write(f"  {message}")
        self.stdout.flush()
