"""Why the library says no; each carries the sentence shown to the reader."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.accounts.batches import RefusedError


class LibraryError(RefusedError):
    """Base of all refusals; `code` is stable for programs, `str()` is for people."""

    code = "refused"
    message: str | Promise = _("The library cannot do this.")

    def __init__(self, message: object = None) -> None:
        super().__init__(message or self.message)


def _refusal(name: str, code: str, message: str | Promise) -> type[LibraryError]:
    return type(name, (LibraryError,), {"code": code, "message": message})


CardNotActive = _refusal(
    "CardNotActive",
    "card_not_active",
    _("Your reader card is not active, so you cannot borrow now."),
)
NotLent = _refusal(
    "NotLent",
    "not_lent",
    _("This title is not lent: it is open to everybody or closed."),
)
NoCopyFree = _refusal(
    "NoCopyFree",
    "no_copy_free",
    _("All copies are lent. Place a hold and the next one is kept for you."),
)
CopyFree = _refusal(
    "CopyFree",
    "copy_free",
    _("A copy is free now, so there is no need to wait: borrow it."),
)
TooManyLoans = _refusal(
    "TooManyLoans",
    "too_many_loans",
    _("You have as many loans as a reader may have. Return one first."),
)
TooManyHolds = _refusal(
    "TooManyHolds",
    "too_many_holds",
    _("You wait for as many titles as a reader may. Cancel one hold first."),
)
AlreadyBorrowed = _refusal(
    "AlreadyBorrowed",
    "already_borrowed",
    _("You have this title already."),
)
LoanEnded = _refusal(
    "LoanEnded",
    "loan_ended",
    _("This loan has ended."),
)
NoMoreRenewals = _refusal(
    "NoMoreRenewals",
    "no_more_renewals",
    _("This loan was renewed as often as the rules allow."),
)
OthersWait = _refusal(
    "OthersWait",
    "others_wait",
    _("Other readers wait for this title, so the loan cannot be renewed."),
)
