"""Lists on paper that would have to be waited for: offered by the list of records, made by the worker, fetched here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heritage.accounts.admin import jobs as pages
from heritage.catalog.admin.export import ExportMixin
from heritage.catalog.exports import FORMATS, Format, ordering
from heritage.catalog.models import ListExport
from heritage.core.models import JobState
from heritage.core.sending import send


class PaperListMixin(ExportMixin):
    """For the list's view: a short list on paper comes at once, a long one is offered, and a POST has it made."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = FORMATS.get(request.GET.get("export", ""))
        if wanted is not None and wanted.is_paper:
            count = self.get_queryset().order_by().count()  # type: ignore[attr-defined]
            if count > ordering.AT_ONCE:
                return self._offered(wanted, count)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = FORMATS.get(request.GET.get("export", ""))
        if wanted is None or not wanted.is_paper:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        keys = list(self.get_queryset().values_list("pk", flat=True))  # type: ignore[attr-defined]
        job = ordering.order(wanted.suffix, keys, self.criteria(), request.user)
        return redirect("register_list", pk=job.pk)

    def _offered(self, wanted: Format, count: int) -> HttpResponse:
        asked = self.request.GET.copy()
        asked.pop("export")
        context = {
            "form": wanted,
            "count": count,
            "criteria": self.criteria(),
            "back": f"{self.request.path}?{asked.urlencode()}",
        }
        return render(self.request, "catalog/admin/list_export.html", context)


@require_safe
@never_cache
def list_exports(request: HttpRequest) -> HttpResponse:
    """The user's own lists on paper, the newest first."""
    nothing_yet = _("You have ordered no list yet: choose Word or PDF in the menu of the list of records.")
    return pages.listing(request, ListExport.objects.defer("order"), _label, "register_list", nothing_yet)


@require_safe
@never_cache
def list_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: how far it is, then the file."""
    found = pages.found(request, ListExport.objects.all(), pk)
    return pages.page(
        request,
        found,
        "catalog/admin/list_export_job.html",
        lambda: {"criteria": found.order["criteria"]},
        label=_label(found),
        counts=[(_("records"), found.total)] if found.state == JobState.DONE else [],
        jobs_address="register_lists",
    )


@require_safe
@never_cache
def list_export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = pages.found(request, ListExport.objects.all(), pk)
    if found.state != JobState.DONE or not found.file:
        raise Http404
    name = str(found.file.name).rpartition("/")[2].partition("-")[2]
    moment = found.ended_at.timestamp()
    kind = FORMATS[found.action].media_type
    return send(request, found.file, kind, f"list-{found.pk}-{moment}", moment, "private, no-store", name)


def _label(job: ListExport) -> str:
    return _("List of records: %(form)s") % {"form": FORMATS[job.action].label}


def admin_urls() -> list[URLPattern]:
    return [
        path("register-lists/", list_exports, name="register_lists"),
        path("register-lists/<int:pk>/", list_export, name="register_list"),
        path("register-lists/<int:pk>/file/", list_export_file, name="register_list_file"),
    ]
