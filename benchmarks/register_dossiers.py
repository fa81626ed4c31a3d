"""A record's edit form with 30 decisions, 10 zones and 200 dossier items, at 1,000 records and at `size` (100,000);
and a dossier of 300 scanned pages as one PDF and as a BagIt bag, made by a process of its own whose memory is watched.

The form's peer is the form itself at 1,000 records in the same run.
"""

import datetime as dt
import io
import json
import random
import subprocess
import sys
import time
from typing import Any

from benchmarks.support import fresh_database, ratio, timings

SMALL, PAGES = 1_000, 300
RUNS = 20
WORKER = """
import resource, django
django.setup()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from heritage.catalog.dossiers import exports
ended = exports.run_waiting()
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, ended)
"""


def run(size: int) -> dict[str, Any]:
    size = size or 100_000
    fresh_database()
    import django.test.utils

    django.test.utils.setup_test_environment()
    from django.conf import settings
    from django.test.utils import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()  # nothing is collected here
    _fill(SMALL, with_units=True)
    record, dossier = _subject()
    small = _form(record)
    _fill(max(0, size - SMALL), with_units=False)
    large = _form(record)
    exports = {kind: _export(dossier, kind) for kind in ("pdf", "bag")}
    growth = ratio(large["p95_ms"], small["p95_ms"])
    return {
        "form": {str(SMALL): small, str(size): large, "p95_ratio": growth},
        "exports": exports,
        "bars": {
            "form 25 queries or fewer": large["queries"] <= 25,
            "form p95 within 1.3 times": growth <= 1.3,
            "exports below 300 MB": all(one["peak_mb"] < 300 for one in exports.values()),
            "exports end ready": all(one["state"] == "done" for one in exports.values()),
        },
    }


def _fill(count: int, with_units: bool) -> None:
    from django.db import connection

    from heritage.demo.loaders import catalog, places

    def quiet(_message: str) -> None:
        return None

    if with_units:
        places.load(quiet)
    if count:
        catalog.synthesise(count, quiet)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _subject() -> tuple[Any, Any]:
    """A record with 30 decisions, 10 zones and a dossier of 200 items, 300 of whose pages are scanned."""
    from heritage.catalog.dossiers import services
    from heritage.catalog.models import Designation, DossierItem, ProtectionZone, Record

    record = Record.objects.filter(kind="monument").order_by("pk")[0]
    Designation.objects.filter(record=record).delete()
    for year in range(30):
        Designation.objects.create(record=record, rank="national", decided_on=dt.date(1980 + year, 1, 1))
    square = [[[105.0, 21.0], [105.01, 21.0], [105.01, 21.01], [105.0, 21.01], [105.0, 21.0]]]
    for number in range(10):
        shape = {"type": "Polygon", "coordinates": square}
        ProtectionZone.objects.create(record=record, kind="I" if number % 2 else "II", geometry=shape)
    dossier = services.open_dossier(record, "national")
    more = 200 - dossier.items.count()
    DossierItem.objects.bulk_create(DossierItem(dossier=dossier, title_vi=f"Giấy thử {n}") for n in range(more))
    items = list(dossier.items.all()[:PAGES])
    for page in range(PAGES):
        services.add_file(items[page % len(items)], _scan(page))
    return record, dossier


def _scan(page: int) -> Any:
    """A JPEG of A4 at 200 dots an inch, as heavy as a scan of old paper (about 1.5 MB)."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    draw = random.Random(page)
    grain = Image.frombytes("L", (827, 1169), draw.randbytes(827 * 1169)).resize((1654, 2339))
    out = io.BytesIO()
    Image.merge("RGB", [grain] * 3).save(out, "JPEG", quality=88)
    return SimpleUploadedFile(f"trang-{page:03d}.jpg", out.getvalue())


def _form(record: Any) -> dict[str, float]:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    users = get_user_model()
    user = users.objects.filter(username="do").first() or users.objects.create_superuser("do", "do@example.org", "x")
    client = Client()
    client.force_login(user)
    url = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])

    def call() -> None:
        assert client.get(url).status_code == 200

    figures = timings(call, times=RUNS, warm_up=3)
    with CaptureQueriesContext(connection) as queries:
        call()
    return {**figures, "queries": len(queries)}


def _export(dossier: Any, kind: str) -> dict[str, Any]:
    """Order it and let another process make it; megabytes are of that whole process, Django and all."""
    from heritage.catalog.dossiers import services

    export = services.order_export(dossier, kind)
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - started
    before, peak, _ended = (int(word) for word in done.stdout.split()[-3:])
    export.refresh_from_db()
    return {
        "state": export.state,
        "problem": export.problem,
        "seconds": round(seconds, 1),
        "file_mb": round(export.size / 1024**2, 1),
        "peak_mb": round(peak / 1024, 1),
        "of_it_django_mb": round(before / 1024, 1),
        "progress": json.dumps([export.done, export.total]),
    }
