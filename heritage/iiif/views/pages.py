"""The page of a digital object: what a link to its scans opens."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from heritage.core import languages
from heritage.iiif import access, addresses, descriptions, viewing
from heritage.iiif.models import DigitalObject


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
    }
    return render(request, "iiif/object.html", context)
