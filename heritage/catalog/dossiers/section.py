"""The published papers of a record's dossiers, as a section of its page."""

from typing import Any

from django.http import HttpRequest

from heritage.catalog.dossiers import publication
from heritage.catalog.models import Dossier, Record
from heritage.core.sections import Section


def _context(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    """Asked of the database only where the record has a dossier at all."""
    if not record.pk or not getattr(record, "has_dossiers", True):
        return None
    shown = [one for one in Dossier.objects.filter(record=record, live=True) if not publication.obstacles(one)]
    items = list(publication.public_items(Dossier.objects.filter(pk__in=[one.pk for one in shown]))) if shown else []
    return {"items": items, "record": record} if items else None


SECTION = Section("dossier", 60, "catalog/record/dossier.html", _context)
