"""`manage.py api describe`: writes the OpenAPI document that is kept beside the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from heritage.publishing.api import snapshot


class Command(BaseCommand):
    help = "`describe` writes heritage/publishing/api/openapi.json anew after a wanted change of the API."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["describe"])

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot.FILE.write_text(snapshot.as_text(), encoding="utf-8")
        self.stdout.write(f"{snapshot.FILE.name}: {len(snapshot.current()['paths'])} paths")
