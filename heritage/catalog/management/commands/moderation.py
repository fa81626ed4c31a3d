"""`manage.py moderation digest`: tells staff by e-mail of the tasks that wait for them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from heritage.catalog.moderation import digest


class Command(BaseCommand):
    help = "Sends each member of staff with new tasks one message a day at most; the worker does the same every hour."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        send = actions.add_parser("digest", help="send the messages that are due")
        send.add_argument("--dry-run", action="store_true", help="say how many would be sent, and send none")

    def handle(self, *args: Any, **options: Any) -> None:
        count = digest.tell(dry_run=options["dry_run"])
        self.stdout.write(f"{count} messages {'would be' if options['dry_run'] else ''} sent".replace("  ", " "))
