"""The form of label sheets."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from heritage.publishing import labels, resources

MOST_TYPED = 6_000  # they travel in an address
LABEL_LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]


class LabelForm(forms.Form):
    """Which labels to print and on what paper. `cleaned_data["found"]` are the public objects, in the order typed."""

    numbers = forms.CharField(
        label=_("Numbers"),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One to a line, or separated by commas or spaces: TN01, DD-000012, TL-000001."),
    )
    sheet = forms.ChoiceField(label=_("Paper"), initial="2x7")
    language = forms.ChoiceField(label=_("Language of the titles"), choices=LABEL_LANGUAGES, initial="vi")
    copies = forms.IntegerField(label=_("Copies of each"), min_value=1, max_value=50, initial=1)
    skip = forms.IntegerField(
        label=_("Labels already used on the first sheet"), min_value=0, max_value=23, initial=0, required=False
    )
    outlines = forms.BooleanField(label=_("Lines to cut along"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(sheet.name, sheet.title) for sheet in labels.SHEETS.values()]  # type: ignore[attr-defined]

    def clean_numbers(self) -> list[str]:
        numbers = list(
            dict.fromkeys(part.upper() for part in re.split(r"[\s,;]+", self.cleaned_data["numbers"]) if part)
        )
        if not numbers:
            raise ValidationError(_("Give at least one number."))
        if len(numbers) > labels.MOST_LABELS:
            raise ValidationError(_("At most %(most)s numbers at once."), params={"most": labels.MOST_LABELS})
        return numbers

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        numbers = values.get("numbers")
        if not numbers:
            return values
        values["found"] = found = resources.published_many(numbers)
        missing = [number for number in numbers if number not in {one.number for one in found}]
        if missing:
            shown = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            self.add_error("numbers", _("Not published, or never given: %(numbers)s.") % {"numbers": shown})
        if len(numbers) * (values.get("copies") or 1) > labels.MOST_LABELS:
            self.add_error("copies", _("At most %(most)s labels at once.") % {"most": labels.MOST_LABELS})
        if (values.get("skip") or 0) >= labels.SHEETS[values.get("sheet") or "2x7"].per_page:
            self.add_error("skip", _("The sheet has fewer labels than that."))
        return values
