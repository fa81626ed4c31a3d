"""What every answer of the IIIF services shares: open to all origins, conditional, bounded in how long it is kept."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from heritage.iiif.models import Access

METHODS = "GET, HEAD, OPTIONS"
MOST_PAGES = 10**9
A_DAY, FIVE_MINUTES, A_YEAR = 86_400, 300, 31_536_000


def with_cors(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link, ETag, Content-Length"
    return response


def options() -> HttpResponse:
    """The answer to OPTIONS, which a browser sends before a request with headers of its own."""
    response = with_cors(HttpResponse(status=204))
    response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = str(A_DAY)
    return response


def error(status: int, reason: str) -> HttpResponse:
    """A short text that says what is wrong; machines read the status, people the reason."""
    response = with_cors(HttpResponse(reason + "\n", status=status, content_type="text/plain; charset=utf-8"))
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = 'Cookie realm="staff"'
    if status == 405:
        response["Allow"] = METHODS
    if status == 503:
        response["Retry-After"] = "5"
    return response


REASONS = {
    401: "This object is for staff only. Log in first.",
    403: "Your account has no right to this object.",
    404: "There is nothing at this address, or it is not published.",
}


def refused(status: int) -> HttpResponse:
    return error(status, REASONS[status])


def cache_control(access: str, seconds: int) -> str:
    """Only what is open to everybody may be kept by what stands between us and the reader."""
    return f"public, max-age={seconds}" if access == Access.OPEN else "private, no-store"


def not_modified(request: HttpRequest, etag: str) -> bool:
    asked = request.headers.get("If-None-Match", "")
    return bool(asked) and (
        asked.strip() == "*" or etag in [part.strip().removeprefix("W/") for part in asked.split(",")]
    )


def json_document(
    request: HttpRequest, document: dict[str, Any] | bytes, context: str, access: str, seconds: int = FIVE_MINUTES
) -> HttpResponse:
    """A JSON-LD document, as `application/ld+json` to those who ask for it and as plain JSON to the rest."""
    body = document if isinstance(document, bytes) else dumped(document)
    wants_ld = "application/ld+json" in request.headers.get("Accept", "")
    content_type = f'application/ld+json;profile="{context}"' if wants_ld else "application/json"
    etag = f'"{hashlib.sha256(body + content_type.encode()).hexdigest()[:32]}"'
    response: HttpResponse
    if not_modified(request, etag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=content_type)
        response["Content-Length"] = str(len(body))
    response["ETag"] = etag
    response["Cache-Control"] = cache_control(access, seconds)
    patch_vary_headers(response, ["Accept"])
    return with_cors(response)


def dumped(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def early(request: HttpRequest) -> HttpResponse | None:
    """The answer to OPTIONS and to methods that are not answered; None where the view is to go on."""
    if request.method == "OPTIONS":
        return options()
    if request.method not in ("GET", "HEAD"):
        return error(405, "Only GET, HEAD and OPTIONS are answered here.")
    return None


def file_document(body: bytes, content_type: str, access: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type, headers={"Content-Length": str(len(body))})
    response["Cache-Control"] = cache_control(access, FIVE_MINUTES)
    return with_cors(response)


def text_document(text: str, access: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = cache_control(access, FIVE_MINUTES)
    return with_cors(response)
