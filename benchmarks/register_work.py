"""The register's daily work at 100,000 records: lists and forms, import, bulk publication, export, figures.

`--only PART,...` runs some parts. With `VAR_DIR` set, the filled database stays there for the next part; without it
each run fills its own. The peer of lists and forms is Wagtail's plain snippet viewset on the same model with 1,000
records, that of import and bulk publication Wagtail's own road of one record after another; each in the same run.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import _work_import, _work_many, _work_screens
from benchmarks._work_data import SIZE, filled
from benchmarks.support import fresh_site

PARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "screens": _work_screens.screens,
    "figures": _work_many.figures,
    "duplicates": _work_many.duplicates,
    "export": _work_many.export,
    "import": _work_import.rates,
    "killed": _work_import.killed,
    "publish": _work_many.publish,
    "memory": _work_import.memory,
}
LONG = ("memory",)
"""Takes a quarter of an hour or more: only where it is named."""
BARS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "screens": lambda found: max(found["ratios"].values()) <= 1.3 and all(found["constant_queries"].values()),
    "figures": lambda found: (
        max(found[page]["p95_ms"] for page in ("today", "on_another_day")) <= 200
        and not found["figures_that_differed_from_the_recount"]
    ),
    "export": lambda found: min(each["rows_per_second"] for each in found.values()) >= 5_000,
    "import": lambda found: min(found["new_rows_per_second"], found["changed_rows_per_second"]) >= 1_000,
    "publish": lambda found: found["per_second"] >= 100,
    "memory": lambda found: found["peak_mb"] < 300,
}


def run(size: int, only: list[str] | None = None) -> dict[str, Any]:
    """Figures at `size` records (0 = 100,000), of the parts named (none = all but the long ones)."""
    fresh_site()
    wanted = only or [part for part in PARTS if part not in LONG]
    # What runs for long has a database of its own.
    figures: dict[str, Any] = {"filled": filled(size or SIZE)} if {*wanted} - {*LONG} else {}
    for name in wanted:
        started = time.perf_counter()
        figures[name] = PARTS[name](size or SIZE)
        if name in BARS:
            figures[name]["bar_met"] = BARS[name](figures[name])
        figures[name]["part_s"] = round(time.perf_counter() - started)
        print(json.dumps({name: figures[name]}), file=sys.stderr, flush=True)  # what is measured is not lost
    return figures
