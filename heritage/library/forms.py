"""Forms for readers."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heritage.core.folding import fold, nfc
from heritage.places.models import Unit
from heritage.places.models.unit import Level


class RegistrationForm(forms.Form):
    """Applying for a reader card; makes the account too."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("You log in with it. The library writes to it only about your card and loans."),
    )
    commune = forms.CharField(
        label=_("Commune or ward where you live"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level3"}),
        help_text=_("The present name, such as Xã Phú Đình. You may leave it empty."),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a short sentence is easy to remember."),
    )

    def clean_full_name(self) -> str:
        return " ".join(nfc(self.cleaned_data["full_name"]).split())

    def clean_commune(self) -> Unit | None:
        """The unit that was meant, by its name with or without marks and kind.

        Raises:
            ValidationError: no commune, or several, have that name.
        """
        typed = fold(self.cleaned_data["commune"])
        if not typed:
            return None
        name, _comma, province = (part.strip() for part in typed.partition(","))
        current = Unit.objects.current().filter(level=Level.COMMUNE).select_related("parent")
        names = [name, *(f"{kind} {name}" for kind in ("xa", "phuong", "dac khu"))]
        found = [u for u in current.filter(folded__in=names)[:50] if not province or province in _province(u)]
        if not found:
            raise ValidationError(_("No commune has this name now. Write its present name, or leave the field empty."))
        if len(found) > 1:
            choices = "; ".join(f"{u.name}, {u.parent.name}" if u.parent else u.name for u in found[:5])
            raise ValidationError(_("Several communes have this name. Write one of: %(names)s.") % {"names": choices})
        return found[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            person = get_user_model()(
                username=cleaned.get("email", ""),
                email=cleaned.get("email", ""),
                last_name=cleaned.get("full_name", ""),
            )
            try:
                validate_password(cleaned["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class QuestionForm(forms.Form):
    """A question for the librarians."""

    text = forms.CharField(label=_("Your question"), min_length=10, max_length=2000, widget=forms.Textarea({"rows": 6}))
    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=150,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For the answer, and for nothing else."),
    )
    may_be_shown = forms.BooleanField(
        label=_("Others may read the question and its answer"),
        required=False,
        help_text=_("Without your name and e-mail."),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_website(self) -> str:
        """Nobody sees this field; programs that send advertisements fill it in."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""

    def asked(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "website"}


def _province(unit: Unit) -> str:
    return fold(unit.parent.name) if unit.parent else ""


class AppPasswordForm(forms.Form):
    """A password of its own for one reading program."""

    name = forms.CharField(
        label=_("Name of the program or device"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For yourself, such as “Thorium at home” or “KOReader on my e-reader”."),
    )
