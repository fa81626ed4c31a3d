"""Whole search pages and suggestions over HTTP, from the archive as it is deployed (granian, two workers).

Eight clients ask at once for pages of results (words with and without marks, choices, later pages) over `size` records;
then one client types, asking for suggestions one after another. The peer, in the same run from the same server, is the
list of the register with the same names in its own box, which the database answers. The clients run on the same
processors as the server, and so take their part of the pages per second. At last records are renamed one after another,
with a worker beside the server: the time until a page of results shows the new name.
"""

import http.client
import os
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks._library_servers import archive
from benchmarks.pages import fill, fill_portal
from benchmarks.support import fresh_site, ratio, summary

CLIENTS = 8
ROUNDS = 3
EDITS = 12
NAMES = (
    "chùa", "dinh", "lễ hội", "le hoi thang 3 am", "đền thờ", "thap", "chua hang", "548/QĐ-TTg", "huyện Định Hóa",
    "temple", "cầu", "lang nghe", "di tích lịch sử", "bia", "ho chi minh", "khảo cổ",
)  # fmt: skip
CHOICES = ("", "&rank=national", "&kind=record/monument", "&page=2")
TYPED = ("chua hang", "dinh", "le hoi", "den tho", "thap ch")


def run(size: int) -> dict[str, Any]:
    size = size or 10_000
    fresh_site()
    from heritage.core.models import Change

    fill_portal()
    fill(size)
    Change.objects.all().delete()  # index and map were built whole; a worker would have taken these up
    search = [f"/vi/tim-kiem/?q={quote(name)}{choice}" for name in NAMES for choice in CHOICES]
    register = [f"/vi/di-san/?q={quote(name)}" for name in NAMES for _choice in CHOICES]
    starts = [text[:length] for text in TYPED for length in range(2, len(text) + 1)]
    typing = [f"/vi/tim-kiem/goi-y/?q={quote(start)}" for start in starts]
    with archive(ready=search[0]) as (address, _pid):
        host = urlsplit(address).netloc
        _crowd(host, search, 1)
        figures = {
            "search_pages": _crowd(host, search, ROUNDS),
            "register_pages": _crowd(host, register, ROUNDS),
            "suggestions": summary(_times(host, typing * ROUNDS)),
        }
        print(figures, file=sys.stderr)  # a run that is cut off still tells what it had found
        figures["edits"] = summary(_edits(host))
    page, peer = figures["search_pages"], figures["register_pages"]
    return {
        "records": size,
        "clients": CLIENTS,
        **figures,
        "pages_ratio_to_register": ratio(page["pages_per_second"], peer["pages_per_second"]),
        "bars": {
            "100 pages a second or more": page["pages_per_second"] >= 100,
            "p95 of a page under 120 ms": page["p95_ms"] < 120,
            "an edit is found within 2 seconds": figures["edits"]["max_ms"] <= 2000,
            "p95 of suggestions 25 ms": figures["suggestions"]["p95_ms"] <= 25,
        },
    }


def _crowd(host: str, addresses: list[str], rounds: int) -> dict[str, float]:
    """Every client asks for all addresses, each beginning at another."""
    taken: list[float] = []
    step = len(addresses) // CLIENTS

    def ask(number: int) -> None:
        turned = addresses[number * step :] + addresses[: number * step]
        taken.extend(_times(host, turned * rounds))

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    began = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = time.perf_counter() - began
    return {"pages_per_second": round(len(taken) / seconds, 1), **summary(taken)}


def _times(host: str, addresses: list[str]) -> list[float]:
    """Milliseconds of each answer, over one connection."""
    connection = http.client.HTTPConnection(host, timeout=30)
    taken = []
    for address in addresses:
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
    connection.close()
    return taken


def _edits(host: str) -> list[float]:
    """Milliseconds from the edit of a record until its new name is on a page of results."""
    from django.conf import settings

    from heritage.catalog.models import Record

    database = f"sqlite:///{settings.DATABASES['default']['NAME']}"
    places = {"VAR_DIR": str(settings.VAR_DIR), "MEDIA_ROOT": str(settings.MEDIA_ROOT), "DATABASE_URL": database}
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], env={**os.environ, **places}, stderr=subprocess.DEVNULL
    )
    try:
        records = Record.objects.filter(live=True).order_by("pk")[: EDITS + 1]
        return [_found_after(host, record, f"Miếu Đổi Tên {number}") for number, record in enumerate(records)][1:]
    finally:
        worker.terminate()
        worker.wait(20)


def _found_after(host: str, record: Any, name: str) -> float:
    record.name_vi = name
    record.save()
    record.save_revision().publish()
    began = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=30)
    while time.perf_counter() - began < 60:
        connection.request("GET", f"/vi/tim-kiem/?q={quote(name)}&format=json")
        if name in connection.getresponse().read().decode():
            return (time.perf_counter() - began) * 1000
        time.sleep(0.02)
    raise RuntimeError(f"{name} was not found within a minute")
