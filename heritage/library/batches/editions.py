"""Many editions at once: on what terms they are lent, and where printed copies stand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from heritage.accounts.batches import BatchAction, Values
from heritage.accounts.roles import Action
from heritage.library.models import Access, Edition, EditionKind
from heritage.library.services import lending


class TermsForm(forms.Form):
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices)
    copies = forms.IntegerField(
        label=_("Copies"), min_value=0, max_value=10_000, required=False, help_text=_("Only for titles that are lent.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("access") == Access.LENDING) != (cleaned.get("copies") is not None):
            self.add_error("copies", _("Give a number of copies for a lent title, and for no other."))
        return cleaned


class PlaceForm(forms.Form):
    note_vi = forms.CharField(
        label=_("Place on the shelves, in Vietnamese"), max_length=500, help_text=_("Such as: Kho A, giá 3, ngăn 2.")
    )
    note_en = forms.CharField(label=_("Place on the shelves, in English"), max_length=500, required=False)


def _words(access: str, copies: int | None) -> str:
    if access != Access.LENDING:
        return str(Access(access).label)
    return ngettext("lent, %(count)d copy", "lent, %(count)d copies", copies or 0) % {"count": copies or 0}


def _now(edition: Edition, _values: Values) -> str:
    return _words(edition.access, edition.copies)


def _then(_edition: Edition, values: Values) -> str:
    return _words(values["access"], values["copies"])


def _place(edition: Edition, _values: Values) -> str:
    return " · ".join(filter(None, [edition.note_vi, edition.note_en]))


def _place_wanted(edition: Edition, values: Values) -> str:
    wanted = " · ".join(filter(None, [values["note_vi"], values["note_en"]]))
    return wanted if edition.kind == EditionKind.PRINT else _place(edition, values)


def _set_terms(edition: Edition, values: Values, _user: Any) -> None:
    lending.set_terms(edition, Access(values["access"]), values["copies"])


def _set_place(edition: Edition, values: Values, _user: Any) -> None:
    if edition.kind != EditionKind.PRINT:
        raise ValidationError(_t("Only printed books stand on shelves."))
    edition.note_vi, edition.note_en = values["note_vi"], values["note_en"]
    edition.save()


ACTIONS = (
    BatchAction(
        "edition-terms", Edition, _("Set the lending terms"), Action.CHANGE, _now, _then, _set_terms,
        form=TermsForm, related=("work",),
    ),
    BatchAction(
        "edition-place", Edition, _("Set the place on the shelves"), Action.CHANGE, _place, _place_wanted, _set_place,
        form=PlaceForm, related=("work",),
    ),
)  # fmt: skip
