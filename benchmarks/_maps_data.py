"""What the benchmarks of the map run on: marks around two hundred towns, the same at every run, and views of them."""

import random
import time
from typing import Any

SIZE = 100_000
KINDS = ["lodging", "food", "shopping", "attraction", "monument"]


def points(size: int) -> list[tuple[float, float]]:
    """Latitude, longitude of points on land, thick around 200 towns."""
    from heritage.maps.coordinates import province_at

    chance = random.Random(7)
    towns: list[tuple[float, float]] = []
    while len(towns) < 200:
        town = chance.uniform(8.6, 23.3), chance.uniform(102.2, 109.4)
        if province_at(*town):
            towns.append(town)
    return [
        (latitude + chance.gauss(0, 0.12), longitude + chance.gauss(0, 0.12))
        for latitude, longitude in (chance.choice(towns) for _number in range(size))
    ]


def filled(size: int) -> dict[str, Any]:
    """Put `size` marks and their pyramid into the database; one that holds them already is used as it is."""
    from heritage.maps import pyramid
    from heritage.maps.models import Cluster, Mark

    if Mark.objects.filter(model="benchmark").count() == size:
        _analyse()
        return {"size": size, "filled_before": True}
    Mark.objects.all().delete()
    started = time.perf_counter()
    _insert(size)
    inserted = time.perf_counter()
    pyramid.recount()
    recounted = time.perf_counter()
    _analyse()
    return {
        "size": size,
        "insert_s": round(inserted - started, 1),
        "recount_s": round(recounted - inserted, 1),
        "cluster_rows": Cluster.objects.count(),
    }


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(size: int) -> None:
    from heritage.maps import layers
    from heritage.maps.marks import at
    from heritage.maps.models import Mark

    chance, batch = random.Random(8), []
    for number, point in enumerate(points(size), start=1):
        slug, rank = chance.choice(list(layers.BY_SLUG)), chance.choice(["", "provincial", "national"])
        mark = Mark(
            model="benchmark",
            object_id=number,
            number=f"ZZ-{number:07d}",
            symbol=layers.symbol_of(slug, rank),
            name_vi=f"Địa điểm tổng hợp {number}",
        )
        batch.append(at(mark, *point))
        if len(batch) == 5000 or number == size:
            Mark.objects.bulk_create(batch, batch_size=500)
            batch = []


def views(count: int, width: int = 1440, height: int = 900) -> list[str]:
    """Queries of a screen of that many pixels around random marks at zooms 5 to 18."""
    chance = random.Random(9)
    found = []
    for latitude, longitude in points(count):
        zoom = chance.randint(5, 18)
        wide, high = width * 360 / (256 << zoom), height * 340 / (256 << zoom)
        box = (longitude - wide / 2, latitude - high / 2, longitude + wide / 2, latitude + high / 2)
        found.append(f"bbox={','.join(f'{edge:.5f}' for edge in box)}&zoom={zoom}")
    return found
