"""A record's edit form with 30 decisions, 10 zones and 200 dossier items, as the department opens it.

Bars: 25 queries or fewer, and p95 at `size` records within 1.3 times that at 1,000 in the same run.
"""

import datetime as dt
from typing import Any

from benchmarks.support import ratio, timings

BAR_QUERIES, BAR_GROWTH = 25, 1.3
RUNS = 25


def measure_first() -> dict[str, float]:
    """The form at 1,000 records."""
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()  # nothing is collected here
    return _form(_subject())


def measure(size: int, first: dict[str, float]) -> dict[str, Any]:
    from heritage.catalog.models import Designation, Record

    acts = Designation.objects.filter(decision_number__startswith="BENCH-")
    last = _form(Record.objects.get(pk=acts.values_list("record", flat=True)[0]))
    growth = ratio(last["p95_ms"], first["p95_ms"])
    return {
        "at_1000": first,
        f"at_{size}": last,
        "p95_to_1000": growth,
        "median_to_1000": ratio(last["median_ms"], first["median_ms"]),
        "bars": {
            f"{BAR_QUERIES} queries": last["queries"] <= BAR_QUERIES,
            f"p95 within {BAR_GROWTH} times": growth <= BAR_GROWTH,
        },
    }


def _subject() -> Any:
    from heritage.catalog.dossiers import services
    from heritage.catalog.models import Designation, DossierItem, ProtectionZone, Record
    from heritage.places.models import Unit

    record = Record.objects.filter(kind="monument").order_by("pk")[0]
    record.unit = Unit.objects.current().filter(parent__code="19").order_by("code")[0]
    record.save()
    Designation.objects.filter(record=record).delete()
    for year in range(30):
        values = {"rank": "national", "decided_on": dt.date(1980 + year, 1, 1), "decision_number": f"BENCH-{year}"}
        Designation.objects.create(record=record, **values)
    square = [[[105.0, 21.0], [105.01, 21.0], [105.01, 21.01], [105.0, 21.01], [105.0, 21.0]]]
    for number in range(10):
        shape = {"type": "Polygon", "coordinates": square}
        ProtectionZone.objects.create(record=record, kind="I" if number % 2 else "II", geometry=shape)
    dossier = services.open_dossier(record, "national")
    more = 200 - dossier.items.count()
    DossierItem.objects.bulk_create(DossierItem(dossier=dossier, title_vi=f"Giấy thử {n}") for n in range(more))
    return record


def _form(record: Any) -> dict[str, float]:
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(get_user_model().objects.get(username="so.vhttdl"))
    url = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])

    def call() -> None:
        assert client.get(url).status_code == 200

    figures = timings(call, times=RUNS, warm_up=3)
    with CaptureQueriesContext(connection) as queries:
        call()
    # That SQLite's adapter says BEGIN and COMMIT as statements of their own makes no queries of them.
    asked = [query for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]
    return {**figures, "queries": len(asked)}
