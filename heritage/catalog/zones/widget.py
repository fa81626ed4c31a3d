"""The field in which a boundary is drawn: a map above the text that it writes, which works by itself as well."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from heritage.places.archipelagos import LABELS
from heritage.places.geometry.files import SUFFIXES
from heritage.places.geometry.vn2000 import THREE_DEGREES, label


class BoundaryWidget(forms.Textarea):
    template_name = "catalog/zones/widget.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"rows": 3, "spellcheck": "false", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["map"] = json.dumps(configuration(), ensure_ascii=False)
        context["widget"]["meridians"] = [(str(meridian), label(meridian)) for meridian in THREE_DEGREES]
        context["widget"]["suffixes"] = ",".join(SUFFIXES)
        return context

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": [static("build/catalog/zones.css")]},
            js=[forms.widgets.Script(static("build/catalog/zones.js"), type="module")],  # type: ignore[list-item]
        )


def configuration() -> dict[str, Any]:
    """What the map's script needs to know, words included."""
    return {
        "read": reverse("zones_read"),
        "check": reverse("zones_check"),
        "meridians": reverse("zones_meridians"),
        "land": static("build/maps/land.json"),
        "provinces": static("build/maps/provinces.json"),
        "tiles": {"url": settings.MAP_TILES_URL, "attribution": settings.MAP_TILES_ATTRIBUTION},
        "archipelagos": [[*one["at"], one["text"]] for one in LABELS],
        "words": {
            "attribution": _("Natural Earth, public domain"),
            "point": _("the record's own point"),
            "area": _("Area measured: {area} m²"),
            "stated": _("{percent} % from the area in the minutes"),
            "none": _("No boundary yet: draw one on the map or import a file."),
            "failed": _("The server could not be asked; what you drew is kept. Try again."),
            "several": _("The file holds several areas. Choose the one to take over:"),
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "take": _("Take over"),
            "nameless": _("area {number}"),
            "usual": _("The drawings of this province: {meridians}. Take what the drawing itself says."),
        },
    }
