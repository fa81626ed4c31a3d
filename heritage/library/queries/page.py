"""What a work's page shows, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from heritage.library import access
from heritage.library.models import Edition, EditionKind, Hold, Loan, Work
from heritage.library.queries.lending import Availability, availability, holds_of


@dataclass(frozen=True)
class Copy:
    """One edition as this visitor meets it."""

    edition: Edition
    door: access.Door
    loan: Loan | None
    hold: Hold | None
    stock: Availability | None


def work_context(work: Work, user: Any) -> dict[str, Any]:
    """Everything the template of a work needs."""
    copies = [_copy(edition, user) for edition in editions_of(work)]
    return {
        "work": work,
        "copies": copies,
        "creators": _creators(work),
        "subjects": list(work.subjects.all()),
        "records": [record for record in work.records.all() if record.live],
        "contents": _contents(copies),
        "podcast_url": _podcast(work, copies),
    }


def _creators(work: Work) -> list[Any]:
    """Contributors with their authority names, in one query more at most."""
    rows = list(work.contributors.all())
    if any(row.authority_id for row in rows):
        prefetch_related_objects(rows, "authority")
    return rows


def editions_of(work: Work) -> list[Edition]:
    """Editions in the order of the page: to read, to hear, scans, on paper."""
    if work.pk is None:
        return []
    order = list(EditionKind.values)
    rows = list(work.editions.all())
    for edition in rows:
        edition.work = work
    return sorted(rows, key=lambda edition: (order.index(edition.kind), edition.pk))


def edition_of(work: Work, *kinds: EditionKind) -> Edition | None:
    """The first edition of one of these kinds."""
    return next((edition for edition in editions_of(work) if edition.kind in kinds), None)


def _copy(edition: Edition, user: Any) -> Copy:
    door, loan = access.door(user, edition)
    card = access.card_of(user)
    hold = holds_of(card).filter(edition=edition).first() if card and edition.is_lent and not loan else None
    return Copy(edition, door, loan, hold, availability(edition) if edition.is_lent else None)


def _podcast(work: Work, copies: list[Copy]) -> str:
    """The address of the podcast of an audiobook that is open to everybody; "" without one."""
    heard = [copy for copy in copies if copy.edition.kind == EditionKind.AUDIOBOOK and copy.edition.access == "open"]
    return reverse("podcast", args=[work.number]) if heard and work.live else ""


def _contents(copies: list[Copy]) -> list[Any]:
    """The contents of the first edition that has some."""
    for copy in copies:
        if chapters := list(copy.edition.chapters.all()[:200]):
            return chapters
    return []
