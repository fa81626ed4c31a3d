"""`python -m benchmarks NAME [--size N] [--only PART,...]`: runs one benchmark and prints its figures as JSON.

A benchmark is a module of this package with `run(size: int) -> dict`; 0 stands for the benchmark's own size. One that
can be run part by part has `PARTS` and takes the wanted ones as `run(size, only)`.
"""

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any


def names() -> list[str]:
    package = Path(__file__).parent
    return sorted(
        m.name for m in pkgutil.iter_modules([str(package)]) if not m.name.startswith("_") and m.name != "support"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=names())
    parser.add_argument("--size", type=int, default=0, help="rows, documents or files; 0 = the benchmark's own")
    parser.add_argument("--only", default="", help="parts to run, with commas between, where the benchmark has parts")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heritage.settings.dev")
    os.environ.setdefault("DEBUG", "0")
    with tempfile.TemporaryDirectory(prefix="heritage-bench-") as folder:
        # A benchmark fills a database and an index of its own, never the ones in use.
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.setdefault("MEDIA_ROOT", str(Path(folder, "media")))
        module = importlib.import_module(f"benchmarks.{options.name}")
        wanted = _parts(parser, module, options.only)
        figures = module.run(options.size, wanted) if wanted else module.run(options.size)
    machine = {"python": platform.python_version(), "cpus": os.cpu_count(), "system": platform.platform()}
    json.dump({"benchmark": options.name, "machine": machine, **figures}, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0


def _parts(parser: argparse.ArgumentParser, module: Any, only: str) -> list[str]:
    wanted = [part.strip() for part in only.split(",") if part.strip()]
    known = list(getattr(module, "PARTS", []))
    if unknown := [part for part in wanted if part not in known]:
        has = f"its parts are {', '.join(known)}" if known else "it has no parts"
        parser.error(f"--only: {', '.join(unknown)} is no part of this benchmark; {has}.")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
