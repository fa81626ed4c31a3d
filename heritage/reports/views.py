"""Liveness and readiness, for load balancers and monitors."""

import logging

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from heritage.core import readiness

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks neither the database nor anything else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part can serve, else 503 and which cannot.

    Reasons may name folders or servers, so they go to the log; the public answer says `ok` or `not ready` per part.
    """
    report = readiness.report()
    for part, state in report.items():
        if state != "ok":
            logger.warning("%s is not ready: %s", part, state)
    ready = all(state == "ok" for state in report.values())
    parts = {part: "ok" if state == "ok" else "not ready" for part, state in report.items()}
    body = {"status": "ok" if ready else "not ready", "parts": parts}
    return JsonResponse(body, status=200 if ready else 503)
