"""Many reader cards at once: valid anew, or blocked."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from heritage.accounts.batches import BatchAction, Values
from heritage.accounts.roles import Action
from heritage.library.models import CardState, ReaderCard
from heritage.library.services import cards


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason of the block"), max_length=300, help_text=_("Its reader sees it. Loans and holds end at once.")
    )


def _now(card: ReaderCard, _values: Values) -> str:
    until = _t("until %(day)s") % {"day": date_format(card.expires_on, "j/n/Y")} if card.expires_on else ""
    return " ".join(filter(None, [str(card.standing.label), until, card.blocked_reason]))


def _prolonged(_card: ReaderCard, _values: Values) -> str:
    day = date_format(cards.valid_until(), "j/n/Y")
    return f"{CardState.ACTIVE.label} {_t('until %(day)s') % {'day': day}}"


def _blocked(card: ReaderCard, values: Values) -> str:
    until = _t("until %(day)s") % {"day": date_format(card.expires_on, "j/n/Y")} if card.expires_on else ""
    return " ".join(filter(None, [str(CardState.BLOCKED.label), until, values["reason"]]))


def _prolong(card: ReaderCard, _values: Values, _user: Any) -> None:
    cards.activate(card)


def _block(card: ReaderCard, values: Values, _user: Any) -> None:
    cards.block(card, values["reason"])


ACTIONS = (
    BatchAction("card-prolong", ReaderCard, _("Approve or prolong"), Action.CHANGE, _now, _prolonged, _prolong),
    BatchAction(
        "card-block", ReaderCard, _("Block"), Action.CHANGE, _now, _blocked, _block, form=BlockForm, is_serious=True
    ),
)
