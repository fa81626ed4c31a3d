"""A dossier of 300 scanned pages as one PDF and as a BagIt bag. Bars: memory under 300 MB, progress, both ready.

A process of its own makes each, as the worker would, and says its peak; meanwhile this one reads the progress that
staff would be shown.
"""

import random
import subprocess
import sys
import time
from typing import Any

PAGES, DIFFERENT = 300, 30
BAR_MB = 300
WORKER = """
import django
from benchmarks.support import peak_kilobytes
django.setup()
from heritage.catalog.dossiers import exports
before = peak_kilobytes()
ended = exports.run_waiting()
print(before, peak_kilobytes(), ended)
"""


def measure(size: int) -> dict[str, Any]:
    started = time.perf_counter()
    dossier = _dossier()
    taken_in = time.perf_counter() - started
    made = {kind: _export(dossier, kind) for kind in ("pdf", "bag")}
    return {
        "pages": PAGES,
        "files_taken_in_per_second": round(PAGES / taken_in, 1),
        **made,
        "bars": {
            f"memory under {BAR_MB} MB": all(one["peak_mb"] < BAR_MB for one in made.values()),
            "progress shown while it is made": all(one["steps_seen"] > 2 for one in made.values()),
            "both ready": all(one["state"] == "done" for one in made.values()),
        },
    }


def _dossier() -> Any:
    from heritage.catalog.dossiers import services
    from heritage.catalog.models import Record

    record = Record.objects.filter(kind="monument", dossiers=None).order_by("pk")[0]
    dossier = services.open_dossier(record, "national")
    items, scans = list(dossier.items.all()), [_scan(page) for page in range(DIFFERENT)]
    for page in range(PAGES):
        # Behind the picture's end each file has a number, so that none is another's double.
        services.add_file(items[page % len(items)], _upload(page, scans[page % DIFFERENT] + b"%d" % page))
    return dossier


def _scan(page: int) -> bytes:
    """A JPEG of A4 at 200 dots an inch, as heavy as a scan of old paper (about 1.5 MB)."""
    import io

    from PIL import Image

    draw = random.Random(page)
    grain = Image.frombytes("L", (827, 1169), draw.randbytes(827 * 1169)).resize((1654, 2339))
    out = io.BytesIO()
    Image.merge("RGB", [grain] * 3).save(out, "JPEG", quality=88)
    return out.getvalue()


def _upload(page: int, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(f"trang-{page:03d}.jpg", content)


def _export(dossier: Any, kind: str) -> dict[str, Any]:
    """Order it and let another process make it; megabytes are of that whole process, Django and all."""
    from heritage.catalog.dossiers import services

    export = services.order_export(dossier, kind)
    started = time.perf_counter()
    worker = subprocess.Popen([sys.executable, "-c", WORKER], stdout=subprocess.PIPE, text=True)
    seen = set()
    while worker.poll() is None:
        export.refresh_from_db()
        seen.add((export.done, export.total))
        time.sleep(0.5)
    before, peak, _ended = (int(word) for word in worker.communicate()[0].split()[-3:])
    export.refresh_from_db()
    return {
        "state": export.state,
        "problem": export.problem,
        "seconds": round(time.perf_counter() - started, 1),
        "file_mb": round(export.size / 1024**2, 1),
        "peak_mb": round(peak / 1024, 1),
        "of_it_django_mb": round(before / 1024, 1),
        "steps_seen": len(seen),
    }
