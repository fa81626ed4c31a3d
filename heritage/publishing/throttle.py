"""How many requests a minute one address may make to what machines read."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
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
    count = client.times(request, f"requests:{int(now // MINUTE)}", MINUTE * 2)
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
