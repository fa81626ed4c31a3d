"""Where a request comes from: the address by which visitors are counted, let in on site, and locked out."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's IP address: as the proxy in front saw it where there is one, never as the visitor claims.

    Of `X-Forwarded-For` only the last entry is the proxy's own; what is no address there counts as none. "" is unknown.
    """
    claimed = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
    return (_valid(claimed) if settings.BEHIND_PROXY else "") or _valid(str(request.META.get("REMOTE_ADDR", "")))


def _valid(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""


def times(request: HttpRequest, what: str, seconds: int) -> int:
    """How often this address has done `what` within about `seconds`, this time included; counted in the cache."""
    key = f"times:{what}:{address(request)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # thrown out of a full cache between the two lines
        return 1
