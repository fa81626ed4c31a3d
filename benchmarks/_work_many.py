"""Parts of `register_work` that go through many records: publication, export, likely duplicates, figures."""

import subprocess
import sys
import time
from typing import Any

from benchmarks._work_data import client, ok, user
from benchmarks._work_import import drafts
from benchmarks.support import ratio, timings

PUBLISHED, PEER = 5_000, 100
HERE = {"commune_new": "", "commune_new_code": "05602", "province_new": ""}
"""A commune of those which the editor who publishes reaches (`_work_data.user`)."""
CHILD = """
import sys, time
import django
django.setup()
from benchmarks.support import OwnMemory, peak_kilobytes
from heritage.catalog.exports import FORMATS, rows
from heritage.catalog.models import Record
records = Record.objects.order_by("number")[:int(sys.argv[2])]
before, started = peak_kilobytes(), time.perf_counter()
with OwnMemory() as own:
    written = sum(len(part) for part in FORMATS[sys.argv[1]].write(rows(records)))
print(time.perf_counter() - started, before // 1024, peak_kilobytes() // 1024, own.most_mb, written)
"""


def export(size: int) -> dict[str, Any]:
    """CSV of the whole register and of a tenth of it, each in a process of its own.

    `peak_mb` is the most that the process had, with up to 256 MB of the database's file that SQLite maps for readers;
    `own_mb` is without what is mapped.
    """
    return {str(rows): _exported("csv", rows) for rows in (size // 10, size)}


def _exported(suffix: str, rows: int) -> dict[str, Any]:
    command = [sys.executable, "-c", CHILD, suffix, str(rows)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    seconds, before, peak, own, written = float(said[0]), *map(int, said[1:])
    memory = {"before_mb": before, "peak_mb": peak, "own_mb": own}
    return {"rows_per_second": round(rows / seconds), **memory, "bytes": written}


def publish(_size: int) -> dict[str, Any]:
    """Drafts published with revision, log and index entries: by a batch of the admin, and by Wagtail's action."""
    from wagtail.models import ReferenceIndex, Revision

    from heritage.catalog.batches import ACTIONS, jobs
    from heritage.catalog.models import Record
    from heritage.core import outbox

    who, keys = user(), drafts(PUBLISHED + PEER, **HERE)
    batch = jobs.order(ACTIONS["publish"], {}, keys[:PUBLISHED], who)
    started = time.perf_counter()
    jobs.run_waiting()
    ours = PUBLISHED / (time.perf_counter() - started)
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("done", {"updated": PUBLISHED}), batch.problem
    last = Record.objects.get(pk=keys[PUBLISHED - 1])
    assert last.live
    assert Revision.objects.for_instance(last).exists()
    assert ReferenceIndex.get_references_for_object(last).exists()
    assert outbox.waiting("search") >= PUBLISHED
    rows, started = list(Record.objects.filter(pk__in=keys[PUBLISHED:])), time.perf_counter()
    for record in rows:
        record.save_revision(user=who).publish(user=who)
    peer = len(rows) / (time.perf_counter() - started)
    return {
        "published": PUBLISHED,
        "per_second": round(ours, 1),
        "wagtail_one_by_one": round(peer, 1),
        "ratio": ratio(ours, peer),
    }


def duplicates(_size: int) -> dict[str, float]:
    """Looking through the whole register for likely pairs."""
    from heritage.catalog import duplicates as finder

    started = time.perf_counter()
    pairs = finder.look()
    return {"seconds": round(time.perf_counter() - started, 1), "pairs": pairs}


def figures(_size: int) -> dict[str, Any]:
    """The page of figures, and the same for another day, after a full recount, which finds what was kept wrong."""
    from heritage.reports import tallies

    started = time.perf_counter()
    wrong = tallies.recount()
    took = time.perf_counter() - started
    asked, address = client(), "/admin/register-figures/"
    return {
        "today": timings(lambda: ok(asked.get(address)), times=40),
        "on_another_day": timings(lambda: ok(asked.get(address, {"on": "2026-11-30"})), times=20),
        "full_recount_s": round(took, 1),
        "figures_that_differed_from_the_recount": wrong,
    }
