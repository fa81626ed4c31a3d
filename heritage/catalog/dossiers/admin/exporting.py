"""Ordering an export, watching it, fetching it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from heritage.accounts.admin import jobs as pages
from heritage.accounts.roles import Action
from heritage.catalog.dossiers import services
from heritage.catalog.dossiers.admin.base import ObjectScreen
from heritage.catalog.dossiers.admin.items import NAMESPACE
from heritage.catalog.dossiers.serving import send_export
from heritage.catalog.models import DossierExport, ExportKind
from heritage.core.models import JobState


class OrderExportView(ObjectScreen, TemplateView):
    """A POST with `kind` orders it; the answer is the page that shows how far it is."""

    permission_required = Action.SEE_PRIVATE
    template_name = "catalog/admin/dossier_exports.html"
    header_icon = "download"
    page_title = _("Exports of a dossier")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exports = DossierExport.objects.filter(dossier=self.object)[:50]
        return super().get_context_data(**kwargs) | {"dossier": self.object, "exports": exports, "kinds": ExportKind}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = request.POST.get("kind", "")
        if kind not in ExportKind.values:
            raise Http404
        export = services.order_export(self.object, kind, request.user)
        return redirect(reverse(f"{NAMESPACE}:export", args=[self.object.pk, export.pk]))


class ExportView(ObjectScreen, View):
    """How far an export is; `?format=json` is what the page asks every two seconds."""

    permission_required = Action.SEE_PRIVATE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        export = get_object_or_404(DossierExport, pk=self.kwargs["export"], dossier=self.object)
        return pages.page(
            request,
            export,
            "catalog/admin/dossier_export.html",
            lambda: {"dossier": self.object},
            label=f"{self.object}: {export.kind_label}",
            counts=[(_("parts done"), export.done)] if export.state == JobState.DONE else [],
            jobs_address=reverse(f"{NAMESPACE}:order_export", args=[self.object.pk]),
            jobs_label=str(_("All exports of this dossier")),
        )


class ExportFileView(ObjectScreen, View):
    """The finished file."""

    permission_required = Action.SEE_PRIVATE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        export = get_object_or_404(DossierExport, pk=self.kwargs["export"], dossier=self.object, state=JobState.DONE)
        return send_export(request, export)
