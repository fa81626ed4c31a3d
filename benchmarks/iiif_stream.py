"""The change stream of 100,000 objects: its pages as granian serves them, while it is short and once it is long.

The peer is the same page by OFFSET, as a plain paginator reads it, at the end of the stream.
"""

import http.client
import random
import time
from typing import Any

from benchmarks import _iiif_servers as servers
from benchmarks.support import fresh_database, ratio, summary, timings

OBJECTS = 100_000
REQUESTS = 150
BAR_MS, BAR_GROWTH = 50.0, 1.5
ALL = "/iiif/activity/all-changes"


def run(size: int) -> dict[str, Any]:
    """`size` is the number of objects, 100,000 by default."""
    fresh_database()
    return measure(size or OBJECTS)


def measure(objects: int = OBJECTS) -> dict[str, Any]:
    """The figures in the database that is set up, with `bars` as `[measured, wanted, is met]`."""
    short = objects // 10
    settled = _publish(0, short)
    with servers.ours(ALL) as (address, _process):
        first = _pages(address, short)
        settled += _publish(short, objects)
        figures: dict[str, Any] = {
            "objects": objects,
            "logged_per_second": round(objects / settled),
            "page_of_a_tenth": first,
            "page": _pages(address, objects),
            "collection": _pages(address, 0),
        }
    figures["page_by_offset"] = timings(lambda: _page_by_offset(objects), 20)
    figures["last_page_without_http"] = timings(lambda: _last_page(objects), 20)
    offset, ours = figures["page_by_offset"]["median_ms"], figures["last_page_without_http"]["median_ms"]
    figures["share_of_offset"] = ratio(ours, offset)
    p95, growth = figures["page"]["p95_ms"], round(figures["page"]["median_ms"] / first["median_ms"], 2)
    figures["bars"] = {
        f"change stream of {objects} objects, a page, p95, ms": [p95, f"<= {BAR_MS}", p95 <= BAR_MS],
        "change stream, ten times as long, times the median": [growth, f"<= {BAR_GROWTH}", growth <= BAR_GROWTH],
    }
    return figures


def _publish(start: int, end: int) -> float:
    """Make objects with a picture each, and log them; the seconds that logging took."""
    from heritage.core import outbox
    from heritage.iiif.models import Canvas, DigitalObject
    from heritage.iiif.stream import log

    rows = DigitalObject.objects.bulk_create(
        [DigitalObject(identifier=f"S{n}", label_vi=f"Bản số {n}", access="open") for n in range(start, end)],
        batch_size=500,
    )
    shown = {"pyramid": "x", "version": "1", "state": "ready", "width": 9, "height": 9}
    Canvas.objects.bulk_create(
        [Canvas(digital_object=row, image_identifier=f"{row.identifier}.1", **shown) for row in rows], batch_size=500
    )
    outbox.changed_ids("iiif.digitalobject", [row.pk for row in rows])
    began = time.perf_counter()
    log.settle()
    return time.perf_counter() - began


def _pages(address: str, objects: int) -> dict[str, float]:
    """Timings of random pages of a stream that long; of the stream as a whole for 0."""
    from heritage.iiif.presentation import activities

    chance = random.Random(3)
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    taken = []
    for _n in range(REQUESTS):
        path = f"/iiif/activity/page/{chance.randint(1, objects // activities.PAGE)}" if objects else ALL
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    connection.close()
    return summary(taken)


def _last_page(objects: int) -> None:
    from heritage.iiif.presentation import activities

    activities.page(objects // activities.PAGE)


def _page_by_offset(objects: int) -> None:
    from heritage.iiif.models import Activity
    from heritage.iiif.presentation import activities

    start = objects - activities.PAGE
    [activities._item(row) for row in Activity.objects.order_by("ended_at")[start : start + activities.PAGE]]
