"""The items of a dossier as a table in its own form, and a record's dossiers as a tab in the record's form."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.admin.panels import Panel

from heritage.catalog.admin import asked_once
from heritage.catalog.dossiers import completeness, publication
from heritage.catalog.models import Dossier, DossierExport, DossierItem, DossierLoan, Record

MOST_EXPORTS = 5


def rows_of(dossier: Dossier) -> list[DossierItem]:
    """Items with `is_held`, `file_count` and what else the table shows; one query."""
    items = completeness.with_held(DossierItem.objects.filter(dossier=dossier))
    counted = items.annotate(file_count=Count("files", filter=Q(files__set_aside="")))
    return list(counted.select_related("line", "checked_by"))


class DossierPanel(Panel):
    """Items, loan of the folder, exports; none of it is part of a draft, each has its own screen."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/dossier_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            if self.instance.pk is None:
                return context | {"dossier": None}
            dossier = self.instance
            return context | {
                "dossier": dossier,
                "items": rows_of(dossier),
                "figure": completeness.of(dossier),
                "obstacles": publication.obstacles(dossier),
                "loan": DossierLoan.objects.filter(dossier=dossier, returned_on=None).first(),
                "exports": DossierExport.objects.filter(dossier=dossier)[:MOST_EXPORTS],
                "today": timezone.localdate(),
            }


def dossiers_of(record: Record) -> list[tuple[Dossier, completeness.Completeness]]:
    """A record's dossiers with their completeness; one query."""
    if record.pk is None or asked_once.is_empty(record, asked_once.DOSSIERS):
        return []
    rows = completeness.annotated(Dossier.objects.filter(record=record.pk)).select_related("record", "checklist")
    return [(one, completeness.of_annotated(one)) for one in rows]


class RecordDossiersPanel(Panel):
    """What the record has of dossiers, with all items: the one place to see what is missing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/admin/record_dossiers.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            record = self.instance
            dossiers = dossiers_of(record)
            keys = [one.pk for one, _figure in dossiers]
            items = completeness.with_held(DossierItem.objects.filter(dossier__in=keys)).select_related("line")
            by_dossier: dict[int, list[DossierItem]] = {}
            for item in items if keys else []:
                by_dossier.setdefault(item.dossier_id, []).append(item)
            rows = [(one, figure, by_dossier.get(one.pk, [])) for one, figure in dossiers]
            return context | {"record": record, "dossiers": rows}
