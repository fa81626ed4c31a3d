"""Errors in our design: what happened, what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language_from_request, override

from heritage.core import languages


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The plainest page: it asks neither database nor session, which may be what failed."""
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    language = _language(request)
    other = "en" if language == "vi" else "vi"
    context: dict[str, Any] = {"status": status, "language": language, "other_language_url": f"/{other}/"}
    with override(language):
        return render(request, f"{status}.html", context, status=status)


def _language(request: HttpRequest) -> str:
    """That of the address, else that of the visitor's browser."""
    first = request.path.split("/", 2)[1]
    if first in languages.LANGUAGES:
        return first
    return "en" if get_language_from_request(request).startswith("en") else "vi"
