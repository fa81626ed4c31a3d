"""The pages of an object in the admin: new ones by dragging files in, their order by dragging rows or by keyboard."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.ui.tables.orderable import OrderableTableMixin

from heritage.iiif import addresses, services, structure, uploads
from heritage.iiif.admin import captions, replacing, tus
from heritage.iiif.models import Canvas, DigitalObject, Upload

MOST_SHOWN = 2_000
ANY_CANVAS = 999_999
"""What Wagtail's script replaces by the row that was moved."""


class PictureColumn(Column):
    """The page in small; nothing while it waits."""

    cell_template_name = "iiif/admin/thumbnail_cell.html"

    def get_value(self, instance: Canvas) -> str:
        if not instance.pyramid:
            return ""
        return f"{addresses.image_path(instance.image_identifier)}/full/!120,120/0/default.jpg"


class ReplaceColumn(Column):
    """The way to another picture for the page."""

    cell_template_name = "iiif/admin/replace_cell.html"

    def __init__(self, identifier: str) -> None:
        super().__init__("replace", label="")
        self._identifier = identifier

    def get_value(self, instance: Canvas) -> str:
        return reverse("scan_replace", args=[self._identifier, instance.pk])


class CaptionsColumn(Column):
    """The way to what is said in a recording, with the number of its languages; nothing for other pages."""

    cell_template_name = "iiif/admin/captions_cell.html"

    def __init__(self, identifier: str) -> None:
        super().__init__("captions", label="")
        self._identifier = identifier

    def get_value(self, instance: Canvas) -> dict[str, Any] | None:
        if not instance.is_recording:
            return None
        url = reverse("scan_captions", args=[self._identifier, instance.pk])
        return {"url": url, "count": instance.languages}  # type: ignore[attr-defined]


class PagesTable(OrderableTableMixin, Table):
    """Rows to drag; the arrow keys move the row whose handle has the focus."""


@require_safe
def pages(request: HttpRequest, identifier: str) -> HttpResponse:
    """The drop area, what is on its way in, and the pages in their order."""
    found = tus.object_for(request.user, identifier)
    rows = Canvas.objects.filter(digital_object=found).annotate(languages=Count("captions"))
    canvases = list(rows.order_by("order", "pk").defer("technical")[:MOST_SHOWN])
    columns = [
        PictureColumn("picture", label=_("Picture")),
        Column("image_identifier", label=_("Image")),
        Column("label_vi", label=_("Label")),
        Column("original_name", label=_("File")),
        Column("get_state_display", label=_("State")),
        Column("failure", label=_("Reason")),
        CaptionsColumn(identifier),
        ReplaceColumn(identifier),
    ]
    order = reverse("scan_page_order", args=[identifier, ANY_CANVAS])
    table = PagesTable(columns, canvases, sort_order_field="order", reorder_url=order)
    user: Any = request.user
    arriving = Upload.objects.filter(digital_object=found, user=user)[:50]
    context: dict[str, Any] = {
        "object": found,
        "table": table,
        "uploads": [(one, tus.status_of(one), uploads.offset_of(one)) for one in arriving],
        "uploads_url": reverse("scan_uploads", args=[identifier]),
        "edit_url": reverse(DigitalObject.snippet_viewset.get_url_name("edit"), args=[found.pk]),  # type: ignore[attr-defined]
        "header_title": _("Pages of %(object)s") % {"object": found},
        "header_icon": "image",
        "page_title": _("Pages"),
        "page_subtitle": str(found),
    }
    return render(request, "iiif/admin/pages.html", context)


@require_POST
def move(request: HttpRequest, identifier: str, pk: int) -> JsonResponse:
    """Put one page at `?position=`, counting from 0; beyond the end is the end."""
    found = tus.object_for(request.user, identifier)
    canvas = get_object_or_404(Canvas, pk=pk, digital_object=found)
    order = [one.image_identifier for one in found.canvases.order_by("order", "pk").only("image_identifier")]
    position = request.GET.get("position", "")
    order.remove(canvas.image_identifier)
    order.insert(int(position) if position.isascii() and position.isdigit() else len(order), canvas.image_identifier)
    services.reorder(found, order)
    return JsonResponse({"success": True})


@require_POST
def sort_by_name(request: HttpRequest, identifier: str) -> HttpResponse:
    """Put all pages in the order of their file names, as people number pages."""
    found = tus.object_for(request.user, identifier)
    canvases = sorted(
        found.canvases.all(), key=lambda one: (services.natural_key(one.original_name), one.original_page)
    )
    services.reorder(found, [one.image_identifier for one in canvases])
    return HttpResponse(status=303, headers={"Location": reverse("scan_pages", args=[identifier])})


@require_POST
def add_missing(request: HttpRequest, identifier: str) -> HttpResponse:
    """A page that the object has lost, at the end; it is dragged to its place, and a picture may replace it later."""
    found = tus.object_for(request.user, identifier)
    texts = {}
    for language in ("vi", "en"):
        with override(language):
            texts[language] = _("Missing page")
    structure.add_missing_page(found, texts["vi"], texts["en"])
    messages.success(request, _("The missing page stands at the end. Drag it to its place."))
    return HttpResponse(status=303, headers={"Location": reverse("scan_pages", args=[identifier])})


urls = [
    path("scan-pages/<str:identifier>/", pages, name="scan_pages"),
    path("scan-pages/<str:identifier>/sort/", sort_by_name, name="scan_pages_sort"),
    path("scan-pages/<str:identifier>/missing/", add_missing, name="scan_pages_missing"),
    path("scan-pages/<str:identifier>/captions/<int:pk>/", captions.caption_list, name="scan_captions"),
    path(
        "scan-pages/<str:identifier>/captions/<int:pk>/<str:language>/remove/",
        captions.remove,
        name="scan_captions_remove",
    ),
    path("scan-pages/<str:identifier>/order/<int:pk>/", move, name="scan_page_order"),
    path("scan-pages/<str:identifier>/replace/<int:pk>/", replacing.replace, name="scan_replace"),
    path("scan-pages/<str:identifier>/uploads/", tus.creation, name="scan_uploads"),
    path("scan-pages/<str:identifier>/uploads/<uuid:token>/", tus.upload, name="scan_upload"),
]
