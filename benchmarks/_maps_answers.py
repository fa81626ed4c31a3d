"""What the server answers: a viewport in the engine and over HTTP, the nearest, one edit; supercluster beside it."""

import asyncio
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks._iiif_servers import load
from benchmarks._library_servers import archive
from benchmarks._maps_data import KINDS, points, views
from benchmarks.support import ratio, summary, timings

ROOT = Path(__file__).resolve().parents[1]


def engine(size: int) -> dict[str, Any]:
    """Bar: p95 5 ms. The same views of the same marks are asked of supercluster, which holds them all in memory."""
    from django.http import QueryDict

    from heritage.maps import viewport

    asked = views(420)
    parsed = iter([viewport.parse(QueryDict(query)) for query in asked])
    ours = timings(lambda: viewport.features(next(parsed)), 400, warm_up=20)
    peer = supercluster(size, asked)
    return {"ours": ours, "supercluster": peer, "p95_to_peer": ratio(ours["p95_ms"], peer["p95_ms"])}


def supercluster(size: int, asked: list[str]) -> dict[str, Any]:
    """Node's figures for the same marks; `load_s` comes before the first answer and again after every edit."""
    boxes = [[*map(float, query[5:].split("&")[0].split(",")), int(query.rsplit("=", 1)[1])] for query in asked]
    sent = json.dumps({"points": points(size), "boxes": boxes})
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("_supercluster.mjs"))],
        input=sent, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    told = json.loads(done.stdout)
    return {**summary(told["milliseconds"][20:]), "load_s": told["load_s"], "memory_mb": told["memory_mb"]}


def http(_size: int) -> dict[str, Any]:
    """Bar: p95 30 ms with 8 clients, 500 a second or more; two workers, and the clients share their two processors."""
    paths = [f"/vi/ban-do/diem.json?{query}" for query in views(4200)]
    with archive() as (address, _process):
        asyncio.run(load(address, paths[:200]))
        return asyncio.run(load(address, paths[200:]))


def nearby(_size: int) -> dict[str, Any]:
    """Bar: p95 10 ms for the ten nearest of each of five kinds."""
    from heritage.maps.nearby import nearest

    asked = iter(points(320))
    return timings(lambda: nearest(*next(asked), KINDS, 10), 300, warm_up=20)


def edges(_size: int) -> dict[str, Any]:
    """The ten nearest across the antimeridian and at 89 degrees, compared with every distance measured."""
    from pyproj import Geod

    from heritage.maps import layers
    from heritage.maps.marks import at
    from heritage.maps.models import Mark
    from heritage.maps.nearby import nearest

    chance, laid = random.Random(10), []
    for _number in range(300):
        laid.append((chance.uniform(-0.3, 0.3), (180 + chance.uniform(-0.3, 0.3) + 180) % 360 - 180))
        laid.append((89 + chance.uniform(-0.1, 0.1), chance.uniform(-180, 180)))
    made = [
        at(Mark(model="edges", object_id=n, number=f"EE-{n:05d}", symbol=layers.symbol_of("food"), name_vi="x"), *point)
        for n, point in enumerate(laid)
    ]
    Mark.objects.bulk_create(made, batch_size=500)
    geod, wrong = Geod(ellps="WGS84"), 0
    asked = ((0.0, 180.0), (0.1, -179.95), (89.0, 0.0), (89.0, 179.9), (89.05, -90.0))
    for latitude, longitude in asked:
        measured = sorted((geod.inv(longitude, latitude, p[1], p[0])[2], n) for n, p in enumerate(laid))[:10]
        right = [f"EE-{n:05d}" for metres, n in measured if metres <= 20_000]
        found = nearest(latitude, longitude, ["food"], 10, {"food": 20_000}).get("food", [])
        wrong += [near.mark.number for near in found] != right
    Mark.objects.filter(model="edges").delete()
    return {"points_asked": len(asked), "wrong": wrong}


def edit(_size: int) -> dict[str, Any]:
    """Bar: 2 s from the save of a place to the viewport that shows it, with the worker as it runs, pauses and all."""
    from django.http import QueryDict

    from heritage.maps import services, viewport
    from heritage.maps.models import Place

    latitude = 21.6 + time.time_ns() % 100_000 / 1e6  # what a run that was broken off left behind stands elsewhere
    place = services.save(Place(kind="food", name_vi="Quán mới (mẫu)", latitude=latitude, longitude=105.84))
    view = viewport.parse(QueryDict(f"bbox=105.839,{latitude - 0.001},105.841,{latitude + 0.001}&zoom=18"))

    def edited() -> None:
        place.name_vi, end = f"Quán mới {time.monotonic_ns()}", time.monotonic() + 60
        services.save(place)
        while not any(place.name_vi == one["properties"].get("name", {}).get("vi") for one in viewport.features(view)):
            if time.monotonic() > end:
                raise TimeoutError("an edit was not on the map within a minute")
            time.sleep(0.02)

    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT)
    try:
        return timings(edited, 20)
    finally:
        worker.terminate()
        worker.wait(20)
        place.delete()
