"""The manifest of a book of 1,000 pages with contents and text, as granian serves it: first byte, and after an edit.

The peer is plain `iiif-prezi3`: the same pages built as its models and written out.
"""

import http.client
import json
import time
from typing import Any

from benchmarks import _iiif_servers as servers
from benchmarks.support import fresh_site, ratio, summary

CANVASES = 1_000
RANGES = 120
REQUESTS, REBUILDS = 200, 5
BAR_FIRST_BYTE_MS, BAR_REBUILT_S = 30.0, 2.0
PATH = "/iiif/presentation/3/BENCHBOOK/manifest"


def run(size: int) -> dict[str, Any]:
    """`size` is the number of canvases, 1,000 by default."""
    fresh_site()
    return measure(size or CANVASES)


def measure(canvases: int = CANVASES) -> dict[str, Any]:
    """The figures in the database that is set up, with `bars` as `[measured, wanted, is met]`."""
    from heritage.iiif import services

    book = _book(canvases)
    with servers.ours(PATH) as (address, _process):
        first, body = _asked(address, REQUESTS)
        rebuilt = []
        for _n in range(REBUILDS):
            services.touch(book)
            rebuilt += _asked(address, 1)[0]
    peer = _peer(json.loads(body))
    figures = {
        "canvases": canvases,
        "ranges": RANGES,
        "megabytes": round(len(body) / 10**6, 2),
        "first_byte": summary(first),
        "first_byte_after_an_edit": summary(rebuilt),
        "plain_iiif_prezi3_s": round(peer, 2),
        "share_of_iiif_prezi3": ratio(max(rebuilt) / 1000, peer),
    }
    kept, made = figures["first_byte"]["p95_ms"], round(max(rebuilt) / 1000, 2)
    figures["bars"] = {
        "manifest, kept form, first byte p95, ms": [kept, f"<= {BAR_FIRST_BYTE_MS}", kept <= BAR_FIRST_BYTE_MS],
        "manifest, rebuilt after an edit, s": [made, f"<= {BAR_REBUILT_S}", made <= BAR_REBUILT_S],
    }
    return figures


def _book(canvases: int) -> Any:
    """An open book whose every page has text, with entries of two depths in its contents."""
    from heritage.iiif import services
    from heritage.iiif.models import Canvas, PageText, Range

    book = services.create_object("BENCHBOOK", "Sách đo", "Measured book", access="open", behavior="paged")
    pages = [
        Canvas(
            digital_object=book,
            image_identifier=f"BENCHBOOK.{n + 1}",
            order=n,
            label_vi=f"Trang {n + 1}",
            label_en=f"Page {n + 1}",
            pyramid=f"BENCHBOOK/{n}.tif",
            version="1",
            state="ready",
            width=3000,
            height=4500,
        )
        for n in range(canvases)
    ]
    pages = Canvas.objects.bulk_create(pages, batch_size=500)
    text = "chữ " * 250
    words = [[at * 4, 3, 10 * at % 2900, 50 * (at // 10), 60, 40] for at in range(250)]
    PageText.objects.bulk_create(
        [PageText(canvas=page, text=text, folded=text, words=words) for page in pages], batch_size=200
    )
    step = max(1, canvases // RANGES)
    Range.objects.bulk_create(
        [
            Range(digital_object=book, order=n, depth=int(n % 5 > 0), label_vi=f"Mục {n}", first=pages[n * step])
            for n in range(min(RANGES, canvases))
        ]
    )
    services.touch(book)
    return book


def _asked(address: str, times: int) -> tuple[list[float], bytes]:
    """Milliseconds to the first byte of the body of each request on one kept connection, and the last body."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    taken, body = [], b""
    for _n in range(times):
        began = time.perf_counter()
        connection.request("GET", PATH)
        answer = connection.getresponse()
        first = answer.read(1)
        taken.append((time.perf_counter() - began) * 1000)
        body = first + answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{PATH}: {answer.status}")
    connection.close()
    return taken, body


def _peer(document: dict[str, Any]) -> float:
    """Seconds in which iiif-prezi3 builds the same manifest as its models and writes it."""
    import iiif_prezi3

    began = time.perf_counter()
    iiif_prezi3.Manifest(**document).json()
    return time.perf_counter() - began
