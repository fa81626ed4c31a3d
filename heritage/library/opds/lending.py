"""Borrowing, waiting and returning from a reading program: the same road as on the web, in OPDS 2.0 and 1.2."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from heritage.library import access, errors
from heritage.library.models import Edition, Loan, ReaderCard, Work
from heritage.library.opds import atom, authentication
from heritage.library.opds import publications as parts
from heritage.library.queries.lending import availabilities, holds_of, loans_of
from heritage.library.services import lending

PROBLEM = "application/problem+json"


def _reader_view(answer: Callable[[HttpRequest, Any, int], HttpResponse]) -> Any:
    """A view for whoever is named by the request itself; no cookie is asked, so no token is needed."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "POST", "PUT", "DELETE"])
    def view(request: HttpRequest, pk: int = 0, **options: Any) -> HttpResponseBase:
        user = authentication.reader_of(request)
        if user is None:
            return authentication.refusal(request)
        try:
            return answer(request, user, pk, **options)
        except errors.LibraryError as error:
            body = {"type": f"about:blank#{error.code}", "title": str(error), "status": 409}  # type: ignore[attr-defined]
            return JsonResponse(body, status=409, content_type=PROBLEM)

    return view


def _borrow(request: HttpRequest, user: Any, pk: int, version: int = 2) -> HttpResponse:
    """Lend a copy, or wait for one where none is free; the answer is the publication as it now stands."""
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk, work__live=True)
    card = _card(user)
    try:
        lending.borrow(card, edition)
    except errors.AlreadyBorrowed:
        pass
    except errors.NoCopyFree:
        lending.place_hold(card, edition)
    return _stands(edition.work, card, version)


def _return(request: HttpRequest, user: Any, pk: int, version: int = 2) -> HttpResponse:
    """End the reader's loan of the edition, or the wait for it."""
    edition = get_object_or_404(Edition.objects.select_related("work"), pk=pk)
    card = _card(user)
    for loan in Loan.objects.filter(card=card, edition=edition, ended_at=None):
        lending.give_back(loan)
    for hold in holds_of(card).filter(edition=edition):
        lending.cancel_hold(hold)
    return _stands(edition.work, card, version)


def _shelf(request: HttpRequest, user: Any, pk: int) -> HttpResponse:
    """What the reader has and waits for, as an OPDS 2.0 feed."""
    card = _card(user)
    works_had = {loan.edition.work_id for loan in loans_of(card)} | {hold.edition.work_id for hold in holds_of(card)}
    works = _with_parts(Work.objects.filter(pk__in=works_had))
    return parts.answer(parts.shelf(list(works), parts.mine_of(card)), parts.FEED)


def _profile(request: HttpRequest, user: Any, pk: int) -> HttpResponse:
    return parts.answer(authentication.profile(user), "application/opds-profile+json")


borrow, give_back, shelf, profile = map(_reader_view, (_borrow, _return, _shelf, _profile))


def _card(user: Any) -> ReaderCard:
    card = access.card_of(user)
    if card is None:
        raise errors.CardNotActive
    return card


def _with_parts(works: Any) -> Any:
    return works.select_related("cover").prefetch_related(
        "cover__renditions", "contributors__authority", "subjects", "editions__work"
    )


def _stands(work: Work, card: ReaderCard, version: int) -> HttpResponse:
    found = _with_parts(Work.objects.filter(pk=work.pk)).first()
    if found is None:
        raise Http404
    stocks = availabilities([edition for edition in found.editions.all() if edition.is_lent])
    publication = parts.publication(found, stocks, parts.mine_of(card))
    if version == 1:
        return parts.answer_bytes(atom.entry_document(found, publication), atom.ENTRY)
    return parts.answer(publication, parts.PUBLICATION)
