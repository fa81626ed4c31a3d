"""Pages of what staff ordered and the worker does (`StaffJob`): everybody sees their own, an administrator all."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from heritage.core.limits import page_of
from heritage.core.models import StaffJob

LISTED = 30


def own(request: HttpRequest, jobs: QuerySet) -> QuerySet:
    user: Any = request.user
    return jobs if user.is_superuser else jobs.filter(user=user)


def found(request: HttpRequest, jobs: QuerySet, pk: int) -> Any:
    return get_object_or_404(own(request, jobs), pk=pk)


def listing(
    request: HttpRequest, jobs: QuerySet, label_of: Callable[[Any], str], address: str, nothing_yet: str
) -> HttpResponse:
    """The user's jobs, the newest first; `address` names the page of one, `nothing_yet` says what would make one."""
    page = page_of(own(request, jobs), request.GET, LISTED)
    rows = [{"job": job, "label": label_of(job), "address": reverse(address, args=[job.pk])} for job in page]
    return render(request, "accounts/admin/jobs.html", {"page": page, "rows": rows, "nothing_yet": nothing_yet})


def page(
    request: HttpRequest,
    job: StaffJob,
    template: str,
    told: Callable[[], dict[str, Any]],
    *,
    label: str,
    counts: Iterable[tuple[Any, int]],
    jobs_address: str,
    jobs_label: str = "",
) -> HttpResponse:
    """One job with what `told` gives its template; `jobs_address`, or its name, leads to the others.

    `jobs_label` says which these are, where they are not all that the user ordered.

    `?format=json` is what the script asks that shows how far it is.
    """
    if request.GET.get("format") == "json":
        return JsonResponse({"is_open": job.is_open, "percent": job.percent, "done": job.done})
    back = request.GET.get("next", "")
    context = {
        "job": job,
        "label": label,
        "counts": list(counts),
        "jobs_address": resolve_url(jobs_address),
        "jobs_label": jobs_label or _("All my jobs"),
        "next": back if url_has_allowed_host_and_scheme(back, None) else "",
    }
    return render(request, template, context | told())
