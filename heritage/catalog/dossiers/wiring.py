"""Connects dossiers to what they follow: their own saves, the worker, the record's page."""

from typing import Any

from django.db.models.signals import post_save

from heritage.catalog.dossiers import exports, services
from heritage.catalog.dossiers.section import SECTION
from heritage.catalog.models import Dossier
from heritage.catalog.surveys.section import SECTION as CONDITION
from heritage.core import outbox, periodic, sections

EXPORTS_EVERY_S = 2.0


def connect() -> None:
    """Called once when the app is ready."""
    post_save.connect(_saved, sender=Dossier, dispatch_uid="catalog.dossier")
    periodic.register("catalog dossier exports", EXPORTS_EVERY_S, exports.run_waiting)
    sections.register("catalog.record", SECTION)
    sections.register("catalog.record", CONDITION)


def _saved(instance: Dossier, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    if raw or (update_fields is not None and "live" not in update_fields):
        return
    services.fill(instance)
    outbox.changed_ids("catalog.record", [instance.record_id])
