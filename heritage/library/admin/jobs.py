"""What staff ordered: how far it is, and what became of each title. Everybody sees their own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.admin import batches
from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.core.limits import page_of
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
    page = page_of(_own(request).defer("report", "order"), request.GET, 30)
    rows = [{"job": job, "label": label_of(job), "address": reverse("library_job", args=[job.pk])} for job in page]
    nothing_yet = _("You have ordered nothing yet: choose titles in a list, or take in books.")
    return render(request, "accounts/admin/jobs.html", {"page": page, "rows": rows, "nothing_yet": nothing_yet})


@require_safe
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job with its report; as JSON for the script that shows how far it is."""
    found = get_object_or_404(_own(request), pk=pk)
    if request.GET.get("format") == "json":
        return JsonResponse({"is_open": found.is_open, "percent": found.percent, "done": found.done})
    back = request.GET.get("next", "")
    is_trial = found.action == jobs.TAKING and bool(found.order.get("dry_run"))
    context = {
        "job": found,
        "label": label_of(found),
        "rows": [_row(row, is_trial) for row in found.report[:SHOWN]],
        "more": max(0, len(found.report) - SHOWN),
        "counts": [(batches.OUTCOMES[name], number) for name, number in found.counts.items()],
        "is_trial": is_trial,
        "jobs_address": reverse("library_jobs"),
        "may_take": _may_take(request, found),
        "next": back if url_has_allowed_host_and_scheme(back, None) else "",
    }
    return render(request, "library/admin/job.html", context)


@require_POST
def take_for_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what a trial looked at."""
    trial = get_object_or_404(_own(request), pk=pk)
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


def _own(request: HttpRequest) -> QuerySet[Job]:
    user: Any = request.user
    return Job.objects.all() if user.is_superuser else Job.objects.filter(user=user)
