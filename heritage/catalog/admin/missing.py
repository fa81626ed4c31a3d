"""What a record still lacks: one table for the list's column, its filter and the editor's check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from heritage.catalog.models import Designation, Record, Source


@dataclass(frozen=True)
class Lack:
    """One thing that a record may lack; `condition` holds of the records that do.

    Where it depends on rows of another table, `having` are these, and `lacks` whether it is their absence that tells.
    """

    code: str
    label: Any
    condition: Q
    having: QuerySet | None = None
    lacks: bool = True

    def of_row(self) -> Any:
        """The same, looked up by index for each record: right for a page of them, not for the whole register."""
        if self.having is None:
            return ExpressionWrapper(self.condition, output_field=BooleanField())
        found = Exists(self.having.filter(record=OuterRef("pk")))
        return ~found if self.lacks else found


def _without(code: str, label: Any, rows: QuerySet) -> Lack:
    return Lack(code, label, ~Q(pk__in=rows.order_by().values("record")), rows.order_by())


def _with(code: str, label: Any, rows: QuerySet) -> Lack:
    return Lack(code, label, Q(pk__in=rows.order_by().values("record")), rows.order_by(), lacks=False)


OUTSIDE_OFFICE = Q(authority__since__gt=F("decided_on")) | Q(authority__until__lt=F("decided_on"))
"""Acts dated when their authority did not exist: refused when typed, marked where an import brought them."""

LACKS = (
    Lack("unit", _("unit"), Q(unit=None)),
    Lack("point", _("point on the map"), Q(latitude=None)),
    Lack("cover", _("picture"), Q(cover=None)),
    Lack("summary", _("summary"), Q(summary_vi="")),
    Lack("english", _("English name"), Q(name_en="")),
    _without("designation", _("decision"), Designation.objects.exclude(decision_number="")),
    _with("authority", _("decision within its authority's time"), Designation.objects.filter(OUTSIDE_OFFICE)),
    _without("source", _("source"), Source.objects.all()),
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
    return records.annotate(**{f"lacks_{lack.code}": lack.of_row() for lack in LACKS})


def lacking(records: QuerySet[Record], code: str) -> QuerySet[Record]:
    """Those of `records` that lack the thing of this code; for `NOTHING` those that lack none of them."""
    if code == NOTHING:
        return records.exclude(pk__in=Record.objects.filter(_anything()).order_by().values("pk"))
    return records.filter(*(lack.condition for lack in LACKS if lack.code == code))


def lacks_of(record: Any) -> Iterator[Lack]:
    """What an annotated record lacks."""
    return (lack for lack in LACKS if getattr(record, f"lacks_{lack.code}"))
