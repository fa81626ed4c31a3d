"""Which language a request is answered in, and when an address without one is sent to the address with it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers


class AddressLocaleMiddleware(LocaleMiddleware):
    """Django's middleware, which redirects every 404 without a language prefix to the same path below `/vi/`.

    Wagtail answers any path below a prefix, so that an unknown `/id/`, `/q/`, `/qr/` or `/iiif/` would be redirected to
    a page that does not exist, and machines would never see the 404. What a view has answered stays as it is; only
    addresses that no view has are sent on.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.resolver_match is not None:
            patch_vary_headers(response, ["Accept-Language"])
            return response
        return super().process_response(request, response)
