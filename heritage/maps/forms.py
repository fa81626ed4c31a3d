"""Forms by which visitors correct a place, owners claim it, and anybody proposes a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heritage.core import languages
from heritage.core.folding import nfc
from heritage.maps.models import Place, PlaceKind, Suggestion

OPEN_FIELDS = ("name_vi", "address", "phone", "zalo", "website", "opening_hours")
"""Fields that anybody may propose a value for."""


class SuggestionForm(forms.Form):
    """A correction or claim: fields begin with what the place says now; only what differs is proposed."""

    is_owner = forms.BooleanField(label=_("I own or run this place and want to keep its entry right"), required=False)
    name_vi = forms.CharField(label=_("Name"), max_length=200, required=False)
    address = forms.CharField(label=_("Street, hamlet"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    zalo = forms.CharField(label=_("Zalo"), max_length=60, required=False)
    website = forms.URLField(label=_("Web site"), max_length=300, required=False, assume_scheme="https")
    opening_hours = forms.CharField(label=_("Opening hours, in your own words"), max_length=255, required=False)
    message = forms.CharField(
        label=_("What is wrong or missing"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sender_name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    sender_contact = forms.CharField(
        label=_("Your telephone or e-mail"),
        max_length=120,
        required=False,
        help_text=_("Only staff who decide on suggestions see it, to ask you back."),
    )
    address_2 = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    """A trap: people do not see it, programs fill it in."""

    def __init__(
        self,
        *args: Any,
        place: Place | None = None,
        claim: Suggestion | None = None,
        is_owner: bool = False,
        **kwargs: Any,
    ) -> None:
        self.place, self.claim = place, claim
        initial: dict[str, Any] = {name: getattr(place, name) for name in OPEN_FIELDS} if place is not None else {}
        initial["is_owner"] = is_owner
        if claim is not None:
            initial |= {name: getattr(claim, name) for name in ("sender_name", "sender_contact")}
        super().__init__(*args, **{"initial": initial} | kwargs)
        if claim is not None:
            del self.fields["is_owner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.proposed() and not cleaned.get("message") and not cleaned.get("is_owner"):
            raise ValidationError(_("Nothing differs from the entry. Change a field, or write what is wrong."))
        if cleaned.get("is_owner") and not cleaned.get("sender_contact"):
            self.add_error("sender_contact", _("Tell us how to reach you, so that we can make sure."))
        return cleaned

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("address_2"))

    def proposed(self) -> dict[str, Any]:
        """The values that differ from the place's own."""
        values = {name: nfc(self.cleaned_data.get(name) or "").strip() for name in OPEN_FIELDS}
        return {name: value for name, value in values.items() if value and value != getattr(self.place, name, "")}

    def suggestion(self) -> Suggestion:
        kind = Suggestion.Kind.CLAIM if self.cleaned_data.get("is_owner") else Suggestion.Kind.CORRECTION
        return self._filled(Suggestion(kind=kind, place=self.place, claim=self.claim, values=self.proposed()))

    def _filled(self, suggestion: Suggestion) -> Suggestion:
        for name in ("message", "sender_name", "sender_contact"):
            setattr(suggestion, name, nfc(self.cleaned_data.get(name) or "").strip())
        suggestion.is_owner = bool(self.cleaned_data.get("is_owner"))
        suggestion.language = languages.current()
        return suggestion


class ProposalForm(SuggestionForm):
    """A new place, checked as staff's own would be."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlaceKind.choices)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        help_text=_("Leave both empty if you do not know them; staff find the place."),
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    field_order = ["is_owner", "kind", "name_vi", "address", "latitude", "longitude"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_vi"].required = True
        self.fields["sender_contact"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            raise ValidationError({"latitude": _("Give both latitude and longitude, or neither.")})
        try:
            Place(**self.proposed()).clean()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)
        return cleaned

    def proposed(self) -> dict[str, Any]:
        point = {name: self.cleaned_data.get(name) for name in ("latitude", "longitude")}
        point = {name: value for name, value in point.items() if value is not None}
        return {"kind": self.cleaned_data.get("kind", ""), **super().proposed(), **point}

    def suggestion(self) -> Suggestion:
        return self._filled(Suggestion(kind=Suggestion.Kind.PROPOSAL, values=self.proposed()))
