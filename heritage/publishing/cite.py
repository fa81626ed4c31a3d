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
from heritage.publishing import qr, resources
from heritage.publishing.api import describe

UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def context(request: HttpRequest, instance: Model) -> dict[str, Any] | None:
    """What the section shows; None for what has no active number, such as the preview of a new draft."""
    resource = resources.of(instance._meta.label_lower)
    code = identifiers.short_code(instance)
    if resource is None or not code:
        return None
    number = instance.number  # type: ignore[attr-defined]  # what has an identifier has its number as a field
    titles = resource.title(instance)
    title = titles.get(languages.current()) or next(iter(titles.values()), number)
    return {
        "number": number,
        "citation": citation(title, number),
        "permanent": describe.permanent(number),
        "qr_image": reverse("qr", args=[number, "svg"]),
        "qr_download": reverse("qr", args=[number, "png"]),
        "qr_address": qr.address(code),
        "json_address": reverse("identifier_json", args=[number]),
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
