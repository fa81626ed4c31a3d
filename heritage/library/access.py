"""Who may open an edition now: the one question behind the page, the reader, the player, the files and the feeds."""

from enum import StrEnum
from typing import Any

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.library.models import Access, Edition, Loan, ReaderCard, Work
from heritage.library.queries.lending import running_loan


class Door(StrEnum):
    """What stands between this visitor and the edition."""

    OPEN = "open"
    BORROWED = "borrowed"
    LOGIN = "login"
    CARD = "card"
    LOAN = "loan"
    CLOSED = "closed"

    @property
    def lets_in(self) -> bool:
        return self in (Door.OPEN, Door.BORROWED)


def card_of(user: Any) -> ReaderCard | None:
    """The reader card of a logged-in user, read once for each request."""
    if not getattr(user, "is_authenticated", False):
        return None
    if not hasattr(user, "_own_reader_card"):
        user._own_reader_card = ReaderCard.objects.filter(user=user).first()
    return user._own_reader_card


def may_see(user: Any, work: Work) -> bool:
    """Whether the work's page may be shown: to everybody when it is public, else to staff who may see it."""
    return work.live or _is_staff_of(user, work)


def door(user: Any, edition: Edition) -> tuple[Door, Loan | None]:
    """What stands before `edition`, and the loan that opens it."""
    if _is_staff_of(user, edition.work):
        return Door.OPEN, None
    card = card_of(user)
    if edition.is_lent and card and (loan := running_loan(card, edition)):
        return Door.BORROWED, loan
    if not edition.work.live or edition.access == Access.STAFF:
        return Door.CLOSED, None
    if edition.access == Access.OPEN:
        return Door.OPEN, None
    if not getattr(user, "is_authenticated", False):
        return Door.LOGIN, None
    return (Door.LOAN if card and card.is_active else Door.CARD), None


def _is_staff_of(user: Any, work: Work) -> bool:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    wanted = [Action.CHANGE.value, Action.PUBLISH.value]
    return policy_of(Work).user_has_any_permission_for_instance(user, wanted, work)
