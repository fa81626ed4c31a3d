"""Passes: how a visitor is known to the image services (IIIF Authorization Flow 2.0, Authentication 1.0).

Viewers on other sites get no session cookie (it is `SameSite=Lax`); the access service gives them one of its own, which
opens images only. The access token that a viewer gets opens nothing but descriptions and probes.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

COOKIE = "iiif-access"
COOKIE_PATH = "/iiif/"
COOKIE_SECONDS = 8 * 3600
TOKEN_SECONDS = 3600
_COOKIE_SALT, _TOKEN_SALT = "iiif.cookie", "iiif.token"


@dataclass(frozen=True)
class Token:
    """Whom an access token speaks for: a person, or whoever sits in the reading room."""

    user: Any
    is_on_site: bool


def visitor(request: HttpRequest) -> Any:
    """Who asks: by the session, else by the cookie of the access service; an anonymous user where nobody is known."""
    if request.user.is_authenticated:
        return request.user
    return _user(_read(request.COOKIES.get(COOKIE, ""), _COOKIE_SALT, COOKIE_SECONDS)) or request.user


def give_cookie(response: HttpResponse, request: HttpRequest) -> None:
    """Let images be asked for from other sites too, where the connection is secure; browsers demand that."""
    response.set_cookie(
        COOKIE,
        signing.dumps(_claim(request.user), salt=_COOKIE_SALT),
        max_age=COOKIE_SECONDS,
        path=COOKIE_PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="None" if request.is_secure() else "Lax",
    )


def token(user: Any, is_on_site: bool) -> str:
    """An access token, good for TOKEN_SECONDS."""
    claim = _claim(user) if user.is_authenticated else {}
    return signing.dumps({**claim, "on_site": is_on_site}, salt=_TOKEN_SALT)


def of_token(request: HttpRequest) -> Token | None:
    """What the token in the Authorization header says; None without one that is good."""
    kind, _space, value = request.headers.get("Authorization", "").partition(" ")
    found = _read(value.strip(), _TOKEN_SALT, TOKEN_SECONDS) if kind.lower() == "bearer" else None
    return Token(_user(found), bool(found.get("on_site"))) if found else None


def _claim(user: Any) -> dict[str, Any]:
    return {"user": user.pk, "hash": user.get_session_auth_hash()[:24]}


def _read(value: str, salt: str, seconds: int) -> dict[str, Any] | None:
    if not value or len(value) > 1000:
        return None
    try:
        found = signing.loads(value, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None
    return found if isinstance(found, dict) else None


def _user(claim: dict[str, Any] | None) -> Any:
    """The person of a claim, unless the password was changed or the account closed since."""
    if not claim or "user" not in claim:
        return None
    user = get_user_model().objects.filter(pk=claim["user"], is_active=True).first()
    is_same = user is not None and constant_time_compare(user.get_session_auth_hash()[:24], claim.get("hash", ""))
    return user if is_same else None
