"""Remarks that visitors propose: a comment, a transcription, a correction on a place of a page; staff decide."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from heritage.core import client, languages
from heritage.iiif import access, addresses, queries, regions, structure
from heritage.iiif.forms import ProposalForm
from heritage.iiif.models import Canvas, DigitalObject

PER_HOUR = 20
HOUR = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, identifier: str) -> HttpResponse:
    """The form, `?image=TN01.2&region=10,20,30,40` naming the place; what is sent waits for staff."""
    found = _visible(request, identifier)
    canvases = list(queries.ready_canvases(found).defer("technical"))
    if not canvases:
        raise Http404
    form = ProposalForm(request.POST or None, initial=_place(request, canvases), pages=len(canvases))
    if request.method == "POST" and form.is_valid() and _is_kept(request, form, canvases):
        return redirect(f"{reverse('digital_object', args=[identifier])}?proposed=1#remarks")
    context = {
        "form": form,
        "object": found,
        "label": languages.in_language(found, "label"),
        "count": len(canvases),
        "preview": _preview(request, found, form, canvases),
    }
    return render(request, "iiif/propose.html", context)


def _visible(request: HttpRequest, identifier: str) -> DigitalObject:
    """Who may read of an object may write of it.

    Raises:
        Http404, PermissionDenied: not for this visitor.
    """
    found = get_object_or_404(DigitalObject, identifier=identifier)
    status = access.content_status(request, found)
    if status in (401, 403):
        raise PermissionDenied
    if status != 200:
        raise Http404
    return found


def _place(request: HttpRequest, canvases: list[Canvas]) -> dict[str, Any]:
    image = request.GET.get("image", "")
    page = next((number for number, one in enumerate(canvases, 1) if one.image_identifier == image), 1)
    region = request.GET.get("region", "")
    place = region if regions.REGION.match(region) else ""
    return {"page": page, "region": place, "language": languages.current()}


def _is_kept(request: HttpRequest, form: ProposalForm, canvases: list[Canvas]) -> bool:
    """Whether it was kept; if not, the form says why."""
    if client.times(request, "iiif:proposals", HOUR) > PER_HOUR:
        form.add_error(None, _("Many texts came from your address. Please try again in an hour."))
        return False
    writer = request.user if request.user.is_authenticated else None
    try:
        structure.propose_remark(canvases[form.cleaned_data["page"] - 1], written_by=writer, **form.written())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _preview(request: HttpRequest, found: DigitalObject, form: ProposalForm, canvases: list[Canvas]) -> str:
    """The address of the place as a picture; "" where there is none that this visitor may see."""
    number, region = str(form["page"].value() or ""), str(form["region"].value() or "")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(canvases)):
        return ""
    canvas = canvases[int(number) - 1]
    if not canvas.is_picture or access.images_status(request, found) != 200:
        return ""
    part = regions.box(region) if regions.REGION.match(region) else ""
    return f"{addresses.image_path(canvas.image_identifier)}/{part or 'full'}/!700,400/0/default.jpg"
