"""Getting in: probe, access, token and logout services (Authorization Flow 2.0), with version 1.0 beside them."""

from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from heritage.iiif import access, addresses, passes, queries
from heritage.iiif.image_api import reduced
from heritage.iiif.models import Access, Audience, DigitalObject
from heritage.iiif.presentation import authorization
from heritage.iiif.views import answers


def probe(request: HttpRequest, image: str) -> HttpResponseBase:
    """What would become of a request for the image (section 6): always 200, the status stands in the answer."""
    if (early := answers.early(request)) is not None:
        return early
    served = queries.served_image(image) if len(image) <= 80 else None
    if served is None or served.access == Access.CLOSED:
        return answers.refused(404)
    digital_object = DigitalObject.objects.get(pk=served.object_pk)
    if (status := access.status_for(request, digital_object)) != 200:
        return answers.refused(status)
    status = access.images_status(request, digital_object)
    is_let_in = status == 200 or access.has_token_for(request, digital_object)
    document: dict[str, Any] = {"@context": authorization.CONTEXT, "type": "AuthProbeResult2"}
    if is_let_in:
        document["status"] = 200
    else:
        document["status"] = status
        document["heading"] = authorization.in_both(authorization.HEADING)
        document["note"] = authorization.in_both(authorization.NOTES[Audience(served.audience)])
        if served.audience == Audience.REDUCED:
            document["substitute"] = _substitute(image)
    return answers.json_document(request, document, authorization.CONTEXT, Access.STAFF)


def _substitute(image: str) -> dict[str, Any]:
    return {"id": addresses.image_service(image + reduced.SUFFIX), "type": "ImageService3", "profile": "level2"}


@require_safe
@never_cache
def enter(request: HttpRequest) -> HttpResponseBase:
    """The access service: a window in which the visitor logs in, and which then closes itself."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    response = render(request, "iiif/auth_window.html", {"is_in": True})
    passes.give_cookie(response, request)
    return response


@require_safe
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """The logout service: takes the cookie away and offers to leave the site's own session too."""
    response = render(request, "iiif/auth_window.html", {"is_in": False})
    response.delete_cookie(passes.COOKIE, path=passes.COOKIE_PATH)
    return response


@require_safe
@never_cache
@xframe_options_exempt
@csp_update({"frame-ancestors": ["*"]})
def token(request: HttpRequest) -> HttpResponse:
    """The token service of version 2.0: a frame that tells its opener the token, or why there is none."""
    message_id, origin = request.GET.get("messageId", "")[:200], request.GET.get("origin", "")
    message: dict[str, Any] = {"@context": authorization.CONTEXT, "messageId": message_id}
    made = _token(request)
    if not message_id or not _is_origin(origin):
        problem = "invalidOrigin" if message_id else "invalidRequest"
        message |= _error_2(problem)
    elif made:
        message |= {"type": "AuthAccessToken2", "accessToken": made, "expiresIn": passes.TOKEN_SECONDS}
    else:
        message |= _error_2("missingAspect")
    return _frame(request, message, origin)


@require_safe
@never_cache
@xframe_options_exempt
@csp_update({"frame-ancestors": ["*"]})
def token_1(request: HttpRequest) -> HttpResponse:
    """The token service of version 1.0: as a frame for browsers, as JSON without `messageId`."""
    made = _token(request)
    message: dict[str, Any] = (
        {"accessToken": made, "expiresIn": passes.TOKEN_SECONDS}
        if made
        else {"error": "missingCredentials", "description": authorization.one_line(authorization.REFUSED)}
    )
    if "messageId" not in request.GET:
        return JsonResponse(message, status=200 if made else 401)
    return _frame(request, {**message, "messageId": request.GET["messageId"][:200]}, request.GET.get("origin", ""))


def _token(request: HttpRequest) -> str:
    user, is_on_site = passes.visitor(request), access.is_on_site(request)
    return passes.token(user, is_on_site) if user.is_authenticated or is_on_site else ""


def _error_2(profile: str) -> dict[str, Any]:
    return {
        "type": "AuthAccessTokenError2",
        "profile": profile,
        "heading": authorization.in_both(authorization.REFUSED),
    }


def _frame(request: HttpRequest, message: dict[str, Any], origin: str) -> HttpResponse:
    target = origin if _is_origin(origin) else ""
    return render(request, "iiif/auth_token.html", {"message": message, "origin": target})


def _is_origin(value: str) -> bool:
    """Whether it is scheme, host and port of a site, and nothing more."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False

    return parts.scheme in ("https", "http") and bool(parts.netloc) and value == f"{parts.scheme}://{parts.netloc}"
