"""Reader cards: applying, approving, blocking."""

import datetime as dt

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.accounts.models import User
from heritage.core.folding import nfc
from heritage.library.models import CardState, Edition, Hold, HoldEnd, LibrarySettings, Loan, LoanEnd, ReaderCard
from heritage.library.services.queue import settle_locked
from heritage.places.models import Unit


@transaction.atomic
def register(full_name: str, email: str, password: str, unit: Unit | None) -> ReaderCard:
    """A new account with its card; active at once where the library's rules say so.

    Raises:
        ValidationError: by field (`email`): an account with that address exists.
    """
    users = get_user_model()
    email = email.strip().lower()
    if users.objects.filter(username__iexact=email).exists() or users.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("An account with this e-mail exists. Log in instead.")})
    given, _space, family = nfc(full_name).strip().partition(" ")
    user = users(username=email[:150], email=email, last_name=given[:150], first_name=family[:150])
    user.set_password(password)
    user.save()
    return open_card(user, full_name, unit)


@transaction.atomic
def open_card(user: User, full_name: str, unit: Unit | None) -> ReaderCard:
    """A card for an account that has none; an account that has one keeps it."""
    if own := ReaderCard.objects.filter(user=user).first():
        return own
    for _attempt in range(20):
        try:
            with transaction.atomic():
                card = ReaderCard(user=user, number=_next_number(), full_name=nfc(full_name).strip(), unit=unit)
                if LibrarySettings.load().cards_active_at_once:
                    _activate(card)
                card.full_clean(exclude=["number"])
                card.save()
                return card
        except IntegrityError:  # another reader took the number in this very moment
            if own := ReaderCard.objects.filter(user=user).first():
                return own
    raise RuntimeError("No free card number in twenty attempts.")


@transaction.atomic
def activate(card: ReaderCard) -> ReaderCard:
    """Approve, unblock or prolong `card`: valid from today for the years that the rules give."""
    card = ReaderCard.objects.select_for_update().get(pk=card.pk)
    _activate(card)
    card.save()
    _settle_all(Edition.objects.filter(holds__card=card, holds__ended_at=None))
    return card


@transaction.atomic
def block(card: ReaderCard, reason: str) -> ReaderCard:
    """Stop `card` from borrowing: its loans and holds end, their copies go to the next readers."""
    card = ReaderCard.objects.select_for_update().get(pk=card.pk)
    card.state, card.blocked_reason = CardState.BLOCKED, reason
    card.full_clean()
    card.save()
    now = timezone.now()
    loans = Loan.objects.filter(card=card, ended_at=None)
    holds = Hold.objects.filter(card=card, ended_at=None)
    pks = {*loans.values_list("edition", flat=True), *holds.values_list("edition", flat=True)}
    titles = list(Edition.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    loans.update(ended_at=now, ended_as=LoanEnd.BLOCKED)
    holds.update(ended_at=now, ended_as=HoldEnd.BLOCKED)
    for edition in titles:
        settle_locked(edition, LibrarySettings.load(), now)
    return card


def valid_until() -> dt.date:
    """The last day of a card that is approved today."""
    return timezone.localdate() + dt.timedelta(days=365 * LibrarySettings.load().card_years)


def _activate(card: ReaderCard) -> None:
    card.state, card.blocked_reason, card.activated_at = CardState.ACTIVE, "", timezone.now()
    card.expires_on = valid_until()


def _settle_all(editions: QuerySet[Edition]) -> None:
    for edition in Edition.objects.select_for_update().filter(pk__in=editions.values("pk")).order_by("pk"):
        settle_locked(edition, LibrarySettings.load(), timezone.now())


def _next_number() -> str:
    last = ReaderCard.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"BD-{last + 1:06d}"
