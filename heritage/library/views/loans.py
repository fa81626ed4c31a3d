"""A reader's loans and holds. Each action is a POST and leads back to where it was asked."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from heritage.library import access, errors
from heritage.library.models import Edition, Hold, LibrarySettings, Loan, ReaderCard
from heritage.library.queries import lending as queries
from heritage.library.services import lending, queue
from heritage.library.views.other_form import device_key


@never_cache
@login_required
@require_safe
def my_loans(request: HttpRequest) -> HttpResponse:
    """The card, running loans, holds with their places in the queue, and past loans."""
    card = access.card_of(request.user)
    if card is None:
        return redirect("register")
    queue.settle(Edition.objects.filter(holds__card=card, holds__ended_at=None))
    loans = list(queries.loans_of(card))
    context = {
        "card": card,
        "loans": loans,
        "kept": {
            "loans": {device_key(request, loan.edition): int(loan.due_at.timestamp() * 1000) for loan in loans},
            "now": time.time_ns() // 1_000_000,
            "open": _("open to everybody"),
        },
        "holds": list(queries.holds_of(card)),
        "past": list(queries.past_loans_of(card)[:20]),
        "rules": LibrarySettings.load(),
    }
    return render(request, "library/my_loans.html", context)


def _action(done: Callable[[HttpRequest, ReaderCard, int], str]) -> Any:
    """A view that does one thing for the reader's own card and says what came of it."""

    @never_cache
    @login_required
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        card = access.card_of(request.user)
        if card is None:
            return redirect("register")
        try:
            messages.success(request, done(request, card, pk))
        except errors.LibraryError as error:
            messages.error(request, str(error))
        return redirect(_back(request))

    return view


def _borrow(request: HttpRequest, card: ReaderCard, pk: int) -> str:
    loan = lending.borrow(card, _lent(pk), request.POST.get("request_key", "")[:64])
    return _("You have this title until %(due)s.") % {"due": _moment(loan.due_at)}


def _place_hold(request: HttpRequest, card: ReaderCard, pk: int) -> str:
    lending.place_hold(card, _lent(pk))
    return _("You are in the queue. When it is your turn, a copy is kept for you and shown under My loans.")


def _return(request: HttpRequest, card: ReaderCard, pk: int) -> str:
    lending.give_back(get_object_or_404(Loan, pk=pk, card=card))
    return _("Returned. Thank you: the next reader can have it now.")


def _renew(request: HttpRequest, card: ReaderCard, pk: int) -> str:
    loan = lending.renew(get_object_or_404(Loan.objects.select_related("card", "edition"), pk=pk, card=card))
    return _("Renewed until %(due)s.") % {"due": _moment(loan.due_at)}


def _cancel(request: HttpRequest, card: ReaderCard, pk: int) -> str:
    lending.cancel_hold(get_object_or_404(Hold, pk=pk, card=card))
    return _("You no longer wait for this title.")


borrow, place_hold = _action(_borrow), _action(_place_hold)
return_loan, renew_loan, cancel_hold = _action(_return), _action(_renew), _action(_cancel)


def _lent(pk: int) -> Edition:
    edition = Edition.objects.select_related("work").filter(pk=pk).first()
    if edition is None or not edition.work.live:
        raise Http404
    return edition


def _moment(value: Any) -> str:
    return date_format(localtime(value), "H:i j/n/Y")


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else "my_loans"
