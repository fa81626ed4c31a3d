"""The short way for images that are open to everybody: no session, no language, no user is needed for a tile."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.iiif.views import image

PREFIXES = tuple(image.PREFIXES)


class ImageMiddleware:
    """Answers requests of the Image API; those for which the visitor must be known go on to the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(PREFIXES):
            response = image.respond(request, asks_user=False)
            if response is not None:
                return response
        return self.get_response(request)
