"""The queue of one title: what time has ended, and who is next. The caller holds the title's lock."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from heritage.library.models import Access, CardState, Edition, Hold, HoldEnd, LibrarySettings, Loan, LoanEnd


def free_copies(edition: Edition) -> int:
    """Copies minus active loans minus copies kept for holds; below 0 where copies were taken away."""
    loans = Loan.objects.filter(edition=edition, ended_at=None).count()
    kept = Hold.objects.filter(edition=edition, ended_at=None, ready_at__isnull=False).count()
    return (edition.copies or 0) - loans - kept


def settle_locked(edition: Edition, rules: LibrarySettings, now: dt.datetime) -> None:
    """Close what is past its time, then keep each free copy for the next reader who may borrow."""
    Loan.objects.filter(edition=edition, ended_at=None, due_at__lte=now).update(
        ended_at=F("due_at"), ended_as=LoanEnd.DUE
    )
    Hold.objects.filter(edition=edition, ended_at=None, ready_until__lte=now).update(
        ended_at=F("ready_until"), ended_as=HoldEnd.MISSED
    )
    promote(edition, rules, now)


def promote(edition: Edition, rules: LibrarySettings, now: dt.datetime) -> list[Hold]:
    """Keep a copy for the first holds that can take one; returns those holds.

    A card that is blocked or expired is passed over and keeps its place. Where copies were taken away, the holds kept
    last wait again.
    """
    free = free_copies(edition)
    if free < 0:
        _wait_again(edition, -free)
    if free < 1 or not edition.is_lent or not edition.work.live:
        return []
    able = Q(card__state=CardState.ACTIVE) & (
        Q(card__expires_on=None) | Q(card__expires_on__gte=timezone.localdate(now))
    )
    chosen = list(Hold.objects.filter(able, edition=edition, ended_at=None, ready_at=None).order_by("pk")[:free])
    for hold in chosen:
        hold.ready_at, hold.ready_until = now, now + dt.timedelta(days=rules.hold_days)
    Hold.objects.bulk_update(chosen, ["ready_at", "ready_until"])
    return chosen


def _wait_again(edition: Edition, count: int) -> None:
    kept = Hold.objects.filter(edition=edition, ended_at=None, ready_at__isnull=False).order_by("-pk")
    Hold.objects.filter(pk__in=list(kept.values_list("pk", flat=True)[:count])).update(ready_at=None, ready_until=None)


def out_of_date(now: dt.datetime | None = None) -> QuerySet[Edition]:
    """Titles with a loan or a kept copy past its time."""
    now = now or timezone.now()
    loans = Loan.objects.filter(ended_at=None, due_at__lte=now).values("edition")
    holds = Hold.objects.filter(ended_at=None, ready_until__lte=now).values("edition")
    return Edition.objects.filter(Q(pk__in=loans) | Q(pk__in=holds), access=Access.LENDING).order_by("pk")


def settle(editions: QuerySet[Edition] | None = None) -> int:
    """Settle every title of `editions` that time has overtaken (all by default), each in its own transaction."""
    due = out_of_date()
    if editions is not None:
        due = due.filter(pk__in=editions.values("pk"))
    pks = list(due.values_list("pk", flat=True))
    for pk in pks:
        with transaction.atomic():
            edition = Edition.objects.select_for_update(of=("self",)).select_related("work").get(pk=pk)
            settle_locked(edition, LibrarySettings.load(), timezone.now())
    return len(pks)


@transaction.atomic
def settle_now(edition: Edition) -> None:
    """Settle one title, after staff changed how many copies there are."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("work").get(pk=edition.pk)
    settle_locked(edition, LibrarySettings.load(), timezone.now())
