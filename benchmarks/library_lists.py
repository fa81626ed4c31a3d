"""Lists of many works: the shelves, a page of OPDS 1.2 and 2.0, the facets. 100 works, then `size` (100,000).

The peer is the archive itself at 100 works, in the same run. Times are of whole requests through all middleware, one
after another in one process. "counted" is a list whose facets are counted anew each time, as after every change: of
so many works from what the worker keeps, where no words are asked for.
"""

from collections.abc import Callable
from typing import Any

from benchmarks.support import fresh_site, ratio, timings

SMALL, WORKS = 100, 100_000
RUNS = 60
BAR_MS = 60.0
PAGES = {
    "list": "/vi/thu-vien/",
    "list_page_900": "/vi/thu-vien/?page=900",
    "list_by_kind": "/vi/thu-vien/?kind=ebook",
    "list_by_subject": "/vi/thu-vien/?subject=chu-de-3",
    "list_words": "/vi/thu-vien/?q=sach+tong+hop+77",
    "opds2": "/opds/2/",
    "opds2_page_900": "/opds/2/?page=900",
    "opds2_by_language": "/opds/2/?language=vi&kind=ebook",
    "opds1": "/opds/1/",
    "work": "/vi/thu-vien/{number}/",
}
COUNTED = ("list", "list_by_kind", "list_by_subject", "list_words", "opds2")


def run(size: int) -> dict[str, Any]:
    """`size` is the number of works, 100,000 by default."""
    fresh_site()
    return measure(size or WORKS)


def measure(works: int = WORKS) -> dict[str, Any]:
    """Timings by page and size; `bars` as `[measured, wanted, is met]`."""
    from heritage.demo.loaders import library
    from heritage.library.models import Work

    library.synthesise(SMALL, lambda _text: None)
    small = _measure()
    library.synthesise(works - Work.objects.count(), lambda _text: None)
    large = _measure()
    pages = {
        name: {str(SMALL): small[name], str(works): large[name], "p95_ratio": ratio(*_p95s(large[name], small[name]))}
        for name in large
    }
    return {"works": works, "pages": pages, "bars": _bars(pages, works)}


def _p95s(large: dict[str, float], small: dict[str, float]) -> tuple[float, float]:
    return large["p95_ms"], small["p95_ms"]


def _bars(pages: dict[str, Any], works: int) -> dict[str, list[Any]]:
    bars: dict[str, list[Any]] = {}
    for name, page in pages.items():
        p95 = page[str(works)]["p95_ms"]
        bars[f"{name} of {works} works, p95, ms"] = [p95, f"<= {BAR_MS:.0f}", p95 <= BAR_MS]
        counts = [page[str(SMALL)]["queries"], page[str(works)]["queries"]]
        # A page out of reach at 100 works shows the last one there, which may have fewer things on it.
        bars[f"{name}, queries"] = [counts, "no more", counts[1] <= counts[0]]
    return bars


def _measure() -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test import Client

    from heritage.library.models import Work
    from heritage.library.queries.shelf_counts import forget_counts

    if connection.vendor == "sqlite":
        connection.cursor().execute("ANALYZE")
    client, number = Client(), Work.objects.latest("pk").number

    def asked(path: str, anew: bool = False) -> Callable[[], None]:
        def ask() -> None:
            if anew:
                forget_counts()
            answer = client.get(path.format(number=number))
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code}")

        return ask

    calls = {name: asked(path) for name, path in PAGES.items()}
    calls |= {f"{name}_counted": asked(PAGES[name], True) for name in COUNTED}
    return {name: {**timings(call, RUNS), "queries": _queries(call)} for name, call in calls.items()}


def _queries(call: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)
