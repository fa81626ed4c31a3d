"""What `register_work` runs on: synthetic records with their figures, filled once into VAR_DIR, used by every part."""

from typing import Any

SIZE, FIRST = 100_000, 1_000


def filled(size: int) -> dict[str, Any]:
    """`size` synthetic records with their kept figures; a database that holds them already is used as it is."""
    from importlib import import_module

    from django.conf import settings
    from django.core.management import call_command

    from heritage.catalog.models import Record
    from heritage.core.planner import refresh_statistics
    from heritage.reports import tallies

    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if there := Record.objects.filter(number__startswith="SYN-").count():
        return {"size": there, "filled_before": True, "records": Record.objects.count()}
    for name in ("places", "accounts"):
        import_module(f"heritage.demo.loaders.{name}").load(quiet)
    import_module("heritage.demo.loaders.catalog").synthesise(size, quiet)
    tallies.recount()
    refresh_statistics()
    return {"size": size, "filled_before": False, "records": size}


def quiet(_message: str) -> None:
    return None


def user() -> Any:
    """An editor of the Department, who reaches every record and is no superuser."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="so.vhttdl")


def client(who: Any = None) -> Any:
    from django.test import Client

    found = Client()
    found.force_login(who or user())
    return found


def ok(answer: Any) -> Any:
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer) if answer.streaming else answer.content
