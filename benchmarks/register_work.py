"""The register's daily work: lists and forms, import, bulk publication, export, figures.

The peer of lists and forms is Wagtail's plain snippet viewset on the same model with 1,000 records, in the same run;
that of bulk publication is Wagtail's own action upon one record after another.
"""

import csv
import importlib.util
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.support import fresh_site, ratio, timings

PEER_SIZE = 1_000
IMPORTED = 5_000
PUBLISHED = 2_000


def run(size: int) -> dict[str, Any]:
    size = size or 100_000
    fresh_site()
    from importlib import import_module

    from django.db import connection

    from heritage.reports import tallies

    for name in ("places", "accounts"):
        import_module(f"heritage.demo.loaders.{name}").load(_quiet)
    synthesise = import_module("heritage.demo.loaders.catalog").synthesise
    synthesise(PEER_SIZE, _quiet)
    tallies.recount()
    plain, few = _plain_viewset(), _screens()
    print(f"at {PEER_SIZE}: {json.dumps([plain, few])}", file=sys.stderr)
    synthesise(size - PEER_SIZE, _quiet)
    tallies.recount()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = _client()
    figures: dict[str, Any] = {"sizes": [PEER_SIZE, size], "plain_viewset_at_1000": plain, "screens_at_1000": few}
    for name, measure in (
        ("screens", _screens),
        ("figures", lambda: timings(lambda: _ok(client.get("/admin/register-figures/")), times=40)),
        ("duplicates", _duplicates),
        ("import", lambda: _import(size)),
        ("publish", _publish),
        ("export_csv", _export),
    ):
        started = time.perf_counter()
        figures[name] = measure()
        print(f"{name}: {json.dumps(figures[name])} in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return figures | {"ratios": _ratios(figures), "bars": _bars(figures)}


def _quiet(_message: str) -> None:
    return None


def _user() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="so.vhttdl")


def _client() -> Any:
    from django.test import Client

    client = Client()
    client.force_login(_user())
    return client


def _ok(answer: Any) -> Any:
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer) if answer.streaming else answer.content


def _plain_viewset() -> dict[str, Any]:
    """Wagtail's own list and form of the same model, without anything of ours, asked as the superuser it expects."""
    from django.contrib.auth import get_user_model
    from django.contrib.messages.storage.fallback import FallbackStorage
    from django.test import RequestFactory
    from wagtail.models import Site
    from wagtail.snippets.views.snippets import SnippetViewSet

    from heritage.catalog.models import Record

    chief = get_user_model().objects.create_superuser("plain-peer", password=None)
    viewset = type(
        "PlainViewSet", (SnippetViewSet,), {"model": Record, "list_per_page": 30, "copy_view_enabled": False}
    )()
    pk = Record.objects.order_by("pk").values_list("pk", flat=True)[0]

    def call(view: Callable[..., Any], path: str, **kwargs: Any) -> Callable[[], Any]:
        def ask() -> None:
            request = RequestFactory().get(path)
            request.user, request.session = chief, {}  # type: ignore[assignment]
            request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
            Site.find_for_request(request)
            answer = view(request, **kwargs)
            assert answer.render().status_code == 200

        return ask

    return {
        "list": timings(call(viewset.index_view, "/admin/snippets/catalog/record/"), times=30),
        "edit": timings(call(viewset.edit_view, "/admin/", pk=str(pk)), times=20),
    }


def _screens() -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from heritage.catalog.models import Record

    client, listing = _client(), "/admin/snippets/catalog/record/"
    pks = list(Record.objects.filter(unit__province__code="19").order_by("pk").values_list("pk", flat=True)[:50])
    following = iter(pks * 10)
    asked: dict[str, Callable[[], Any]] = {
        "list": lambda: _ok(client.get(listing)),
        "filter": lambda: _ok(client.get(listing, {"kind": "monument", "rank": "national"})),
        "search": lambda: _ok(client.get(listing, {"q": "dinh"})),
        "edit": lambda: _ok(client.get(f"{listing}edit/{next(following)}/")),
    }
    found = {}
    for name, call in asked.items():
        found[name] = timings(call, times=20)
        with CaptureQueriesContext(connection) as queries:
            call()
        found[name]["queries"] = len(queries)
    return found


