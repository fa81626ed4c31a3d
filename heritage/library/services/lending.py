"""Borrowing, returning, renewing and waiting: one road for the web, the feeds and the loans desk.

Every function locks the reader's card, then the title (`edition`), always in that order, and then counts. On SQLite the
immediate transaction is that lock. Whatever frees a copy hands it to the next reader in the same transaction.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.library import errors
from heritage.library.models import (
    Access,
    Edition,
    EditionKind,
    Hold,
    HoldEnd,
    LibrarySettings,
    Loan,
    LoanEnd,
    ReaderCard,
)
from heritage.library.services.queue import free_copies, settle_locked


@transaction.atomic
def borrow(card: ReaderCard, edition: Edition, request_key: str = "") -> Loan:
    """Lend a copy of `edition` to `card`; the same `request_key` again gives the same loan.

    Raises:
        LibraryError: NotLent, CardNotActive, AlreadyBorrowed, TooManyLoans or NoCopyFree; nothing is changed.
    """
    card, edition = _locked(card, edition)
    if request_key and (done := Loan.objects.filter(card=card, request_key=request_key).first()):
        return done
    rules, now = LibrarySettings.load(), timezone.now()
    _require_lendable(card, edition)
    settle_locked(edition, rules, now)
    running = Loan.objects.filter(card=card, ended_at=None, due_at__gt=now)
    if running.filter(edition=edition).exists():
        raise errors.AlreadyBorrowed
    if running.count() >= rules.most_loans:
        raise errors.TooManyLoans
    hold = Hold.objects.filter(card=card, edition=edition, ended_at=None).first()
    if not (hold and hold.ready_at) and free_copies(edition) < 1:
        raise errors.NoCopyFree
    if hold:
        _end_hold(hold, HoldEnd.BORROWED, now)
    due = now + dt.timedelta(days=rules.loan_days)
    return Loan.objects.create(card=card, edition=edition, borrowed_at=now, due_at=due, request_key=request_key)


@transaction.atomic
def give_back(loan: Loan, ended_as: LoanEnd = LoanEnd.RETURNED) -> Loan:
    """End `loan` and keep its copy for the next reader; ending it twice changes nothing."""
    edition = Edition.objects.select_for_update().get(pk=loan.edition_id)
    loan = Loan.objects.select_for_update().get(pk=loan.pk)
    rules, now = LibrarySettings.load(), timezone.now()
    if loan.ended_at is None:
        loan.ended_at, loan.ended_as = now, ended_as
        loan.save(update_fields=["ended_at", "ended_as"])
    settle_locked(edition, rules, now)
    return loan


@transaction.atomic
def renew(loan: Loan) -> Loan:
    """Let the loan run anew from now, if nobody else waits.

    Raises:
        LibraryError: LoanEnded, CardNotActive, NotLent, NoMoreRenewals or OthersWait.
    """
    card, edition = _locked(loan.card, loan.edition)
    rules, now = LibrarySettings.load(), timezone.now()
    settle_locked(edition, rules, now)
    loan = Loan.objects.select_for_update().get(pk=loan.pk)
    if loan.ended_at is not None:
        raise errors.LoanEnded
    _require_lendable(card, edition)
    if loan.renewals >= rules.most_renewals:
        raise errors.NoMoreRenewals
    if Hold.objects.filter(edition=edition, ended_at=None).exists():
        raise errors.OthersWait
    loan.due_at = now + dt.timedelta(days=rules.loan_days)
    loan.renewals += 1
    loan.save(update_fields=["due_at", "renewals"])
    return loan


@transaction.atomic
def place_hold(card: ReaderCard, edition: Edition) -> Hold:
    """Queue `card` for `edition`; a reader who waits already keeps the place they have.

    Raises:
        LibraryError: NotLent, CardNotActive, AlreadyBorrowed, CopyFree or TooManyHolds.
    """
    card, edition = _locked(card, edition)
    rules, now = LibrarySettings.load(), timezone.now()
    _require_lendable(card, edition)
    settle_locked(edition, rules, now)
    if waiting := Hold.objects.filter(card=card, edition=edition, ended_at=None).first():
        return waiting
    if Loan.objects.filter(card=card, edition=edition, ended_at=None).exists():
        raise errors.AlreadyBorrowed
    if free_copies(edition) > 0:
        raise errors.CopyFree
    if Hold.objects.filter(card=card, ended_at=None).count() >= rules.most_holds:
        raise errors.TooManyHolds
    return Hold.objects.create(card=card, edition=edition, placed_at=now)


@transaction.atomic
def cancel_hold(hold: Hold, ended_as: HoldEnd = HoldEnd.CANCELLED) -> Hold:
    """End `hold`; a copy that was kept for it goes to the next reader. Doing it twice changes nothing."""
    edition = Edition.objects.select_for_update().get(pk=hold.edition_id)
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    rules, now = LibrarySettings.load(), timezone.now()
    if hold.ended_at is None:
        _end_hold(hold, ended_as, now)
    settle_locked(edition, rules, now)
    return hold


@transaction.atomic
def change_copies(edition: Edition, copies: int) -> Edition:
    """Set how many readers may have the title at once; new copies go to those who wait.

    Fewer copies than loans end no loan: the count falls as they come back. Kept copies that no longer exist go back
    into the queue, the last kept first.
    """
    return set_terms(edition, Access.LENDING, copies)


@transaction.atomic
def set_terms(edition: Edition, access: Access, copies: int | None) -> Edition:
    """Set who may have the title: with `copies` where it is lent, without otherwise; `change_copies` says what follows.

    Raises:
        ValidationError: a printed book is to be lent on line, or copies and access do not fit.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if access == Access.LENDING and edition.kind not in (EditionKind.EBOOK, EditionKind.AUDIOBOOK):
        raise ValidationError(_("Only e-books and audiobooks are lent here."))
    edition.access, edition.copies = access, copies
    edition.full_clean(exclude=["file"])
    edition.save()
    rules, now = LibrarySettings.load(), timezone.now()
    settle_locked(edition, rules, now)
    return edition


def _locked(card: ReaderCard, edition: Edition) -> tuple[ReaderCard, Edition]:
    return (
        ReaderCard.objects.select_for_update().get(pk=card.pk),
        Edition.objects.select_for_update(of=("self",)).select_related("work").get(pk=edition.pk),
    )


def _require_lendable(card: ReaderCard, edition: Edition) -> None:
    if not edition.is_lent or not edition.work.live:
        raise errors.NotLent
    if not card.is_active:
        raise errors.CardNotActive


def _end_hold(hold: Hold, ended_as: HoldEnd, now: dt.datetime) -> None:
    hold.ended_at, hold.ended_as = now, ended_as
    hold.save(update_fields=["ended_at", "ended_as"])
