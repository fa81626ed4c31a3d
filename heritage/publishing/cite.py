"""How to cite an object, its QR code, and its description for search engines."""

import json
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from heritage.core import identifiers, languages
from heritage.core.models.identifier import State
from heritage.publishing import qr, resources
from heritage.publishing.api import describe

UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def context(request: HttpRequest, instance: Model) -> dict[str, Any] | None:
    """What the section shows; None for what has no active number, such as the preview of a new draft."""
    resource = resources.of(instance._meta.label_lower)
    identifier = identifiers.of(instance) if instance.pk else None
    if resource is None or identifier is None or identifier.state != State.ACTIVE:
        return None
    titles = resource.title(instance)
    title = titles.get(languages.current()) or next(iter(titles.values()), identifier.number)
    return {
        "number": identifier.number,
        "citation": citation(title, identifier.number),
        "permanent": describe.permanent(identifier.number),
        "qr_image": reverse("qr", args=[identifier.number, "svg"]),
        "qr_download": reverse("qr", args=[identifier.number, "png"]),
        "qr_address": qr.address(identifier.code),
        "json_address": reverse("identifier_json", args=[identifier.number]),
        "json_ld": data_block(resource.json_ld(instance)),
    }


def citation(title: str, number: str) -> str:
    """One line for a footnote, with the day it was seen."""
    day = formats.date_format(timezone.localdate(), "j F Y" if languages.current() == "en" else "j/n/Y")
    return _("“%(title)s”, no. %(number)s, Heritage archive, %(address)s (seen %(day)s).") % {
        "title": title,
        "number": number,
        "address": describe.permanent(number),
        "day": day,
    }


def data_block(values: dict[str, Any]) -> SafeString:
    """JSON-LD as a data block: no browser runs it, and no text in it can end it (as Django's `json_script`)."""
    text = json.dumps(values, ensure_ascii=False).translate(UNSAFE_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
