"""Where a term or a period is used."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from heritage.catalog.models import Period, Record, Term

Vocabulary = type[Term] | type[Period]


def links(model: Vocabulary) -> QuerySet:
    """Rows that say which record uses which row of `model`."""
    through = Record.terms.through if model is Term else Record.periods.through
    return through._default_manager.order_by()


def column(model: Vocabulary) -> str:
    """The name of the row's column in `links`."""
    return "term" if model is Term else "period"


def with_uses(rows: QuerySet) -> QuerySet:
    """Annotate each row with `uses`: how many records have it, in the same query."""
    name = column(rows.model)
    counted = links(rows.model).filter(**{name: OuterRef("pk")}).values(name).annotate(number=Count("pk"))
    return rows.annotate(uses=Coalesce(Subquery(counted.values("number")), 0))
