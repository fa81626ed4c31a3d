"""Listens: records that change are looked at again; units that pass on take their objects with them."""

from typing import Any

from heritage.accounts import moving
from heritage.catalog.units import doubts
from heritage.core import outbox
from heritage.places.recording import units_changed


def connect() -> None:
    """Called once when the app is ready."""
    outbox.register("units", doubts.outbox_changes, models={"catalog.record"})
    units_changed.connect(_units_changed, dispatch_uid="catalog.units")


def _units_changed(moved: dict[int, int], divided: dict[int, list[int]], **_kwargs: Any) -> None:
    if moved:
        moving.follow(moved)
    if divided:
        from heritage.catalog.models import Record

        doubts.refresh(Record.objects.filter(unit__in=divided).values_list("pk", flat=True))