def _import(size: int) -> dict[str, Any]:
    """`IMPORTED` new rows, made from the real register's under new numbers; then the same file once more.

    What imports at `size` and through a break do is measured by a part of its own, where there is one.
    """
    import resource

    from django.conf import settings

    from heritage.catalog.imports import import_file
    from heritage.demo.loaders import catalog

    facts = Path(catalog.__file__).parents[1] / "data" / "heritage_facts.csv"
    path = Path(settings.VAR_DIR, "import.csv")
    with facts.open(encoding="utf-8-sig", newline="") as source, path.open("w", newline="", encoding="utf-8") as target:
        rows = list(csv.DictReader(source))
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        for index in range(IMPORTED):
            row = rows[index % len(rows)]
            writer.writerow(row | {"id": f"IM-{index:07d}", "part_of_id": "", "related_place_id": ""})
    started = time.perf_counter()
    report = import_file(path)
    took = time.perf_counter() - started
    assert report.created == IMPORTED, report.as_json()
    again = time.perf_counter()
    assert import_file(path).unchanged == IMPORTED
    name = "benchmarks._register_import"
    further = importlib.import_module(name).measure(size) if importlib.util.find_spec(name) else {}
    return {
        "further": further,
        "rows_per_second": round(IMPORTED / took),
        "unchanged_rows_per_second": round(IMPORTED / (time.perf_counter() - again)),
        "peak_memory_of_the_process_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _duplicates() -> dict[str, float]:
    """Looking through the whole register for likely pairs."""
    from heritage.catalog import duplicates

    started = time.perf_counter()
    pairs = duplicates.look()
    return {"seconds": round(time.perf_counter() - started, 1), "pairs": pairs}


def _export() -> dict[str, Any]:
    from heritage.catalog.exports import FORMATS, rows
    from heritage.catalog.models import Record

    count = Record.objects.count()
    started = time.perf_counter()
    written = sum(len(part) for part in FORMATS["csv"].write(rows(Record.objects.order_by("number"))))
    took = time.perf_counter() - started
    tracemalloc.start()
    for _part in FORMATS["csv"].write(rows(Record.objects.order_by("number")[:10_000])):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"rows_per_second": round(count / took), "bytes": written, "peak_mb_of_10000": round(peak / 1e6, 1)}


def _publish() -> dict[str, Any]:
    """Drafts published with revision, log and index entries: by a batch of the admin, and by Wagtail's action."""
    from wagtail.models import ReferenceIndex, Revision

    from heritage.catalog.batches import ACTIONS, jobs
    from heritage.catalog.models import Record
    from heritage.core import outbox

    drafts = Record.objects.filter(number__startswith="IM-", live=False).order_by("pk")
    user, keys = _user(), list(drafts.values_list("pk", flat=True))
    batch = jobs.order(ACTIONS["publish"], {}, keys[:PUBLISHED], user)
    started = time.perf_counter()
    jobs.run_waiting()
    ours = PUBLISHED / (time.perf_counter() - started)
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("done", {"updated": PUBLISHED}), batch.problem
    last = Record.objects.get(pk=keys[PUBLISHED - 1])
    assert last.live
    assert Revision.objects.for_instance(last).exists()
    assert ReferenceIndex.get_references_for_object(last).exists()
    assert outbox.waiting("search") >= PUBLISHED
    others = drafts.filter(pk__in=keys[PUBLISHED : PUBLISHED + 100])
    rows, started = list(others), time.perf_counter()
    for record in rows:
        record.save_revision(user=user).publish(user=user)
    peer = len(rows) / (time.perf_counter() - started)
    return {"per_second": round(ours, 1), "wagtail_one_by_one": round(peer, 1), "ratio": ratio(ours, peer)}


def _ratios(figures: dict[str, Any]) -> dict[str, float]:
    """p95 of each screen at the whole size to that of Wagtail's plain list or form at 1,000."""
    plain, screens = figures["plain_viewset_at_1000"], figures["screens"]
    return {
        name: ratio(found["p95_ms"], plain["edit" if name == "edit" else "list"]["p95_ms"])
        for name, found in screens.items()
    }


def _bars(figures: dict[str, Any]) -> dict[str, bool]:
    ratios, screens = _ratios(figures), figures["screens"]
    return {
        "lists at most 1.3 times the plain list": all(ratios[name] <= 1.3 for name in ("list", "filter", "search")),
        "edit form at most 1.3 times the plain form": ratios["edit"] <= 1.3,
        "as many queries as at 1,000": all(
            found["queries"] <= figures["screens_at_1000"][name]["queries"] for name, found in screens.items()
        ),
        "import 1,000 rows/s": figures["import"]["rows_per_second"] >= 1000,
        "bulk publish 100/s": figures["publish"]["per_second"] >= 100,
        "export 5,000 rows/s": figures["export_csv"]["rows_per_second"] >= 5000,
        "figures p95 200 ms": figures["figures"]["p95_ms"] <= 200,
    }
