"""Forms for visitors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heritage.iiif import regions
from heritage.iiif.models import AnnotationLanguage, Motivation

MAX_TEXT = 4000


class ProposalForm(forms.Form):
    """What somebody writes about a page, for staff to look at; `page` counts from 1."""

    page = forms.IntegerField(label=_("Page"), min_value=1)
    region = forms.CharField(
        label=_("Place on the page"),
        required=False,
        max_length=800,
        validators=[regions.validate],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("left,top,width,height in pixels; empty for the whole page. The viewer fills it in for you."),
    )
    motivation = forms.ChoiceField(label=_("Kind of remark"), choices=Motivation)
    text = forms.CharField(
        label=_("Your text"),
        min_length=2,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Plain text of at most 4,000 characters."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=AnnotationLanguage)
    creator = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Shown beside your text if you give it."),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, pages: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.fields["page"]
        page.max_value = pages  # type: ignore[attr-defined]
        page.validators += forms.IntegerField(max_value=pages).validators
        page.widget.attrs["max"] = pages
        for name in self.errors:
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}

    def clean_text(self) -> str:
        return _printable(self.cleaned_data["text"], "\n\t")

    def clean_creator(self) -> str:
        return " ".join(_printable(self.cleaned_data["creator"], "").split())

    def clean_website(self) -> str:
        """Nobody sees this field; programs that send advertisements fill it in."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""

    def written(self) -> dict[str, Any]:
        """What goes into the remark itself."""
        return {name: self.cleaned_data[name] for name in ("region", "motivation", "text", "language", "creator")}


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of what stands around a text."""


def _printable(text: str, besides: str) -> str:
    """The text, where each letter can be seen.

    Raises:
        ValidationError: it holds control characters, or marks of TURNING.
    """
    lines = text.replace("\r\n", "\n")
    if any(_is_hidden(letter) and letter not in besides for letter in lines):
        reason = _("The text holds characters that cannot be seen. Type it again, or paste it as plain text.")
        raise ValidationError(reason)
    return lines


def _is_hidden(letter: str) -> bool:
    return ord(letter) < 32 or 127 <= ord(letter) < 160 or letter in TURNING
