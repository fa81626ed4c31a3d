"""Who a reading program acts for: HTTP Basic (RFC 7617), and the document that says so (drafts.opds.io/authentication).

A session's cookie never acts here: a link on some other site could not borrow or return a title in a reader's name.
"""

import base64
import binascii
import json
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from heritage.core.addresses import absolute
from heritage.library import access
from heritage.library.models import Hold, LibrarySettings, Loan
from heritage.library.services import app_passwords

DOCUMENT = "application/opds-authentication+json"
BASIC = "http://opds-spec.org/auth/basic"
LONGEST = 2_000


def reader_of(request: HttpRequest) -> Any | None:
    """The account named by the request's `Authorization: Basic`; None where there is none or it is wrong.

    The password is one of the account's app passwords, or its own. Wrong ones count towards a lockout.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":  # a browser that remembers the password, sent by a page
        return None
    scheme, _space, packed = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic" or len(packed) > LONGEST:
        return None
    try:
        name, colon, password = base64.b64decode(packed.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    if not colon or "\0" in name + password:
        return None
    if not AxesProxyHandler.is_allowed(request, {"username": name}):
        return None
    return app_passwords.user_of(name, app_passwords.md5_of(password)) or authenticate(
        request, username=name, password=password
    )


def document(request: HttpRequest) -> dict[str, Any]:
    """The authentication document; public, it names nobody."""
    links = [
        ("alternate", "library", "text/html"),
        ("register", "register", "text/html"),
        ("help", "my_apps", "text/html"),
        ("start", "opds2", "application/opds+json"),
        ("http://opds-spec.org/shelf", "opds2_shelf", "application/opds+json"),
        ("profile", "opds2_profile", "application/opds-profile+json"),
    ]
    return {
        "id": absolute(reverse("opds_authentication")),
        "title": _("Library"),
        "description": _(
            "Log in with your e-mail address and an app password, made on the page “Reading programs” of your account."
        ),
        "links": [{"rel": rel, "href": absolute(reverse(name)), "type": kind} for rel, name, kind in links],
        "authentication": [
            {"type": BASIC, "labels": {"login": _("E-mail address"), "password": _("Password")}},
        ],
    }


def refusal(request: HttpRequest) -> HttpResponse:
    """401 with the document as its body."""
    response = HttpResponse(json.dumps(document(request), ensure_ascii=False), content_type=DOCUMENT, status=401)
    response["WWW-Authenticate"] = 'Basic realm="library", charset="UTF-8"'
    response["Cache-Control"] = "no-store"
    return response


def profile(user: Any) -> dict[str, Any]:
    """What an account may still borrow and wait for (application/opds-profile+json)."""
    rules, card = LibrarySettings.load(), access.card_of(user)
    loans = Loan.objects.filter(card=card, ended_at=None).count() if card else 0
    holds = Hold.objects.filter(card=card, ended_at=None).count() if card else 0
    return {
        "name": card.full_name if card else str(user),
        "loans": {"total": rules.most_loans, "available": max(0, rules.most_loans - loans)},
        "holds": {"total": rules.most_holds, "available": max(0, rules.most_holds - holds)},
    }
