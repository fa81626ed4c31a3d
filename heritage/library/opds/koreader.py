"""KOReader's progress synchronisation (its `kosync` plugin, KOReader 2026): the same place as on the web and in OPDS.

A reader logs in with an app password, of which KOReader sends the MD5. Accounts are made on the web only. A document is
known by the digest of its file ("binary" matching), so those that were not fetched here are not taken.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from heritage.library import access
from heritage.library.models import Edition, Reading
from heritage.library.opds import progression
from heritage.library.services import app_passwords
from heritage.library.services import progress as services

MEDIA_TYPE = "application/vnd.koreader.v1+json"
PREFIX = "urn:koreader:"


def _answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def _by_program(view: Callable[..., HttpResponse]) -> Any:
    """The view for whoever `x-auth-user` and `x-auth-key` name; failures count towards a lockout."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if progression.is_hasty(request):
            return _answer({"message": _("Too many requests. Please try again in a minute.")}, 429)
        name, key = request.headers.get("X-Auth-User", "")[:150], request.headers.get("X-Auth-Key", "")[:64]
        named = {"username": name}
        user = app_passwords.user_of(name, key) if name and AxesProxyHandler.is_allowed(request, named) else None
        if user is None:
            user_login_failed.send(sender=__name__, credentials=named, request=request)
            return _answer({"code": 2001, "message": _("Log in with an app password from your account.")}, 401)
        return view(request, user, *args, **kwargs)

    return wrapped


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return _answer({"state": "OK"})


@csrf_exempt
@require_http_methods(["POST"])
def register(request: HttpRequest) -> HttpResponse:
    """No account is made by a program: KOReader shows the reason."""
    return _answer({"code": 2005, "message": _("Get a reader card on the web, then log in with an app password.")}, 402)


@require_safe
@_by_program
def authorise(request: HttpRequest, user: Any) -> HttpResponse:
    return _answer({"authorized": "OK"})


@csrf_exempt
@require_http_methods(["PUT"])
@_by_program
def update(request: HttpRequest, user: Any) -> HttpResponse:
    """The newest place; KOReader names no time, so it is now."""
    try:
        body = progression.json_of(request)
        fraction = progression.fraction_of(body.get("percentage"), "percentage")
    except progression.MalformedError as error:
        return _answer({"code": 2003, "message": str(error)}, 400)
    document = str(body.get("document", ""))
    edition = _edition(user, document)
    if edition is None:
        return _answer({"code": 2004, "message": _("This file was not fetched from the library, or is closed.")}, 404)
    place, chapter = services.Translator(edition).from_koreader(str(body.get("progress", ""))[:1000])
    device = PREFIX + progression.plain(str(body.get("device_id") or body.get("device") or "?")).replace(" ", "-")
    name = progression.plain(str(body.get("device") or "KOReader"))
    given = services.Progress(fraction, services.now_ms(), device, name, place, chapter)
    reading, _taken = services.keep(user, edition, given)
    return _answer({"document": document, "timestamp": reading.placed_ms // 1000})


@require_safe
@_by_program
def fetch(request: HttpRequest, user: Any, document: str) -> HttpResponse:
    """The account's place, `{}` where there is none."""
    edition = _edition(user, document)
    reading = Reading.objects.filter(user=user, edition=edition).exclude(placed_ms=0).first() if edition else None
    if edition is None or reading is None:
        return _answer({})
    return _answer(
        {
            "document": document,
            "progress": services.Translator(edition).for_koreader(reading),
            "percentage": round(reading.fraction, 6),
            "device": reading.device_name or _("the library's own reader"),
            "device_id": (reading.device or progression.own_device()).removeprefix(PREFIX),
            "timestamp": reading.placed_ms // 1000,
        }
    )


def _edition(user: Any, digest: str) -> Edition | None:
    """The edition whose file has this digest, where the reader may open it or has read in it."""
    if len(digest) != 32:
        return None
    for edition in Edition.objects.select_related("work").filter(partial_md5=digest.lower())[:5]:
        if access.door(user, edition)[0].lets_in or Reading.objects.filter(user=user, edition=edition).exists():
            return edition
    return None
