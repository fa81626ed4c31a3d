"""How complete a dossier is: what its checklist requires, what is held, what is checked. Counted, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from heritage.catalog.models import Dossier, DossierFile, DossierItem

ON_PAPER = Q(pages__gt=0) & ~Q(shelf_mark="")


@dataclass(frozen=True)
class Completeness:
    """Of the items that the checklist requires and that apply."""

    required: int
    held: int
    checked: int

    @property
    def percent(self) -> int:
        """Whole per cent of what is required that is held, never rounded up to 100."""
        return 100 * self.held // self.required if self.required else 100

    @property
    def is_whole(self) -> bool:
        return self.held >= self.required


def with_held(items: QuerySet[DossierItem]) -> QuerySet[DossierItem]:
    """Annotate each item with `is_held`: a file, or pages on paper with a shelf mark."""
    kept = DossierFile.objects.filter(item=OuterRef("pk"), set_aside="")
    return items.annotate(has_file=Exists(kept)).annotate(is_held=Q(has_file=True) | ON_PAPER)


def required(items: QuerySet[DossierItem]) -> QuerySet[DossierItem]:
    """Those of `items` that the dossier's own checklist requires and that apply to the heritage."""
    return items.filter(line__is_required=True, line__checklist=F("dossier__checklist"), not_applicable="")


def of(dossier: Dossier) -> Completeness:
    """One query."""
    items = with_held(required(DossierItem.objects.filter(dossier=dossier)))
    counts = items.aggregate(
        required=Count("pk"),
        held=Count("pk", filter=Q(is_held=True)),
        checked=Count("pk", filter=Q(is_held=True, checked_on__isnull=False)),
    )
    return Completeness(**counts)


def annotated(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with `required_count`, `held_count`, `checked_count`, in the same query."""
    items = required(DossierItem.objects.filter(dossier=OuterRef("pk")))
    held = with_held(items).filter(Q(is_held=True))

    def count(rows: QuerySet) -> Coalesce:
        one = rows.order_by().values("dossier").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(one, output_field=IntegerField()), 0)

    return dossiers.annotate(
        required_count=count(items), held_count=count(held), checked_count=count(held.filter(checked_on__isnull=False))
    )


def of_annotated(dossier: Dossier) -> Completeness:
    counts: Iterable[int] = (getattr(dossier, f"{name}_count") for name in ("required", "held", "checked"))
    return Completeness(*counts)
