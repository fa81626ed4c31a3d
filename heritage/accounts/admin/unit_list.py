"""Several administrative units in one field: typed by name, completed from the table, kept as labels with codes."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.accounts.choosing import containing
from heritage.places.models import Unit

MOST_OFFERED = 12
CODE_AT_END = re.compile(r"\[(\d{2,5})\]\s*$")


def label(unit: Unit) -> str:
    """Such as `Xã Ba Tri - Tỉnh Vĩnh Long [28945]`; the code in brackets is what counts."""
    above = f" - {unit.parent.name}" if unit.parent else ""
    return f"{unit.name}{above} [{unit.code}]".replace(",", " ").replace('"', "")


def offer(request: HttpRequest) -> JsonResponse:
    """Labels of units in force whose name contains what was typed (`term`)."""
    units = containing(Unit.objects.current().select_related("parent"), request.GET.get("term", "")[:100])
    return JsonResponse([label(unit) for unit in units.order_by("level", "folded")[:MOST_OFFERED]], safe=False)


class UnitListWidget(forms.TextInput):
    """Wagtail's tag box over the table of units; nothing but a unit can be entered."""

    template_name = "wagtailadmin/widgets/tag_widget.html"

    def format_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        keys = [each.pk if isinstance(each, Unit) else each for each in value]
        units = Unit.objects.filter(pk__in=keys).select_related("parent").order_by("level", "folded")
        return ", ".join(f'"{label(unit)}"' for unit in units)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = {"allowSpaces": True, "tagLimit": None, "autocompleteOnly": True}
        context["widget"]["help_text"] = ""
        context["widget"]["attrs"] |= {
            "data-controller": "w-tag",
            "data-w-tag-delay-value": 200,
            "data-w-tag-url-value": reverse("unit_offer"),
            "data-w-tag-options-value": json.dumps(options),
        }
        return context


class UnitListField(forms.Field):
    """Units in force, none or many; cleans to a list of `Unit`."""

    widget = UnitListWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", gettext_lazy("Shared with"))
        kwargs.setdefault("help_text", gettext_lazy("Other units that it belongs to; type a name and choose."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Unit]:
        names = [name.strip().strip('"').strip() for name in re.split(r'",\s*"|,', value or "")]
        return list(self._units(name for name in names if name))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {each.pk if isinstance(each, Unit) else each for each in initial or []}
        try:
            return before != {unit.pk for unit in self.clean(data)}
        except ValidationError:
            return True

    def _units(self, names: Iterable[str]) -> Iterable[Unit]:
        for name in names:
            code = CODE_AT_END.search(name)
            unit = Unit.objects.current().filter(code=code[1]).first() if code else None
            if unit is None:
                message = _("%(name)s is no unit in force: type a name and choose from the list.")
                raise ValidationError(message % {"name": name})
            yield unit
