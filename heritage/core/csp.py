"""The content security policy of public pages; the admin keeps Wagtail's own way of working."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PublicPolicyMiddleware(CSPMiddleware):
    """django-csp's middleware under the archive's name, so that settings speak of one place.

    A view may loosen or tighten its own answer with django-csp's decorators (`csp_update`, `csp_replace`).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Content-Security-Policy"):  # a file's own, which the middleware would not change
            return response
        return super().process_response(request, response)
