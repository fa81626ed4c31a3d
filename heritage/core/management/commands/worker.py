"""`manage.py worker`: drains the outbox and does the periodic jobs until told to stop."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from heritage.core import outbox, periodic


class Command(BaseCommand):
    help = "Hands changes to the search index, the map and the feeds, as they happen. Stops on SIGTERM or SIGINT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="drain what is waiting, then stop")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between looks at an empty outbox")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"{outbox.drain_all()} changes taken up, {outbox.waiting()} waiting")
            return
        self.running = True
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        while self.running:
            close_old_connections()
            periodic.run_due()
            if not outbox.drain_all():
                time.sleep(options["pause"])

    def _stop(self, *_args: Any) -> None:
        self.running = False
