"""The register at `size` (100,000) records: each part of it in a module `_register_*` that adds to one answer."""

import importlib
import pkgutil
import sys
import time
from pathlib import Path
from typing import Any

PREFIX = "_register_"
FIRST = 1_000
"""Records that there are when parts measure what the whole is compared with (`measure_first`)."""


def run(size: int) -> dict[str, Any]:
    """Runs `measure(size)` of every part on one database filled once; a part says its bars and whether they hold.

    A part that has `measure_first()` is asked at 1,000 records too, and given that answer as `first`.
    """
    from benchmarks.support import fresh_database

    size = size or 100_000
    fresh_database()
    modules = _parts()
    _fill_units()
    _fill(min(size, FIRST))
    first = {name: {"first": part.measure_first()} for name, part in modules.items() if hasattr(part, "measure_first")}
    _fill(size - FIRST)
    answer: dict[str, Any] = {"size": size}
    for name, part in modules.items():
        started = time.perf_counter()
        answer[name] = part.measure(size, **first.get(name, {}))
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return answer


def _parts() -> dict[str, Any]:
    names = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return {
        name.removeprefix(PREFIX): importlib.import_module(f"benchmarks.{name}")
        for name in sorted(names)
        if name.startswith(PREFIX)
    }


def _quiet(_message: str) -> None:
    return None


def _fill_units() -> None:
    from heritage.demo.loaders import accounts, places

    places.load(_quiet)
    accounts.load(_quiet)


def _fill(count: int) -> None:
    """`count` synthetic records more, counted by the database's planner."""
    from django.db import connection

    from heritage.demo.loaders import catalog

    if count > 0:
        catalog.synthesise(count, _quiet)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
