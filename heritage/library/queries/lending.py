"""Lending as it stands this moment: counts and positions are always derived."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from heritage.library.models import Edition, Hold, Loan, ReaderCard


@dataclass(frozen=True)
class Availability:
    """How a lent title stands: `free` copies can be borrowed at once, `waiting` readers are in the queue."""

    copies: int
    free: int
    waiting: int


def availability(edition: Edition) -> Availability:
    """How one title stands; what is past its time counts as back already."""
    return availabilities([edition])[edition.pk]


def running_loan(card: ReaderCard | None, edition: Edition) -> Loan | None:
    """The loan that lets `card` open `edition` now."""
    if card is None:
        return None
    return Loan.objects.filter(card=card, edition=edition, ended_at=None, due_at__gt=timezone.now()).first()


def loans_of(card: ReaderCard) -> QuerySet[Loan]:
    """Running loans, the next due first."""
    rows = Loan.objects.filter(card=card, ended_at=None, due_at__gt=timezone.now())
    return rows.select_related("edition__work__cover").order_by("due_at", "pk")


def past_loans_of(card: ReaderCard) -> QuerySet[Loan]:
    rows = Loan.objects.filter(Q(ended_at__isnull=False) | Q(due_at__lte=timezone.now()), card=card)
    return rows.select_related("edition__work").order_by("-borrowed_at")


def holds_of(card: ReaderCard) -> QuerySet[Hold]:
    """Active holds with `.position`: 0 where a copy is kept, else 1 for the next reader in the queue."""
    ahead = (
        Hold.objects.filter(edition=OuterRef("edition"), ended_at=None, ready_at=None, pk__lte=OuterRef("pk"))
        .order_by()
        .values("edition")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = Hold.objects.filter(card=card, ended_at=None).select_related("edition__work__cover")
    return rows.annotate(queue_place=Coalesce(Subquery(ahead), 0)).order_by("pk")


def availabilities(editions: list[Edition]) -> dict[int, Availability]:
    """`availability` of many titles by primary key, in two queries."""
    now, pks = timezone.now(), [edition.pk for edition in editions]
    if not pks:
        return {}
    running = Loan.objects.filter(edition__in=pks, ended_at=None, due_at__gt=now)
    out = dict(running.order_by().values_list("edition").annotate(n=Count("pk")))
    active = Hold.objects.filter(edition__in=pks, ended_at=None).order_by().values("edition")
    holds = {
        row["edition"]: row
        for row in active.annotate(
            kept=Count("pk", filter=Q(ready_until__gt=now)),
            waiting=Count("pk", filter=Q(ready_at=None) | Q(ready_until__gt=now)),
        )
    }
    none = {"kept": 0, "waiting": 0}
    result = {}
    for edition in editions:
        queue, copies = holds.get(edition.pk, none), edition.copies or 0
        free = max(0, copies - out.get(edition.pk, 0) - queue["kept"])
        result[edition.pk] = Availability(copies, free, queue["waiting"])
    return result
