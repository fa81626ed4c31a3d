"""`/qr/<number>.svg` and `.png`: the QR code of a permanent short address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from heritage.core.models import Identifier
from heritage.core.models.identifier import State
from heritage.publishing import qr, resources
from heritage.publishing.api import lookup, problems
from heritage.publishing.views.identifiers import gone

DEFAULT_SIZE = 600


@require_safe
def image(request: HttpRequest, number: str, image_format: str) -> HttpResponse:
    """The code of a public number; `?size=` is the width of a PNG in pixels, 64 to 2048."""
    row = lookup.find(number)
    if row is not None and row.state != State.ACTIVE:
        return gone(request, row)
    found = resources.published(row) if row else None
    if row is None or found is None:
        raise Http404
    try:
        size = _size(request)
    except ValueError:
        detail = f"give a whole number of pixels from {qr.SMALLEST} to {qr.LARGEST}"
        return problems.respond(problems.wrong("size", detail))
    tag = f'"{row.code}-{image_format}-{size}"'
    unchanged = get_conditional_response(request, etag=tag)  # only now: what was withdrawn answers no cache either
    return unchanged or _draw(row, image_format, size, found, tag)


def _size(request: HttpRequest) -> int:
    size = int(request.GET.get("size", str(DEFAULT_SIZE))[:6])
    if not qr.SMALLEST <= size <= qr.LARGEST:
        raise ValueError(size)
    return size


def _draw(row: Identifier, image_format: str, size: int, found: resources.Found, tag: str) -> HttpResponse:
    if image_format == "png":
        response = HttpResponse(qr.png(row.code, size), content_type="image/png")
    else:
        title = next(iter(found.resource.title(found.instance).values()), row.number)
        response = HttpResponse(qr.svg(row.code, f"QR {row.number}: {title}"), content_type="image/svg+xml")
    response["Content-Disposition"] = f'inline; filename="QR-{row.number}.{image_format}"'
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
