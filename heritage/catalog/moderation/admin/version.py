"""One version of an object at an address of its own: to be cited, compared and restored."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from heritage.catalog.moderation import comparing
from heritage.catalog.moderation.admin.addresses import address_of
from heritage.catalog.moderation.admin.page import ObjectScreen


class VersionView(ObjectScreen, TemplateView):
    """What the object was at that moment, field by field; by whom, and what was said of the change."""

    permission_required = "change"
    template_name = "catalog/moderation/version.html"
    page_title = _("Version")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def revision(self) -> Revision:
        return get_object_or_404(self.object.revisions, pk=self.kwargs["revision"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.revision.as_object()
        is_newest = self.object.latest_revision_id == self.revision.pk
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "revision": self.revision,
            "citation": self.request.build_absolute_uri(self._address("version")),
            "entries": log_registry.get_logs_for_instance(self.object).filter(revision=self.revision),
            "fields": comparing.all_fields(version, self.request.user),
            "relations": list(comparing.all_rows(version, self.request.user)),
            "unknown_fields": comparing.forgotten(type(self.object), self.revision.content),
            "history_url": address_of(self.object, "history"),
            "compare_url": "" if is_newest else self._address("revisions_compare", "latest"),
            "restore_url": "" if is_newest else self._address("revisions_revert"),
        }

    def _address(self, screen: str, *further: str) -> str:
        return address_of(self.object, screen, self.revision.pk, *further)
