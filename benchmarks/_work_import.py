"""The import parts of `register_work`: rates, memory, what a kill -9 leaves; each import in a process of its own.

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
TIMES = 10
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


def rates(_size: int) -> dict[str, Any]:
    """`ROWS` new rows; the same file once more; the file with one text changed in each row; beside Wagtail's road."""
    run = _of_this_run()
    small = _import(_file(f"IS{run}", SMALL))
    large = _file(f"IM{run}", ROWS)
    new, again = _import(large), _import(large)
    assert (new["created"], again["unchanged"]) == (ROWS, ROWS), (new, again)
    changed = _import(_file(f"IM{run}", ROWS, facts_vi="Đo lại."))
    assert changed["updated"] == ROWS, changed
    peer = _peer(f"IP{run}")
    return {
        "rows": ROWS,
        "new_rows_per_second": round(ROWS / new["seconds"]),
        "unchanged_rows_per_second": round(ROWS / again["seconds"]),
        "changed_rows_per_second": round(ROWS / changed["seconds"]),
        "wagtail_one_by_one_per_second": round(peer, 1),
        "ratio": ratio(ROWS / new["seconds"], peer),
        "peak_mb": {str(SMALL): small["peak_mb"], str(ROWS): new["peak_mb"], "changed": changed["peak_mb"]},
        "mb_before_the_import": new["before_mb"],
    }


def memory(size: int) -> dict[str, Any]:
    """`TIMES` as many new rows in one import, on a database of their own: its rate, and its process's most memory."""
    from django.conf import settings

    rows = TIMES * size
    run = _of_this_run()
    elsewhere = Path(settings.VAR_DIR, "million")
    environment = {**os.environ, "VAR_DIR": str(elsewhere), "MEDIA_ROOT": str(elsewhere / "media")}
    subprocess.run([sys.executable, "-m", "benchmarks._work_import"], check=True, env=environment)
    found = _import(_file(f"IX{run}", rows), environment)
    assert found["created"] == rows, found
    return {
        "rows": rows,
        "rows_per_second": round(rows / found["seconds"]),
        "mb_before_the_import": found["before_mb"],
        "peak_mb": found["peak_mb"],
    }


def killed(_size: int) -> dict[str, Any]:
    """`kill -9` when a third is in; then the same command once more."""
    from heritage.catalog.models import Record
    from heritage.core.models import Identifier

    prefix, rows = f"IK{_of_this_run()}-", 3 * SMALL
    path, mine = _file(prefix[:-1], rows), Record.objects.filter(number__startswith=prefix)
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _line in child.stdout:
            if mine.count() >= rows // 3:
                break
        os.kill(child.pid, signal.SIGKILL)
    there = mine.count()
    rest = _import(path)
    assert 0 < there < rows, there
    assert mine.count() == Identifier.objects.filter(number__startswith=prefix).count() == rows == rest["created"]
    return {"in_when_killed": there, "in_after_the_second_run": mine.count(), "created_by_its_report": rest["created"]}


def drafts(count: int, **same: str) -> list[int]:
    """Keys of `count` new drafts; `same` are cells that all of them have."""
    from heritage.catalog.models import Record

    prefix = f"IB{_of_this_run()}"
    assert _import(_file(prefix, count, **same))["created"] == count
    return list(Record.objects.filter(number__startswith=f"{prefix}-").order_by("pk").values_list("pk", flat=True))


def _of_this_run() -> str:
    """What numbers of this run have in them: a kept database has those of the runs before."""
    return f"{int(time.time()) % 100_000:05d}"


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


def _file(prefix: str, count: int, **changes: str) -> Path:
    from django.conf import settings

    rows = _rows(prefix, count, **changes)
    path, first = Path(settings.VAR_DIR, "rows.csv"), next(rows)
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return path


def _import(path: Path, environment: dict[str, str] | None = None) -> dict[str, Any]:
    command = [sys.executable, "-c", CHILD, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _peer(prefix: str) -> float:
    """Records a second by what Wagtail's own form does for each."""
    from django.db import transaction
    from wagtail.log_actions import log

    from heritage.catalog.models import Record

    rows = list(_rows(prefix, PEER))
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


if __name__ == "__main__":  # the units that `memory` needs, in the database of VAR_DIR
    from benchmarks.support import fresh_database

    fresh_database()
    from heritage.demo.loaders import places

    places.load(lambda _line: None)
