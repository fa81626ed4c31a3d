"""OPDS Progression 1.0 (draft of the OPDS community, 2026): programs keep and fetch the last place in a book."""

import datetime as dt
import json
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from heritage.core import client
from heritage.core.addresses import absolute
from heritage.library import access
from heritage.library.models import Edition, Reading
from heritage.library.opds import authentication
from heritage.library.services import progress as services

TYPE = "application/opds-progression+json"
REL = "http://opds-spec.org/progression"
PROBLEM = "application/problem+json"
MOST_BYTES = 64 * 1024
MOST_REFERENCES = 20
PER_MINUTE = 120
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+")


class MalformedError(ValueError):
    """What a program sent makes no sense; the message names the key."""


def link(edition: Edition) -> dict[str, Any]:
    """Where the place in `edition` is kept, for the links of a publication or manifest."""
    document = {"href": absolute(reverse("opds_authentication")), "type": authentication.DOCUMENT}
    return {
        "rel": REL,
        "href": absolute(reverse("opds_progression", args=[edition.pk])),
        "type": TYPE,
        "properties": {"authenticate": document},
    }


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "PUT"])
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """GET answers the account's place, nothing where there is none; PUT gives one and answers what then stands.

    409 answers a place that is older than the account's, with the account's as its body.
    """
    user = authentication.reader_of(request)
    if user is None:
        return authentication.refusal(request)
    if is_hasty(request):
        return problem(429, _("Too many requests. Please try again in a minute."))
    edition, reading = edition_for(user, pk)
    if request.method != "PUT":
        return document(edition, reading) if reading and reading.placed_ms else HttpResponse(content_type=TYPE)
    try:
        given = _given(request, edition)
    except MalformedError as error:
        return problem(400, str(error))
    kept, was_taken = services.keep(user, edition, given)
    return document(edition, kept, 200 if was_taken else 409)


def edition_for(user: Any, pk: int) -> tuple[Edition, Reading | None]:
    """The edition, and what the reader left in it; a closed one is absent for those who never read in it."""
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk)
    reading = Reading.objects.filter(user=user, edition=edition).first()
    if reading is None and not access.door(user, edition)[0].lets_in:
        raise Http404
    return edition, reading


def document(edition: Edition, reading: Reading, status: int = 200) -> HttpResponse:
    """The place as an OPDS Progression Document."""
    modified = dt.datetime.fromtimestamp(reading.placed_ms / 1000, dt.UTC)
    body: dict[str, Any] = {
        **({"title": reading.chapter} if reading.chapter else {}),
        "modified": modified.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "device": {
            "id": reading.device or own_device(),
            "name": reading.device_name or str(settings.WAGTAIL_SITE_NAME),
        },
        "progression": reading.fraction,
    }
    if references := services.Translator(edition).references(reading):
        body["references"] = references
    return JsonResponse(body, status=status, content_type=TYPE)


def own_device() -> str:
    """How this site's own reader names itself to other programs."""
    return absolute(reverse("library"))


def is_hasty(request: HttpRequest) -> bool:
    return client.times(request, "library:progress", 60) > PER_MINUTE


def problem(status: int, title: str) -> HttpResponse:
    return JsonResponse({"type": "about:blank", "title": title, "status": status}, status=status, content_type=PROBLEM)


def _given(request: HttpRequest, edition: Edition) -> services.Progress:
    """What a program sent.

    Raises:
        MalformedError: it is no progression document.
    """
    body = json_of(request)
    modified = _modified(body.get("modified"))
    device = body.get("device")
    if not isinstance(device, dict) or not _URI.fullmatch(str(device.get("id", ""))) or len(device["id"]) > 200:
        raise MalformedError(_("“device.id” must be a URI of at most 200 characters."))
    name = device.get("name")
    if not isinstance(name, str) or not name.strip():
        raise MalformedError(_("“device.name” must be a text."))
    references = body.get("references", [])
    if not isinstance(references, list) or not all(isinstance(one, str) and len(one) <= 2000 for one in references):
        raise MalformedError(_("“references” must be a list of URI references."))
    fraction = fraction_of(body.get("progression"), "progression")
    place, chapter = services.Translator(edition).from_references(references[:MOST_REFERENCES])
    title = body.get("title")
    return services.Progress(
        fraction,
        round(modified.timestamp() * 1000),
        device["id"],
        plain(name),
        place,
        chapter or plain(title if isinstance(title, str) else "", 300),
    )


def json_of(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise MalformedError(_("At most %(size)d kB are taken.") % {"size": MOST_BYTES // 1024})
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise MalformedError(_("The body must be a JSON object."))
    return body


def fraction_of(value: Any, key: str) -> float:
    """Raises MalformedError: `value` is no number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise MalformedError(_("“%(key)s” must be a number from 0 to 1.") % {"key": key})
    return float(value)


def _modified(value: Any) -> dt.datetime:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        if found and found.tzinfo and found.year > 1970:
            return found
    except (ValueError, OverflowError):
        pass
    raise MalformedError(_("“modified” must be a date and time with its zone (ISO 8601)."))


def plain(text: str, most: int = 100) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text[:1000]).split())[:most]
