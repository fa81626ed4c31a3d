"""Selections written in one go: Django draws a template for each option, which of a hundred units is most of a page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OPTION = '<option value="{}"{}>{}</option>'
BOX = "<div><label{}><input{}> {}</label></div>"


class WrittenAtOnce(forms.Select):
    """A `Select` with the same elements and attributes, groups of options too."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = self.build_attrs(self.attrs, attrs)
        chosen = set(self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt({"name": name, **known}), _options(self.choices, chosen))


class BooleanWrittenAtOnce(WrittenAtOnce, forms.NullBooleanSelect):
    """Unknown, yes, no."""

    def format_value(self, value: Any) -> Any:
        return [forms.NullBooleanSelect.format_value(self, value)]


class BoxesWrittenAtOnce(forms.CheckboxSelectMultiple):
    """A `CheckboxSelectMultiple` of choices without groups, with the same elements and attributes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = self.build_attrs(self.attrs, attrs)
        around: dict[str, Any] = {part: known[part] for part in ("id", "class") if part in known}
        boxes = (self._box(name, known, set(self.format_value(value)), *choice) for choice in enumerate(self.choices))
        return format_html("<div{}>{}</div>", flatatt(around), format_html_join("", "{}", ((box,) for box in boxes)))

    def _box(self, name: str, known: dict[str, Any], chosen: set[str], place: int, choice: Any) -> SafeString:
        written = "" if choice[0] is None else str(choice[0])
        own = {**known, "id": self.id_for_label(known["id"], str(place))} if known.get("id") else known
        box = {"type": self.input_type, "name": name, "value": written, **own, "checked": written in chosen}
        label = flatatt({"for": own["id"]} if own.get("id") else {})
        return format_html(BOX, label, flatatt(box), choice[1])


def _options(choices: Iterable[Any], chosen: set[str]) -> SafeString:
    return format_html_join("", "{}", ((_option(value, label, chosen),) for value, label in choices))


def _option(value: Any, label: Any, chosen: set[str]) -> SafeString:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    written = "" if value is None else str(value)
    return format_html(OPTION, written, " selected" if written in chosen else "", label)
