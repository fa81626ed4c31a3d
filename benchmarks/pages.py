"""Server time of the public pages at 100 records and at `size` (100,000): growth must stay small.

The peer is the archive itself at 100 records, in the same run on the same machine; times are of whole requests through
all middleware, one after another in one process, after warming up.
"""

import io
from typing import Any

from benchmarks.support import fresh_site, ratio, timings

SMALL = 100
PAGES = {
    "record": "/vi/di-san/{number}/",
    "list": "/vi/di-san/",
    "list_by_kind": "/vi/di-san/?kind=monument",
    "search": "/vi/tim-kiem/?q=chùa",
    "search_empty": "/vi/tim-kiem/",
    "map": "/vi/ban-do/",
    "home": "/vi/",
    "api_records": "/api/v1/records",
}


def run(size: int) -> dict[str, Any]:
    size = size or 100_000
    fresh_site()
    from heritage.catalog.models import Record

    fill_portal()
    fill(SMALL - Record.objects.count())
    small = _measure()
    fill(size - SMALL)
    large = _measure()
    pages = {
        name: {
            str(SMALL): small[name],
            str(size): large[name],
            "p95_ratio": ratio(large[name]["p95_ms"], small[name]["p95_ms"]),
        }
        for name in PAGES
    }
    return {"sizes": [SMALL, size], "pages": pages, "bars": _bars(pages, size)}


def _quiet(_message: str) -> None:
    return None


def fill_portal() -> None:
    """Units, accounts, the real records and the portal whose pages show some of them."""
    from importlib import import_module

    for name in ("places", "accounts", "catalog", "home"):
        import_module(f"heritage.demo.loaders.{name}").load(_quiet)


def fill(count: int) -> None:
    """`count` synthetic records and places more; index and map built anew."""
    from importlib import import_module

    from django.core.management import call_command
    from django.db import connection

    for name in ("catalog", "maps"):
        import_module(f"heritage.demo.loaders.{name}").synthesise(count, _quiet)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for command in ("search", "maps"):
        call_command(command, "rebuild", verbosity=0, stdout=io.StringIO())


def _measure() -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from heritage.catalog.models import Record

    numbers = list(Record.objects.filter(live=True).order_by("pk").values_list("number", flat=True)[:200])
    client = Client()
    figures = {}
    for name, address in PAGES.items():
        following = iter(numbers * 10)

        def call(address: str = address, following: Any = following) -> None:
            answer = client.get(address.format(number=next(following)))
            assert answer.status_code == 200, (address, answer.status_code)
            b"".join(answer) if answer.streaming else answer.content

        figures[name] = timings(call, times=100, warm_up=5)
        with CaptureQueriesContext(connection) as queries:
            call()
        figures[name]["queries"] = len(queries)
    return figures


def _bars(pages: dict[str, Any], size: int) -> dict[str, bool]:
    return {
        "p95 not above 1.5 times": all(page["p95_ratio"] <= 1.5 for page in pages.values()),
        "median under 60 ms": all(page[str(size)]["median_ms"] < 60 for page in pages.values()),
        "record page 12 queries or fewer": pages["record"][str(size)]["queries"] <= 12,
        "list page 10 queries or fewer": pages["list"][str(size)]["queries"] <= 10,
    }
