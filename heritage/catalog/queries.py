"""Reads: what is true of records on a given day, one query each."""

import datetime as dt

from django.db.models import CharField, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from heritage.catalog.models import RankPeriod, Record
from heritage.catalog.models.designation import UNKNOWN_DAY


def with_rank_on(records: QuerySet[Record], day: dt.date) -> QuerySet[Record]:
    """Annotate each record with `rank`: its rank on `day`, "" where it has none or lost it."""
    held = RankPeriod.objects.filter(record=OuterRef("pk"), since__lte=day, until__gt=day)
    none = Value("", output_field=CharField())
    return records.annotate(rank=Coalesce(Subquery(held.order_by("-since").values("rank")[:1]), none))


def ranked(records: QuerySet[Record], rank: str, day: dt.date | None = None) -> QuerySet[Record]:
    """Those of `records` that hold `rank` on `day` (today); by index, not by deriving each."""
    day = day or timezone.localdate()
    return records.filter(rank_periods__rank=rank, rank_periods__since__lte=day, rank_periods__until__gt=day)


def first_ranked_in(records: QuerySet[Record], year: int) -> QuerySet[Record]:
    """Those of `records` whose first known period of rank began in `year`."""
    began = RankPeriod.objects.filter(since__year=year).order_by()
    earlier = RankPeriod.objects.filter(since__lt=dt.date(year, 1, 1)).order_by()
    return records.filter(pk__in=began.values("record")).exclude(pk__in=earlier.values("record"))


def first_undated(records: QuerySet[Record]) -> QuerySet[Record]:
    """Those of `records` that were never ranked, or first on a day that nobody knows."""
    dated = RankPeriod.objects.exclude(since=UNKNOWN_DAY).order_by()
    unknown = RankPeriod.objects.filter(since=UNKNOWN_DAY).order_by()
    return records.filter(~Q(pk__in=dated.values("record")) | Q(pk__in=unknown.values("record")))


def published(day: dt.date | None = None) -> QuerySet[Record]:
    """Records the public may see, with `rank` as of `day` (today)."""
    return with_rank_on(Record.objects.filter(live=True), day or timezone.localdate())


def with_standing_on(records: QuerySet[Record], day: dt.date) -> QuerySet[Record]:
    """Annotate each record with `rank` and what its label on `day` says (`wording.standing_label`), in the same query.

    At most one period covers a day, so the join multiplies no row.
    """
    covers = Q(rank_periods__since__lte=day, rank_periods__until__gt=day)
    none = Value("", output_field=CharField())
    return records.annotate(held=FilteredRelation("rank_periods", condition=covers)).annotate(
        rank=Coalesce(F("held__rank"), none),
        ranked_since=F("held__since"),
        scope_vi=Coalesce(F("held__scope_vi"), none),
        scope_en=Coalesce(F("held__scope_en"), none),
        decision_number=Coalesce(F("held__act__decision_number"), none),
        decided_on=F("held__act__decided_on"),
        decided_year=F("held__act__decided_year"),
    )


def register_as_of(day: dt.date, rank: str = "") -> QuerySet[Record]:
    """The public records that held `rank` (any rank) on `day`, in dictionary order, each with its label of that day.

    What a report of that day lists; a page of it with its count (`count_as_of`) is two queries. Asked record by record,
    along the index of the list, so that a page costs what it shows and not the whole register.
    """
    held = RankPeriod.objects.filter(record=OuterRef("pk"), since__lte=day, until__gt=day)
    held = held.filter(rank=rank) if rank else held
    rows = with_standing_on(Record.objects.filter(live=True), day)
    return rows.filter(Exists(held)).order_by("sort_vi", "number")


def count_as_of(day: dt.date, rank: str = "") -> int:
    """How many records `register_as_of` lists: the periods of that day less those of the few that are not public."""
    held = RankPeriod.objects.filter(since__lte=day, until__gt=day)
    held = held.filter(rank=rank) if rank else held
    hidden = held.filter(record__in=Record.objects.filter(live=False).order_by().values("pk"))
    counted = [rows.order_by().values(one=Value(1)).annotate(n=Count("*")).values("n") for rows in (held, hidden)]
    found = RankPeriod.objects.order_by().annotate(
        n=Coalesce(Subquery(counted[0]), 0) - Coalesce(Subquery(counted[1]), 0)
    )
    return found.values_list("n", flat=True).first() or 0
