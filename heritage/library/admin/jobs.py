"""What staff ordered: how far it is, and what became of each title. Everybody sees their own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.admin import batches
from heritage.accounts.admin import jobs as pages
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.library.batches import ACTIONS
from heritage.library.models import Job, JobState, Work
from heritage.library.services import jobs

SHOWN = 1_000
MOST = 5_000
"""Objects of one batch."""
BATCHES = [
    batches.view_of(action, place, order=jobs.order_batch, address="library_job", most=MOST)
    for place, action in enumerate(ACTIONS.values())
]


@require_safe
@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    """The user's own jobs, the newest first."""
    nothing_yet = _("You have ordered nothing yet: choose titles in a list, or take in books.")
    return pages.listing(request, Job.objects.defer("report", "order"), label_of, "library_job", nothing_yet)


@require_safe
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job with its report."""
    found = pages.found(request, Job.objects.all(), pk)
    is_trial = found.action == jobs.TAKING and bool(found.order.get("dry_run"))

    def told() -> dict[str, Any]:
        return {
            "rows": [_row(row, is_trial) for row in found.report[:SHOWN]],
            "more": max(0, len(found.report) - SHOWN),
            "is_trial": is_trial,
            "may_take": _may_take(request, found),
        }

    return pages.page(
        request,
        found,
        "library/admin/job.html",
        told,
        label=label_of(found),
        counts=[(batches.OUTCOMES[name], number) for name, number in found.counts.items()],
        jobs_address="library_jobs",
    )


@require_POST
def take_for_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what a trial looked at."""
    trial = pages.found(request, Job.objects.all(), pk)
    if not _may_take(request, trial):
        raise PermissionDenied
    return redirect(reverse("library_job", args=[jobs.take_for_good(trial, request.user).pk]))


def label_of(job: Job) -> str:
    """What was done, in words."""
    if job.action == jobs.TAKING:
        return _("Look at books before taking them in") if job.order.get("dry_run") else _("Take in books")
    return str(ACTIONS[job.action].label) if job.action in ACTIONS else job.action


def _row(row: dict[str, Any], is_trial: bool) -> dict[str, Any]:
    """A row of the report, with the address of the title that a number names."""
    if not row.get("number") or is_trial:
        return row
    return row | {"title": f"{row['number']} {row['title']}", "address": reverse("work", args=[row["number"]])}


def _may_take(request: HttpRequest, job: Job) -> bool:
    trial = job.action == jobs.TAKING and job.state == JobState.DONE and job.order.get("dry_run")
    user: Any = request.user
    return bool(trial and job.order.get("folder")) and policy_of(Work).user_has_permission(user, Action.ADD.value)
