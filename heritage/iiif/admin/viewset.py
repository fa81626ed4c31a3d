"""Digital objects in the admin: a list with pictures, and the form that takes scans in."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, EditView

from heritage.accounts.viewsets import ScopedViewSet
from heritage.iiif.admin.columns import StateColumn, ThumbnailColumn, with_counts
from heritage.iiif.admin.panels import edit_handler
from heritage.iiif.models import DigitalObject


class TellsOfScans:
    """Beside "saved", what should be known of the files that came in with the form."""

    request: HttpRequest
    form: Any

    def save_instance(self) -> Any:
        saved = super().save_instance()  # type: ignore[misc]
        for note in getattr(self.form, "notes", ()):
            messages.warning(self.request, note)
        return saved


class DigitalObjectCreateView(TellsOfScans, CreateView):
    """A new object, with its first scans."""


class DigitalObjectEditView(TellsOfScans, EditView):
    """An object, with more scans."""


class DigitalObjectViewSet(ScopedViewSet):
    model = DigitalObject
    add_view_class = DigitalObjectCreateView
    edit_view_class = DigitalObjectEditView
    icon = "image"
    menu_label = _("Scans")
    menu_name = "scans"
    menu_order = 110
    add_to_admin_menu = True
    edit_handler = edit_handler
    search_fields = ["identifier", "label_vi", "label_en"]
    list_filter = ["access", "canvases__state", "unit"]
    list_per_page = 50
    ordering = ["identifier"]
    list_display = [
        "identifier",
        ThumbnailColumn("thumbnail", label=_("Picture")),
        Column("label_vi", label=_("Label")),
        StateColumn("scans", label=_("Scans")),
        Column("get_access_display", label=_("Access"), sort_key="access"),
        Column("unit", label=_("Unit")),
        DateColumn("modified_at", label=_("Changed"), sort_key="modified_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_counts(DigitalObject.objects.select_related("unit"))
