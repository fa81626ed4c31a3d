"""Opening hours without syntax: a table of days beside the text, which stays the truth."""

import json
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from heritage.maps.geofiles import COLOURS
from heritage.places.archipelagos import LABELS

COLOUR_NAMES = {
    "red": _("red"),
    "indigo": _("indigo"),
    "jade": _("jade green"),
    "gold": _("old gold"),
    "ink": _("ink black"),
}
CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class OpeningHoursInput(forms.TextInput):
    """The text field with a table drawn by `build/maps/hours.js`, which writes the text for the person.

    A text that the table cannot show (seasons, "sunset") is left alone, and said to be edited by hand.
    """

    template_name = "maps/admin/opening_hours.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["days"] = [(code, WEEKDAYS[order]) for order, code in enumerate(CODES)]
        context["widget"]["parts"] = (_("From"), _("To"), _("Again from"), _("To"))
        context["widget"]["note"] = _("This text is more than the table can show; it is kept as it is.")
        return context

    class Media:
        css = {"all": ["build/maps/hours.css"]}
        js = [
            Script("build/maps/hours.js", type="module")
        ]  # its address is found when a page is drawn: at start nothing is collected yet


class ShapesInput(forms.Textarea):
    """A GeoJSON text with a map above it on which points, lines and areas are drawn, named and taken away."""

    template_name = "maps/admin/shapes.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["colours"] = json.dumps(
            {code: str(COLOUR_NAMES[code]) for code in COLOURS}, ensure_ascii=False
        )
        context["widget"]["labels"] = LABELS
        return context

    class Media:
        css = {"all": ["build/maps/map.css", "build/maps/shapes.css"]}
        js = [Script("build/maps/shapes.js", type="module")]
