"""Why the library says no; each carries the sentence shown to the reader."""

# ruff: noqa: N818 - refusals are answers a reader hears, not faults
from django.utils.translation import gettext_lazy as _


class LibraryError(Exception):
    """Base of all refusals; `code` is stable for programs, `str()` is for people."""

    code = "refused"
    message = _("The library cannot do this.")

    def __init__(self, message: object = None) -> None:
        super().__init__(message or self.message)


class CardNotActive(LibraryError):
    code = "card_not_active"
    message = _("Your reader card is not active, so you cannot borrow now.")


class NotLent(LibraryError):
    code = "not_lent"
    message = _("This title is not lent: it is open to everybody or closed.")


class NoCopyFree(LibraryError):
    code = "no_copy_free"
    message = _("All copies are lent. Place a hold and the next one is kept for you.")


class CopyFree(LibraryError):
    code = "copy_free"
    message = _("A copy is free now, so there is no need to wait: borrow it.")


class TooManyLoans(LibraryError):
    code = "too_many_loans"
    message = _("You have as many loans as a reader may have. Return one first.")


class TooManyHolds(LibraryError):
    code = "too_many_holds"
    message = _("You wait for as many titles as a reader may. Cancel one hold first.")


class AlreadyBorrowed(LibraryError):
    code = "already_borrowed"
    message = _("You have this title already.")


class LoanEnded(LibraryError):
    code = "loan_ended"
    message = _("This loan has ended.")


class NoMoreRenewals(LibraryError):
    code = "no_more_renewals"
    message = _("This loan was renewed as often as the rules allow.")


class OthersWait(LibraryError):
    code = "others_wait"
    message = _("Other readers wait for this title, so the loan cannot be renewed.")
