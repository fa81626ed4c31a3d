"""A text as e-book and as audiobook: the place is carried from one to the other by chapter."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from heritage.library import access
from heritage.library.models import Edition, EditionKind, Reading, Work
from heritage.library.queries.page import edition_of

OTHER = {EditionKind.EBOOK: EditionKind.AUDIOBOOK, EditionKind.AUDIOBOOK: EditionKind.EBOOK}


def other_form(request: HttpRequest, work: Work, edition: Edition, own: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The other form of this text: how its device copy is known, its chapters, where the account stopped in it.

    `own` are the chapters of `edition`, each with its title and place. None where there is no other form, where it is
    closed to this visitor, or where either has no chapters.
    """
    kind = OTHER.get(EditionKind(edition.kind))
    other = edition_of(work, kind) if kind else None
    if other is None or not own or access.door(request.user, other)[0] is access.Door.CLOSED:
        return None
    titles = list(other.chapters.values_list("title", flat=True))
    if not titles:
        return None
    heard = kind == EditionKind.AUDIOBOOK
    return {
        "key": device_key(request, other),
        "own": own,
        "chapters": [{"title": title} for title in titles],
        "place": _place(request, other),
        "words": _("You stopped in the audiobook at “%(chapter)s”.") if heard
        else _("You stopped in the e-book at “%(chapter)s”."),
    }  # fmt: skip


def _place(request: HttpRequest, edition: Edition) -> dict[str, Any] | None:
    if not request.user.is_authenticated:
        return None
    known = Reading.objects.filter(user=request.user, edition=edition).exclude(placed_ms=0).first()
    return {"chapter": known.chapter, "at": known.placed_ms} if known else None


def device_key(request: HttpRequest, edition: Edition) -> str:
    """Names the copy kept on a device, by account too: two readers of one device do not see each other's notes."""
    return f"{edition.work.number}:{edition.pk}:{request.user.pk or ''}"


def sync_url(request: HttpRequest, edition: Edition) -> str:
    """Where a logged-in reader's place and marks are kept; blank for others, whose device keeps them."""
    return reverse("reading", args=[edition.pk]) if request.user.is_authenticated else ""
