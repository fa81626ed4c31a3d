"""Search in the admin: how the index is, what is asked, what is not found, and why a hit stands where it does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heritage.core import languages, limits, outbox
from heritage.search import engines, explaining, geometry, indexing, tallies, wording
from heritage.search.admin.access import may_see_reports
from heritage.search.contract import Notice
from heritage.search.engines.base import EngineAwayError
from heritage.search.models import Rebuild

DAYS = (7, 30, 90, 365)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    if not may_see_reports(request.user):
        raise PermissionDenied
    days = next((days for days in DAYS if str(days) == request.GET.get("days")), 30)
    tallies.write()
    context = {
        "days": days,
        "choices": DAYS,
        "most_asked": tallies.most_asked(days),
        "nothing_found": tallies.nothing_found(days),
        "fewest": tallies.FEWEST,
        "state": engines.current().state(),
        "rebuild": Rebuild.objects.first(),
        "running": indexing.running(),
        "waiting": outbox.waiting("search"),
        "may_rebuild": request.user.is_superuser,
        **_explained(request),
    }
    return render(request, "search/admin/report.html", context)


def _explained(request: HttpRequest) -> dict[str, Any]:
    text, _was_cut = limits.query_text(request.GET)
    if not text:
        return {"q": ""}
    asked = {"q": text, "near": request.GET.get("near", "")[:120]}
    near = geometry.point(asked["near"])
    unread = [Notice("near_unread", asked["near"][:40])] if asked["near"] and near is None else []
    try:
        plan, found = explaining.explain(engines.current(), text, languages.current(), near=near)
    except EngineAwayError as error:
        return {**asked, "away": str(error)}
    return {**asked, "explained": found, "notices": wording.notices([*unread, *plan.notices])}


@require_POST
def ask_for_rebuild(request: HttpRequest) -> HttpResponse:
    """Let the worker build the index anew; search goes on with the present one meanwhile."""
    if not request.user.is_superuser:
        raise PermissionDenied
    indexing.ask_for_rebuild()
    messages.success(request, _("The worker will build the index anew. Search goes on meanwhile."))
    return redirect("search_report")
