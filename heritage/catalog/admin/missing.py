"""What a record still lacks: one table for the list's column, its filter and the editor's check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models import Designation, Record, Source


@dataclass(frozen=True)
class Lack:
    """One thing that a record may lack; `condition` holds of the records that do."""

    code: str
    label: Any
    condition: Q


def _without(rows: QuerySet) -> Q:
    return ~Q(pk__in=rows.order_by().values("record"))


OUTSIDE_OFFICE = Q(authority__since__gt=F("decided_on")) | Q(authority__until__lt=F("decided_on"))
"""Acts dated when their authority did not exist: refused when typed, marked where an import brought them."""

LACKS = (
    Lack("unit", _("unit"), Q(unit=None)),
    Lack("point", _("point on the map"), Q(latitude=None)),
    Lack("cover", _("picture"), Q(cover=None)),
    Lack("summary", _("summary"), Q(summary_vi="")),
    Lack("english", _("English name"), Q(name_en="")),
    Lack("designation", _("decision"), _without(Designation.objects.exclude(decision_number=""))),
    Lack(
        "authority",
        _("decision within its authority's time"),
        Q(pk__in=Designation.objects.filter(OUTSIDE_OFFICE).order_by().values("record")),
    ),
    Lack("source", _("source"), _without(Source.objects.all())),
)


NOTHING = "nothing"
"""The code of records that lack nothing."""


def _anything() -> Q:
    condition = Q()
    for lack in LACKS:
        condition |= lack.condition
    return condition


def with_lacks(records: QuerySet[Record]) -> QuerySet[Record]:
    """Annotate each record with `lacks_<code>` for every row of the table, in the same query."""
    return records.annotate(
        **{f"lacks_{lack.code}": ExpressionWrapper(lack.condition, output_field=BooleanField()) for lack in LACKS}
    )


def lacking(records: QuerySet[Record], code: str) -> QuerySet[Record]:
    """Those of `records` that lack the thing of this code; for `NOTHING` those that lack none of them."""
    if code == NOTHING:
        return records.exclude(pk__in=Record.objects.filter(_anything()).order_by().values("pk"))
    return records.filter(*(lack.condition for lack in LACKS if lack.code == code))


def lacks_of(record: Any) -> Iterator[Lack]:
    """What an annotated record lacks."""
    return (lack for lack in LACKS if getattr(record, f"lacks_{lack.code}"))
