"""The import part of `register_work`: rates, memory by size, what a kill -9 leaves; each import in its own process.

The peer is Wagtail's own road of one record after another: what its form for a new snippet does, check, save, revision,
log entry.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.support import ratio

ROWS = 20_000
SMALL = 2_000
PEER = 200
CHILD = """
import json, sys, time
from pathlib import Path
import django
django.setup()
from benchmarks.support import peak_kilobytes
from heritage.catalog.imports import import_file
before, started = peak_kilobytes(), time.perf_counter()
report = import_file(Path(sys.argv[1]), say=lambda line: print(line, flush=True))
took = time.perf_counter() - started
memory = {"before_mb": before // 1024, "peak_mb": peak_kilobytes() // 1024}
print(json.dumps({"seconds": took, **memory, **report.counts()}))
"""


def measure(rows: int = ROWS) -> dict[str, Any]:
    """Figures of new, unchanged and changed rows; memory at `rows` and at `SMALL`; a killed import gone on with."""
    from django.conf import settings

    from heritage.catalog.models import Record

    folder, last = Path(settings.VAR_DIR), Record.objects.count()
    small = _import(_file(folder / "small.csv", "IS", SMALL))
    large = _file(folder / "large.csv", "IM", rows)
    new, again = _import(large), _import(large)
    assert (new["created"], again["unchanged"]) == (rows, rows), (new, again)
    changed = _import(_file(folder / "changed.csv", "IM", rows, facts_vi="Đo lại."))
    assert changed["updated"] == rows, changed
    peer = _peer()
    figures = {
        "rows": rows,
        "new_rows_per_second": round(rows / new["seconds"]),
        "unchanged_rows_per_second": round(rows / again["seconds"]),
        "changed_rows_per_second": round(rows / changed["seconds"]),
        "wagtail_one_by_one_per_second": round(peer, 1),
        "ratio": ratio(rows / new["seconds"], peer),
        "peak_mb": {str(SMALL): small["peak_mb"], str(rows): new["peak_mb"]},
        "mb_before_the_import": new["before_mb"],
        "killed": _killed(_file(folder / "killed.csv", "IK", 3 * SMALL), 3 * SMALL),
    }
    assert Record.objects.count() == last + SMALL + rows + PEER + 3 * SMALL
    return figures


def _rows(prefix: str, count: int, **changes: str) -> Iterator[dict[str, str]]:
    """The real register's rows under new numbers; one in ten is part of another."""
    from heritage.demo.loaders import catalog

    facts = Path(catalog.__file__).parents[1] / "data" / "heritage_facts.csv"
    with facts.open(encoding="utf-8-sig", newline="") as source:
        real = list(csv.DictReader(source))
    for index in range(count):
        whole = f"{prefix}-{index - 1:07d}" if index % 10 == 9 else ""
        row = real[index % len(real)] | {"id": f"{prefix}-{index:07d}", "part_of_id": whole, "related_place_id": ""}
        yield row | changes


def _file(path: Path, prefix: str, count: int, **changes: str) -> Path:
    rows = _rows(prefix, count, **changes)
    first = next(rows)
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return path


def _import(path: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", CHILD, str(path)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _killed(path: Path, rows: int) -> dict[str, Any]:
    """`kill -9` when a third is in; then the same command once more."""
    from heritage.catalog.models import Record
    from heritage.core.models import Identifier

    mine = Record.objects.filter(number__startswith="IK-")
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _line in child.stdout:
            if mine.count() >= rows // 3:
                break
        os.kill(child.pid, signal.SIGKILL)
    there = mine.count()
    rest = _import(path)
    assert 0 < there < rows, there
    assert mine.count() == Identifier.objects.filter(number__startswith="IK-").count() == rows == rest["created"]
    return {"in_when_killed": there, "in_after_the_second_run": mine.count(), "created_by_its_report": rest["created"]}


def _peer() -> float:
    """Records a second by what Wagtail's own form does for each."""
    from django.db import transaction
    from wagtail.log_actions import log

    from heritage.catalog.models import Record

    rows = list(_rows("IP", PEER))
    started = time.perf_counter()
    for row in rows:
        with transaction.atomic():
            record = Record(
                number=row["id"], name_vi=row["name_vi"], name_en=row["name_en"], kind=row["kind"], live=False
            )
            record.name_en, record.summary_vi = row["name_en"], row["facts_vi"]
            record.full_clean()
            record.save()
            record.save_revision(clean=False)
            log(record, "wagtail.create", content_changed=True)
    return PEER / (time.perf_counter() - started)


if __name__ == "__main__":  # by itself, on a database of its own: `python -m benchmarks._register_import [ROWS]`
    import tempfile

    with tempfile.TemporaryDirectory(prefix="heritage-bench-") as own:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="heritage.settings.dev", DEBUG="0", VAR_DIR=own, MEDIA_ROOT=f"{own}/media"
        )
        from benchmarks.support import fresh_database

        fresh_database()
        from heritage.demo.loaders import places

        places.load(lambda _line: None)
        json.dump(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS), sys.stdout, indent=1)
