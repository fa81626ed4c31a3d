"""Scans as a section of a higher app's page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

from heritage.core.sections import Section
from heritage.iiif import viewing
from heritage.iiif.models import DigitalObject


def scans_section(objects_of: Callable[[Any], Iterable[DigitalObject]], order: int = 20) -> Section:
    """A section that shows the objects which `objects_of(instance)` names, in its order.

    sections.register("catalog.record", scans_section(lambda record: record.digital_objects.all()))
    """

    def context(request: HttpRequest, instance: Any) -> dict[str, Any] | None:
        shown = viewing.shown(request, objects_of(instance))
        return {"shown": shown} if shown else None

    return Section("scans", order, "iiif/section.html", context)
