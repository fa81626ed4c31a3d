"""Serving what little of `media/` may be had by path: renditions of public images."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from heritage.core.models import ArchiveRendition


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A rendition of an image whose collection is open to everybody; originals are never served."""
    found = ArchiveRendition.objects.select_related("image__collection").filter(file=f"images/{name}").first()
    if found is None or found.image.collection.get_view_restrictions().exists():
        raise Http404
    try:
        response = FileResponse(found.file.open("rb"))
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
