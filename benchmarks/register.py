"""The register at `size` (100,000) records: each part of it in a module `_register_*` that adds to one answer."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

PREFIX = "_register_"


def run(size: int) -> dict[str, Any]:
    """Runs `measure(size)` of every part on one database filled once; a part says its bars and whether they hold."""
    from benchmarks.support import fresh_database

    size = size or 100_000
    fresh_database()
    parts = sorted(
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]) if module.name.startswith(PREFIX)
    )
    loaded = [importlib.import_module(f"benchmarks.{name}") for name in parts]
    _fill(size)
    return {"size": size} | {
        name.removeprefix(PREFIX): module.measure(size) for name, module in zip(parts, loaded, strict=True)
    }


def _fill(size: int) -> None:
    """Units, then `size` synthetic records."""
    from heritage.demo.loaders import catalog, places

    def quiet(_message: str) -> None:
        return None

    places.load(quiet)
    catalog.synthesise(size, quiet)
