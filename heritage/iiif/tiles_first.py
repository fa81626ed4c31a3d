"""The shortest road: stored tiles of images open to everybody, answered before Django builds a request.

Most of what a viewer asks for are such tiles, and of their cost most was the way through handler, signals and request.
Whether an image is open is asked of the database for each of them, so a withdrawal holds at once. Whatever is not plain
here, a condition, a limit, a fault, goes the way of all requests and is answered, or refused, there.
"""

import io
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware

from heritage.iiif import addresses, queries, stores, tiff
from heritage.iiif.image_api import limits, stored_tiles
from heritage.iiif.image_api.parameters import ParameterError, parse
from heritage.iiif.views import image

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_TILE = re.compile(
    rf"({addresses.IMAGE_PREFIX}|{addresses.IMAGE_2_PREFIX})([A-Za-z0-9._-]{{1,100}})"
    r"/(\d{1,9},\d{1,9},\d{1,9},\d{1,9})/(\d{1,9},\d{0,9})/0/(default|color)\.jpg",
    re.ASCII,
)


class TilesFirst:
    """A WSGI application that answers stored tiles and leaves the rest to `application`."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._security_headers = lru_cache(maxsize=2)(_security_headers)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = _TILE.fullmatch(environ["PATH_INFO"])
        if found and environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ:
            scheme = _scheme(environ)
            is_turned_away = settings.SECURE_SSL_REDIRECT and scheme != "https"
            if not is_turned_away and (answer := _answer(found, environ.get("QUERY_STRING", ""))):
                headers, body = answer
                start_response("200 OK", [*headers.items(), *self._security_headers(scheme)])
                return [body]
        return self.application(environ, start_response)


def _answer(found: re.Match[str], query: str) -> tuple[dict[str, str], bytes] | None:
    prefix, identifier, region, size, quality = found.groups()
    try:
        served = queries.served_image_directly(identifier)
        if served is None or not served.is_public:
            return None
        asked = parse(region, size, "0", quality, "jpg", (served.width, served.height), limits.current())
        if image.PREFIXES[prefix] == 3 and image.leads_on([region, size, "0", f"{quality}.jpg"], asked):
            return None
        pyramid = stores.pyramid(served.pyramid)
        tile = stored_tiles.find(pyramid, asked)
        body = stored_tiles.read(pyramid, *tile) if tile else b""
    except (Error, ParameterError, OSError, tiff.MalformedError):
        return None  # the way of all requests says what is wrong
    if not body:
        return None
    headers = image.headers_of(served, asked, image.etag_of(served, asked), image.PREFIXES[prefix], query)
    return {"Content-Type": "image/jpeg", "Content-Length": str(len(body)), **headers}, body


def _scheme(environ: dict[str, Any]) -> str:
    """As Django reads it: what the proxy in front says, where one is named."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(name)) is not None:
            return "https" if said.split(",")[0].strip() == secure else "http"
    return str(environ["wsgi.url_scheme"])


def _security_headers(scheme: str) -> tuple[tuple[str, str], ...]:
    """What Django's security middleware puts on every answer, asked of it once for each scheme."""
    request = WSGIRequest({"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO()})
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        request.META[name] = secure if scheme == "https" else "http"
    plain = HttpResponse()
    del plain.headers["Content-Type"]
    SecurityMiddleware(lambda _request: plain).process_response(request, plain)
    return tuple(plain.items())
