"""The present unit of 100,000 coordinates and of 100,000 old addresses. Bars: 5,000 a second, memory flat.

The boundaries are synthetic (none is shipped): 100 present communes side by side, each of 400 corners, taken in
from a GeoJSON file as a department's would be. The addresses are those of the table: communes that are no more. The
peer of each is the same question to the database, one by one.
"""

import itertools
import json
import math
import random
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from benchmarks.support import ratio

COUNT, FEW = 100_000, 20_000
COMMUNES, CORNERS, SIDE = 100, 400, 0.1
WEST, SOUTH = 105.0, 21.0
BAR, FLAT = 5_000, 1.1
"""Peak memory at 100,000 may be so many times that at 20,000: a chunk of 10,000 points and its successor."""


def measure(size: int) -> dict[str, Any]:
    from heritage.places import boundaries
    from heritage.places.resolving import Resolver

    loaded = boundaries.load("ranh-gioi.geojson", _file(), "benchmark")
    started = time.perf_counter()
    resolver = Resolver()
    reading = time.perf_counter() - started
    old = _old_addresses()
    by_point = _speed(lambda count: resolver.at(_points(count)))
    by_name = _speed(lambda count: (found.units for found in resolver.by_addresses(_addresses(old, count))))
    by_point["to_peer"] = ratio(by_point["per_second"], _peer_points())
    by_name["to_peer"] = ratio(by_name["per_second"], _peer_addresses(old))
    return {
        "boundaries_taken_in": loaded.count,
        "units_read_in_s": round(reading, 2),
        "old_addresses_that_differ": len(old),
        "coordinates": by_point,
        "old_addresses": by_name,
        "bars": {
            f"{BAR} a second": min(by_point["per_second"], by_name["per_second"]) >= BAR,
            "memory flat": max(by_point["memory_growth"], by_name["memory_growth"]) <= FLAT,
            "found": by_point["found"] > 0.9 and by_name["found"] > 0.9,
        },
    }


def _speed(ask: Callable[[int], Iterable[tuple[int, ...]]]) -> dict[str, float]:
    started = time.perf_counter()
    found = sum(bool(units) for units in ask(COUNT))
    taken = time.perf_counter() - started
    few, many = _peak(ask(FEW)), _peak(ask(COUNT))
    return {
        "per_second": round(COUNT / taken),
        "found": round(found / COUNT, 3),
        "peak_mb_of_20000": round(few / 1e6, 2),
        "peak_mb_of_100000": round(many / 1e6, 2),
        "memory_growth": ratio(many, few),
    }


def _peak(answers: Iterable[Any]) -> int:
    """Bytes at the most while the answers are gone through."""
    tracemalloc.start()
    for _answer in answers:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _file() -> bytes:
    """100 wavy squares in ten rows; a wave is common to the two communes that it parts."""
    from heritage.places.models import Unit

    codes = Unit.objects.current().filter(level="commune").order_by("code").values_list("code", flat=True)[:COMMUNES]
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [_ring(*divmod(index, 10))]},
        }
        for index, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _ring(row: int, column: int) -> list[list[float]]:
    steps = [step / (CORNERS // 4) for step in range(CORNERS // 4)]
    square = [
        *((column + step, row) for step in steps),
        *((column + 1, row + step) for step in steps),
        *((column + 1 - step, row + 1) for step in steps),
        *((column, row + 1 - step) for step in steps),
    ]
    ring = [
        [WEST + SIDE * (x + 0.05 * math.sin(y * 20)), SOUTH + SIDE * (y + 0.05 * math.sin(x * 20))] for x, y in square
    ]
    return [*ring, ring[0]]


def _points(count: int) -> Iterator[tuple[float, float]]:
    draw = random.Random(11)
    return ((WEST + SIDE * draw.uniform(0.1, 9.9), SOUTH + SIDE * draw.uniform(0.1, 9.9)) for _point in range(count))


def _old_addresses() -> list[tuple[str, str, str]]:
    from heritage.places.models import Unit

    old = Unit.objects.filter(level="commune", valid_to__isnull=False).select_related("parent__parent")
    return [
        (unit.name, unit.parent.name, unit.parent.parent.name)
        for unit in old.order_by("pk")
        if unit.parent and unit.parent.parent
    ]


def _addresses(old: list[tuple[str, str, str]], count: int) -> Iterator[tuple[str, str, str]]:
    return itertools.islice(itertools.cycle(old), count)


def _peer_points() -> float:
    """Coordinates a second by reading the boundaries of every unit for each."""
    import shapely

    from heritage.places.models import UnitBoundary

    started, times = time.perf_counter(), 10
    for longitude, latitude in _points(times):
        point = shapely.Point(longitude, latitude)
        rows = UnitBoundary.objects.filter(unit__valid_to=None).values_list("unit", "geometry")
        [unit for unit, geometry in rows if shapely.intersects(shapely.geometry.shape(geometry), point)]
    return times / (time.perf_counter() - started)


def _peer_addresses(old: list[tuple[str, str, str]]) -> float:
    """Old addresses a second by asking the table of units, then that of changes, for each."""
    from heritage.places.models import Unit, UnitChange

    started, times = time.perf_counter(), 300
    for commune, district, province in _addresses(old, times):
        units = Unit.objects.filter(name=commune, parent__name=district, parent__parent__name=province)
        list(UnitChange.objects.filter(predecessor__in=units).values_list("successor", flat=True))
    return times / (time.perf_counter() - started)
