"""The digital object that an address names, to those who may see it."""

from django.http import HttpRequest, HttpResponse

from heritage.iiif import access
from heritage.iiif.models import DigitalObject
from heritage.iiif.views import answers


def seen(request: HttpRequest, identifier: str) -> DigitalObject | HttpResponse:
    """The object, or the answer in its place: to OPTIONS or a wrong method, or the refusal."""
    if (early := answers.early(request)) is not None:
        return early
    found = DigitalObject.objects.filter(identifier=identifier).first()
    status = access.status_for(request, found) if found else 404
    return found if found and status == 200 else answers.refused(status)
