"""What staff ordered for many records: how far it is, what became of each, and undoing it. Everybody sees their own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.admin import batches
from heritage.accounts.admin import jobs as pages
from heritage.accounts.policies import policy_of
from heritage.catalog.batches import ACTIONS, jobs
from heritage.catalog.models import Batch, BatchedRecord, Record

SHOWN = 500
VIEWS = [
    batches.view_of(action, place, order=jobs.order, address="register_batch", most=jobs.MOST)
    for place, action in enumerate(ACTIONS.values())
]


@require_safe
@never_cache
def batch_list(request: HttpRequest) -> HttpResponse:
    """The user's own batches, the newest first."""
    nothing_yet = _("You have changed nothing yet: tick records in the list, and choose what is to be done.")
    rows = Batch.objects.select_related("undo_of").defer("order")
    return pages.listing(request, rows, jobs.label_of, "register_batch", nothing_yet)


@require_safe
@never_cache
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch with what became of each record."""
    found = pages.found(request, Batch.objects.all(), pk)
    counts = found.counts

    def told() -> dict[str, Any]:
        return {
            "rows": _rows(request, found),
            "more": max(0, sum(counts.values()) - SHOWN),
            "can_undo": jobs.can_undo(found),
            "undone": found.undoings.first(),
        }

    return pages.page(
        request,
        found,
        "catalog/admin/batch.html",
        told,
        label=jobs.label_of(found),
        counts=[(batches.OUTCOMES[name], number) for name, number in sorted(counts.items())],
        jobs_address="register_batches",
    )


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what a batch changed; rights are asked for each record anew."""
    found = pages.found(request, Batch.objects.all(), pk)
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


def admin_urls() -> list[URLPattern]:
    return [
        path("register-batches/", batch_list, name="register_batches"),
        path("register-batches/<int:pk>/", batch, name="register_batch"),
        path("register-batches/<int:pk>/undo/", undo, name="register_batch_undo"),
    ]
