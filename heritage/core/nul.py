"""Requests that carry a NUL byte: PostgreSQL refuses it in text, SQLite takes it, and no honest address has one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

REASON = "This address holds a NUL character (%00), which no address of this site has."


class NulMiddleware:
    """404 for an address with a NUL; in a query string it is left out, as if it had not been typed.

    Bodies are not looked at: forms refuse NUL themselves (`ProhibitNullCharactersValidator`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            response = HttpResponse(REASON, status=404, content_type="text/plain; charset=utf-8")
            response["Access-Control-Allow-Origin"] = "*"  # IIIF viewers of other origins get to read the reason
            return response
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\x00", "")
        return self.get_response(request)
