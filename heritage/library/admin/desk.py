"""The loans desk: what is out, who waits, and ending either."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.core.folding import fold
from heritage.core.limits import page_of, query_text
from heritage.library.models import Hold, HoldEnd, Loan, LoanEnd, ReaderCard
from heritage.library.services import lending, queue


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Running loans and holds of the readers within the user's reach, by card, name or title."""
    _require(request, Action.VIEW)
    queue.settle()
    words, _was_cut = query_text(request.GET)
    loans = _reach(request, Loan.objects.filter(ended_at=None), words).order_by("due_at", "pk")
    holds = _reach(request, Hold.objects.filter(ended_at=None), words).order_by("edition", "pk")
    context = {
        "words": words,
        "loans": page_of(loans, request.GET, 30),
        "holds": holds[:100],
        "may_end": _may(request, Action.CHANGE),
    }
    return render(request, "library/admin/desk.html", context)


@require_POST
def end_loan(request: HttpRequest, pk: int) -> HttpResponse:
    """End a loan for its reader."""
    _require(request, Action.CHANGE)
    loan = get_object_or_404(_reach(request, Loan.objects.all(), ""), pk=pk)
    lending.give_back(loan, LoanEnd.STAFF)
    messages.success(request, _("The loan has ended."))
    return redirect("library_desk")


@require_POST
def end_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold for its reader."""
    _require(request, Action.CHANGE)
    hold = get_object_or_404(_reach(request, Hold.objects.all(), ""), pk=pk)
    lending.cancel_hold(hold, HoldEnd.STAFF)
    messages.success(request, _("The hold has ended."))
    return redirect("library_desk")


def _reach(request: HttpRequest, rows: QuerySet, words: str) -> QuerySet:
    cards = ReaderCard.objects.filter(policy_of(ReaderCard).condition(request.user, [Action.VIEW.value]))
    rows = rows.filter(card__in=cards).select_related("card", "edition__work")
    if words:
        rows = rows.filter(
            Q(card__number__iexact=words)
            | Q(card__full_name__icontains=words)
            | Q(edition__work__folded__contains=fold(words))
        )
    return rows


def _may(request: HttpRequest, action: Action) -> bool:
    user: Any = request.user
    return policy_of(ReaderCard).user_has_permission(user, action.value)


def _require(request: HttpRequest, action: Action) -> None:
    if not _may(request, action):
        raise PermissionDenied
