"""Resumable uploads by the tus protocol 1.0.0: the core, and the extensions creation, termination and expiration.

Own code, for the kept tus servers in Python need FastAPI or Django REST framework, and know no rights by unit.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from heritage.accounts.policies import policy_of
from heritage.iiif import uploads
from heritage.iiif.models import DigitalObject, Upload
from heritage.iiif.uploads import UploadError

VERSION = "1.0.0"
PIECE = 1024 * 1024
"""Bytes held in memory."""


def object_for(user: Any, identifier: str) -> DigitalObject:
    """The object, where the user may change it.

    Raises:
        Http404: there is none, or it is not for this user.
    """
    found = get_object_or_404(DigitalObject, identifier=identifier)
    if not policy_of(DigitalObject).user_has_permission_for_instance(user, "change", found):
        raise Http404
    return found


def creation(request: HttpRequest, identifier: str) -> HttpResponse:
    """The address that POST begins an upload at; OPTIONS tells what the server can."""
    found = object_for(request.user, identifier)
    return _answered(request, {"POST": lambda: _create(request, found), "OPTIONS": _capabilities})


def upload(request: HttpRequest, identifier: str, token: str) -> HttpResponse:
    """One upload: HEAD and PATCH and DELETE of the protocol; GET is our own and says what became of it."""
    found = object_for(request.user, identifier)
    one = get_object_or_404(Upload, token=token, digital_object=found, user=request.user)
    return _answered(
        request,
        {
            "HEAD": lambda: _told(one),
            "PATCH": lambda: _append(request, one),
            "DELETE": lambda: _delete(one),
            "OPTIONS": _capabilities,
            "GET": lambda: JsonResponse(status_of(one)),
        },
    )


def _answered(request: HttpRequest, actions: dict[str, Callable[[], HttpResponse]]) -> HttpResponse:
    action = actions.get(request.method or "")
    version = request.headers.get("Tus-Resumable", "")
    if action is None:
        response = HttpResponse(status=405, headers={"Allow": ", ".join(actions)})
    elif request.method not in ("OPTIONS", "GET") and version != VERSION:
        response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
    else:
        try:
            response = action()
        except UploadError as wrong:
            response = HttpResponse(f"{wrong}\n", status=wrong.status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def _capabilities() -> HttpResponse:
    return HttpResponse(
        status=204, headers={"Tus-Version": VERSION, "Tus-Extension": "creation,termination,expiration"}
    )


def _create(request: HttpRequest, found: DigitalObject) -> HttpResponse:
    length = _number(request, "Upload-Length")
    name = metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    one = uploads.begin(found, request.user, name, length)
    response = _told(one)
    response.status_code = 201
    response["Location"] = reverse("scan_upload", args=[found.identifier, one.token])
    return response


def _number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise UploadError(400, _("%(header)s has to be a whole number of bytes.") % {"header": header})
    return int(value)


def metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: pairs apart by commas, a key and its value in base 64 apart by a space.

    Raises:
        UploadError: 400, a value is no base 64 of UTF-8.
    """
    found = {}
    for pair in header.split(",") if header else []:
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise UploadError(400, _("%(header)s cannot be read.") % {"header": "Upload-Metadata"}) from error
    return found


def _told(one: Upload) -> HttpResponse:
    response = HttpResponse()
    response["Upload-Offset"] = str(uploads.offset_of(one) if one.state == "arriving" else one.length)
    response["Upload-Length"] = str(one.length)
    response["Upload-Expires"] = http_date((one.modified_at + uploads.KEPT).timestamp())
    return response


def _append(request: HttpRequest, one: Upload) -> HttpResponse:
    if request.content_type != "application/offset+octet-stream":
        raise UploadError(415, _("The content type has to be application/offset+octet-stream."))
    offset = uploads.append(one, _number(request, "Upload-Offset"), _pieces(request))
    return HttpResponse(status=204, headers={"Upload-Offset": str(offset)})


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body in pieces; where the line breaks, what came before stays and the client goes on from there."""
    try:
        while piece := request.read(PIECE):
            yield piece
    except OSError:
        return


def _delete(one: Upload) -> HttpResponse:
    uploads.give_up(one)
    return HttpResponse(status=204)


def status_of(one: Upload) -> dict[str, Any]:
    """What the page shows of an upload."""
    return {"name": one.name, "state": one.state, "said": one.get_state_display(), "report": one.report}
