"""Taking in an OpenStreetMap file: seconds and peak memory, each run a process of its own."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks._maps_data import SIZE, points

ROOT = Path(__file__).resolve().parents[1]
IMPORT = """
import sys, django; django.setup()
from pathlib import Path
from heritage.maps.imports import import_file
r = import_file(Path(sys.argv[1]))
peak = next(l.split()[1] for l in open("/proc/self/status") if l.startswith("VmHWM"))
print(r.created, r.updated, r.unchanged, r.refused, peak)
"""


def osm(size: int) -> dict[str, Any]:
    """Bar: 100,000 features in 60 s below 400 MB; the second run changes nothing."""
    from heritage.core.models.change import Change
    from heritage.maps.models import Place

    Place.objects.all().delete()
    size = min(size, SIZE)
    folder = Path(tempfile.mkdtemp())
    path = folder / "extract.osm"
    _write(path, size)
    try:
        return {"features": size, "first": _once(path), "second": _once(path)}
    finally:
        shutil.rmtree(folder)
        Change.objects.all().delete()
        Place.objects.all().delete()


def _write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0"?><osm version="0.6" generator="benchmark">')
        for number, (latitude, longitude) in enumerate(points(size), start=1):
            out.write(
                f'<node id="{number}" version="1" lat="{latitude:.6f}" lon="{longitude:.6f}">'
                f'<tag k="amenity" v="restaurant"/><tag k="name" v="Quan {number}"/>'
                f'<tag k="opening_hours" v="Mo-Su 08:00-20:00"/></node>'
            )
        out.write("</osm>")


def _once(path: Path) -> dict[str, Any]:
    started = time.perf_counter()
    command = [sys.executable, "-c", IMPORT, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    names = ("created", "updated", "unchanged", "refused")
    *counts, kilobytes = map(int, done.stdout.split()[-5:])
    seconds = round(time.perf_counter() - started, 1)
    return {"s": seconds, **dict(zip(names, counts, strict=True)), "peak_mb": kilobytes // 1024}
