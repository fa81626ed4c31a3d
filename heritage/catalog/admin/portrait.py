"""The field of a portrait: the picture as it is kept, shown through the view that asks for consent and rights."""

from typing import Any

from django import forms
from django.urls import reverse


class PortraitInput(forms.ClearableFileInput):
    template_name = "catalog/admin/portrait_input.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"accept": "image/jpeg,image/png,image/webp", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if context["widget"]["is_initial"]:
            context["widget"]["address"] = reverse("person_portrait", args=[value.instance.person.code])
        return context
