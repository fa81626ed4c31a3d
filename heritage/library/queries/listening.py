"""What can be heard next: offered to the queue of the player."""

from typing import Any

from django.urls import reverse

from heritage.core import languages
from heritage.library import access
from heritage.library.models import Access, Edition, EditionKind, Loan, Work

MOST = 12


def audiobooks_for(user: Any, but: Work) -> list[dict[str, str]]:
    """Other audiobooks this listener may open now, the newest first: title and address. Two queries."""
    heard = Edition.objects.filter(kind=EditionKind.AUDIOBOOK, work__live=True).exclude(work=but)
    wanted = heard.filter(access=Access.OPEN).order_by("-pk").values_list("pk", flat=True)[:MOST]
    keys = [*_borrowed(user), *wanted][:MOST]
    rows = heard.filter(pk__in=keys).select_related("work")
    places = {key: place for place, key in enumerate(keys)}
    return [
        {"title": languages.in_language(one.work, "title"), "url": reverse("listen", args=[one.work.number])}
        for one in sorted(rows, key=lambda one: places[one.pk])
    ]


def _borrowed(user: Any) -> list[int]:
    card = access.card_of(user)
    if card is None:
        return []
    running = Loan.objects.filter(card=card, ended_at=None, edition__kind=EditionKind.AUDIOBOOK)
    return [loan.edition_id for loan in running if loan.is_running]
