"""The API assembled, with what every answer has in common: CORS, conditional requests, problems."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from heritage.publishing.api import clusters, nearby, places, problems, records, root, search, units, works
from heritage.publishing.throttle import throttled

METHODS = "GET, HEAD, OPTIONS"

DESCRIPTION = """Open data of the heritage archive, for research, tourism firms and agencies.
Texts come by language (`vi`, `en`). Lists answer `count`, `next`, `previous`, `results`; follow `next` until null.
Errors are problem details (RFC 9457) that name the parameter. Numbers and addresses never change their meaning."""


class Utf8Renderer(JSONRenderer):
    """Vietnamese as it is read, in a third of the bytes that escapes take (RFC 8259, section 8.1)."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="Heritage archive API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-1",
    docs_url=None,
    renderer=Utf8Renderer(),
    openapi_url="openapi.json",
)
problems.install(api)
for module in (root, records, places, works, units, search, nearby, clusters):
    api.add_router("", module.router)


def open_to_all(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Any site may read the answer (CORS, Fetch standard); ETag answers 304; no cookie is looked at."""
    conditional = throttled(conditional_page(view))

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Headers"] = "Accept, If-None-Match, If-Modified-Since"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in ("GET", "HEAD"):
            response = problems.respond(problems.Problem(405, f"This API is read only: {METHODS}."))
        else:
            response = _read(conditional, request, *args, **kwargs)
        response["Allow"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
        return response

    return wrapped


def _read(view: Callable[..., Any], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    is_head, request.method = request.method == "HEAD", "GET"  # the framework knows no HEAD; the server drops the body
    response: HttpResponse = view(request, *args, **kwargs)
    if response.status_code == 200:
        response.setdefault("Cache-Control", "public, max-age=60")
    patch_vary_headers(response, ["Accept-Encoding"])
    if is_head:
        request.method = "HEAD"
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _opened(pattern: Any) -> URLPattern:
    return URLPattern(pattern.pattern, open_to_all(pattern.callback), pattern.default_args, pattern.name)


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problems.respond(problems.Problem(404, "There is no such collection; /api/v1/ lists them."))


def urls() -> tuple[list[URLPattern], str, str]:
    """For `path("api/v1/", ...)`; whatever else is asked below it is answered as a problem too."""
    patterns, app_name, namespace = api.urls
    opened = [_opened(pattern) for pattern in patterns]
    return [*opened, path("<path:rest>", open_to_all(unknown))], app_name, namespace
