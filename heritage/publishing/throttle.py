"""How many requests a minute one address may make to what machines read."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from heritage.core import client
from heritage.publishing.api import problems

MINUTE = 60


def refuse_hasty(request: HttpRequest) -> None:
    """Count this request.

    Raises:
        problems.TooMany: the address has made more than `API_REQUESTS_PER_MINUTE` since the minute began.
    """
    most = settings.API_REQUESTS_PER_MINUTE
    if not most:
        return
    now = time.time()
    key = f"requests:{client.address(request)}:{int(now // MINUTE)}"
    cache.add(key, 0, MINUTE * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out of a full cache between the two lines
        count = 1
    if count > most:
        raise problems.TooMany(MINUTE - int(now % MINUTE))


def throttled(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, answering 429 to those who ask too often."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            refuse_hasty(request)
        except problems.TooMany as problem:
            return problems.respond(problem)
        return view(request, *args, **kwargs)

    return wrapped
