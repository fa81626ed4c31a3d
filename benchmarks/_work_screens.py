"""The screens part of `register_work`: list, filter, search and edit form.

The peer is Wagtail's plain snippet viewset of the same model with 1,000 records, asked through the same middleware by a
superuser, with as many rows a page; and once more with as many columns as the register's list has.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks._work_data import FIRST, client, filled, ok, user
from benchmarks.support import fresh_site, ratio, timings

ROWS, TIMES = 30, 100
"""Of 40 the 95th percentile is the second worst: a single breath of the machine decided it."""
COUNTING = 1
"""A list of more than `paging.FEW` rows is counted by a question of its own, at any size."""
LISTING = "/admin/snippets/catalog/record/"


def screens(_size: int) -> dict[str, Any]:
    """Both at 1,000 in a process of its own; then the register's at its size."""
    first, here = _at_first(), _ours()
    ours = first["ours"]
    return {
        "plain_at_1000": first["plain"],
        "plain_at_1000_as_many_columns": first["plain_wide"],
        "at_1000": ours,
        "here": here,
        "ratios": {name: _ratio(found, first["plain"], name) for name, found in here.items()},
        "ratios_to_as_many_columns": {name: _ratio(found, first["plain_wide"], name) for name, found in here.items()},
        "constant_queries": {
            name: found["queries"] <= ours[name]["queries"] + COUNTING for name, found in here.items()
        },
    }


def _ratio(found: dict[str, Any], plain: dict[str, Any], name: str) -> float | None:
    peer = plain.get("edit" if name == "edit" else "list")
    return ratio(found["p95_ms"], peer["p95_ms"]) if peer else None


def _at_first() -> dict[str, Any]:
    from django.conf import settings

    folder = Path(settings.VAR_DIR, "first")
    environment = {**os.environ, "VAR_DIR": str(folder), "MEDIA_ROOT": str(folder / "media")}
    command = [sys.executable, "-m", "benchmarks._work_screens"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours() -> dict[str, Any]:
    from heritage.catalog.models import Record

    asked, mine = client(), Record.objects.filter(unit__province__code="19", number__startswith="SYN-")
    following = iter(list(mine.order_by("pk").values_list("pk", flat=True)[:50]) * 10)
    return _timed(
        {
            "list": lambda: ok(asked.get(LISTING)),
            "filter": lambda: ok(asked.get(LISTING, {"kind": "monument", "rank": "national"})),
            "search": lambda: ok(asked.get(LISTING, {"q": "dinh"})),
            "edit": lambda: ok(asked.get(f"{LISTING}edit/{next(following)}/")),
        }
    )


def _timed(calls: dict[str, Callable[[], Any]], times: int = TIMES) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found: dict[str, Any] = {}
    for name, call in calls.items():
        found[name] = timings(call, times)
        with CaptureQueriesContext(connection) as queries:
            page = call()
        # That SQLite's adapter says BEGIN and COMMIT as statements of their own makes no queries of them.
        found[name]["queries"] = sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in queries)
        found[name]["kilobytes"] = len(page) // 1024
    return found


def _plain(columns: list[Any] | None) -> dict[str, Any]:
    """Wagtail's own list and form of the model, without anything of ours, at an address of their own."""
    from django.contrib.auth import get_user_model
    from django.test import override_settings
    from django.urls import include, path
    from wagtail.admin.auth import require_admin_access
    from wagtail.permission_policies import ModelPermissionPolicy
    from wagtail.snippets.views.snippets import SnippetViewSet

    from heritage import urls
    from heritage.catalog.models import Record

    options = {"model": Record, "list_per_page": ROWS, "copy_view_enabled": False, "url_namespace": "plain"}
    options |= {"permission_policy": ModelPermissionPolicy(Record)} | ({"list_display": columns} if columns else {})
    viewset = type("PlainViewSet", (SnippetViewSet,), options)()
    module = ModuleType("benchmarks._plain_urls")
    routes = viewset.get_urlpatterns()
    for route in routes:
        route.callback = require_admin_access(route.callback)
    module.urlpatterns = [path("admin/plain/", include((routes, "plain"))), *urls.urlpatterns]  # type: ignore[attr-defined]
    chief = get_user_model().objects.filter(username="plain-peer").first()
    chief = chief or get_user_model().objects.create_superuser("plain-peer", password=None)
    asked, pk = client(chief), Record.objects.order_by("pk").values_list("pk", flat=True)[0]
    with override_settings(ROOT_URLCONF=module):
        found = _timed({"list": lambda: ok(asked.get("/admin/plain/"))})
        if not columns:  # a form has none; with a selection of every unit and record in it, each takes seconds
            found |= _timed({"edit": lambda: ok(asked.get(f"/admin/plain/edit/{pk}/"))}, times=20)
    return found


def _wide() -> list[Any]:
    """As many columns as the register's list shows at first, of what a plain viewset can show."""
    from wagtail.admin.ui.tables import UpdatedAtColumn

    from heritage.catalog.admin.columns import SHOWN_AT_FIRST

    names = ["__str__", "number", "name_en", "kind", "commune_printed", "province_printed", "confidence"]
    return [*names[: 1 + len(SHOWN_AT_FIRST)], UpdatedAtColumn()]


if __name__ == "__main__":  # the measures at 1,000, on the database of VAR_DIR
    fresh_site()
    filled(FIRST)
    user()
    json.dump({"plain": _plain(None), "plain_wide": _plain(_wide()), "ours": _ours()}, sys.stdout)
