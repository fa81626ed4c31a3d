"""What staff ordered for many records: how far it is, what became of each, and undoing it. Everybody sees their own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.admin import batches
from heritage.accounts.policies import policy_of
from heritage.catalog.batches import ACTIONS, jobs
from heritage.catalog.models import Batch, BatchedRecord, Record
from heritage.core.limits import page_of

SHOWN = 500
VIEWS = [
    batches.view_of(action, place, order=jobs.order, address="register_batch", most=jobs.MOST)
    for place, action in enumerate(ACTIONS.values())
]


@require_safe
@never_cache
def batch_list(request: HttpRequest) -> HttpResponse:
    """The user's own batches, the newest first."""
    page = page_of(_own(request).select_related("undo_of").defer("order"), request.GET, 30)
    rows = [
        {"job": batch, "label": jobs.label_of(batch), "address": reverse("register_batch", args=[batch.pk])}
        for batch in page
    ]
    nothing_yet = _("You have changed nothing yet: tick records in the list, and choose what is to be done.")
    return render(request, "accounts/admin/jobs.html", {"page": page, "rows": rows, "nothing_yet": nothing_yet})


@require_safe
@never_cache
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch with what became of each record; as JSON for the script that shows how far it is."""
    found = get_object_or_404(_own(request), pk=pk)
    if request.GET.get("format") == "json":
        return JsonResponse({"is_open": found.is_open, "percent": found.percent, "done": found.done})
    back = request.GET.get("next", "")
    counts = found.counts
    context = {
        "job": found,
        "label": jobs.label_of(found),
        "rows": _rows(request, found),
        "more": max(0, sum(counts.values()) - SHOWN),
        "counts": [(batches.OUTCOMES[name], number) for name, number in sorted(counts.items())],
        "can_undo": jobs.can_undo(found),
        "undone": found.undoings.first(),
        "jobs_address": reverse("register_batches"),
        "next": back if url_has_allowed_host_and_scheme(back, None) else "",
    }
    return render(request, "catalog/admin/batch.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what a batch changed; rights are asked for each record anew."""
    found = get_object_or_404(_own(request), pk=pk)
    if not jobs.can_undo(found):
        raise PermissionDenied
    return redirect(reverse("register_batch", args=[jobs.order_undo(found, request.user).pk]))


def _rows(request: HttpRequest, found: Batch) -> list[dict[str, Any]]:
    """The refused first; a record that the user may no longer see is not named."""
    rows = list(found.rows.order_by("outcome", "pk")[:SHOWN])
    seen = policy_of(Record).instances_user_has_permission_for(request.user, "view")
    records = seen.in_bulk([row.record_id for row in rows if row.record_id])
    return [_row(row, records.get(row.record_id)) for row in rows]


def _row(row: BatchedRecord, record: Any) -> dict[str, Any]:
    if record is None:
        return {"outcome": row.outcome, "title": _("(a record that you may not see)"), "reason": ""}
    address = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])
    return {"outcome": row.outcome, "title": str(record), "reason": row.reason, "address": address}


def _own(request: HttpRequest) -> QuerySet[Batch]:
    user: Any = request.user
    return Batch.objects.all() if user.is_superuser else Batch.objects.filter(user=user)


def admin_urls() -> list[URLPattern]:
    return [
        path("register-batches/", batch_list, name="register_batches"),
        path("register-batches/<int:pk>/", batch, name="register_batch"),
        path("register-batches/<int:pk>/undo/", undo, name="register_batch_undo"),
    ]
