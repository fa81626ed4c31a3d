"""The page of a digital object: what a link to its scans opens."""

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.iiif import access, addresses, content_state, descriptions, html, queries, regions, viewing
from heritage.iiif.models import Annotation, DigitalObject, TextFormat

REMARKS_SHOWN = 200


@require_safe
def open_content(request: HttpRequest) -> HttpResponse:
    """`?iiif-content=`: from whatever names an object or a canvas of ours to its page (Content State 1.0, 3.1)."""
    content = request.GET.get("iiif-content", "")
    try:
        place = content_state.read(content)
    except content_state.UnreadableError as wrong:
        raise BadRequest(str(wrong)) from wrong
    found = get_object_or_404(DigitalObject, identifier=place.identifier)
    page = reverse("digital_object", args=[found.identifier])
    return redirect(f"{page}?{urlencode({'iiif-content': content})}")


def _remarks(found: DigitalObject) -> list[dict[str, Any]]:
    """The published remarks, each with the address by which the viewer shows its place."""
    rows = queries.remarks(found).select_related("canvas").defer("canvas__technical")[:REMARKS_SHOWN]
    return [
        {"remark": one, "place": _place(one), "text": _shown(one, one.text), "other": _shown(one, one.other_text)}
        for one in rows
    ]


def _shown(remark: Annotation, text: str) -> str:
    return html.shown(text) if remark.format == TextFormat.HTML else text


def _place(remark: Annotation) -> str:
    box = regions.box(remark.region)
    return f"#{remark.canvas.image_identifier}" + (f"/{box}" if box else "")


@require_safe
def object_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """An object with its viewer, its links and the address of its manifest."""
    found = get_object_or_404(DigitalObject, identifier=identifier)
    status = access.status_for(request, found)
    if status in (401, 403):
        raise PermissionDenied
    shown = viewing.shown(request, [found]) if status == 200 else []
    if not shown:
        raise Http404
    language = languages.current()
    homepages = [
        {"url": link.url, "name": link.label.get(language) or next(iter(link.label.values()), link.url)}
        for link in descriptions.of(found).homepages
        if not link.language or link.language == language
    ]
    context = {
        "shown": shown,
        "object": shown[0],
        "homepages": homepages,
        "manifest_url": addresses.manifest_url(identifier),
        "was_proposed": "proposed" in request.GET,
        "remarks": _remarks(found) if access.content_status(request, found) == 200 else None,
    }
    return render(request, "iiif/object.html", context)
