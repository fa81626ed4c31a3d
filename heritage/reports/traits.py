"""What is counted of a record: its value in each dimension, worked out by the database for many records at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from heritage.catalog.admin.missing import LACKS, with_lacks
from heritage.catalog.models import DayTrait, RankPeriod, Record, RecordObject
from heritage.catalog.models.designation import UNKNOWN_DAY
from heritage.catalog.queries import with_rank_on
from heritage.catalog.stood import State, lacks_text
from heritage.catalog.surveys.queries import NOT_SURVEYED, newest

KIND, RANK, YEAR, PUBLIC, DIGITISED, LACK, COMPLETE = "kind", "rank", "year", "public", "digitised", "lack", "complete"
CONDITION = "condition"
TOTAL = "total"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Traits:
    """Of one record: where it is counted, and as what: pairs of dimension and value.

    `state` and `shown` are what its days keep.
    """

    record_pk: int
    unit_pk: int | None
    is_shared: bool
    values: frozenset[tuple[str, str]]
    state: State
    shown: frozenset[DayTrait]


def of(records: QuerySet[Record]) -> Iterator[Traits]:
    """The traits of `records`, in one query."""
    codes = [lack.code for lack in LACKS]
    rows = _annotated(records).values_list(
        "pk",
        "unit_id",
        "shared",
        "kind",
        "rank",
        "since",
        "live",
        "scanned",
        "grade",
        *(f"lacks_{code}" for code in codes),
    )
    for pk, unit, shared, kind, rank, since, live, scanned, grade, *lacks in rows.iterator(chunk_size=2000):
        missing = [code for code, lacks_it in zip(codes, lacks, strict=True) if lacks_it]
        values = {
            (TOTAL, ""),
            (KIND, kind),
            (RANK, rank),
            (YEAR, since),
            (PUBLIC, YES if live else NO),
            (DIGITISED, YES if scanned else NO),
            (CONDITION, grade or NOT_SURVEYED),
            (COMPLETE, NO if missing else YES),
            *((LACK, code) for code in missing),
        }
        has = {DayTrait.PUBLIC: live, DayTrait.SCANS: scanned}
        shown = frozenset(trait for trait, holds in has.items() if holds)
        yield Traits(pk, unit, shared, frozenset(values), State(kind, lacks_text(missing), unit), shown)


def _annotated(records: QuerySet[Record]) -> QuerySet:
    """With rank today, year of the first rank ("" unknown), and whether it is shared and has scans."""
    periods = RankPeriod.objects.filter(record=OuterRef("pk")).order_by().values("record")
    first = periods.annotate(first=Min("since")).values("first")
    shared = Record.shared_units.through.objects.filter(record_id=OuterRef("pk")).exclude(unit_id=OuterRef("unit_id"))
    return (
        with_lacks(with_rank_on(records.order_by(), timezone.localdate()))
        .annotate(
            first_ranked=Subquery(first),
            shared=Exists(shared),
            grade=Subquery(newest("pk").values("grade")[:1]),
            scanned=Exists(RecordObject.objects.filter(record=OuterRef("pk"))),
        )
        .annotate(
            since=Case(
                When(Q(first_ranked=None) | Q(first_ranked=UNKNOWN_DAY), then=Value("")),
                default=Coalesce(Cast(F("first_ranked__year"), CharField()), Value("")),
                output_field=CharField(),
            )
        )
    )
