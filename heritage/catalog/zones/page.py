"""What everybody may see of a record's zones: those in force, their areas, and the boundary where it is public."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from heritage.catalog.models import ProtectionZone, Record
from heritage.core.sections import Section
from heritage.places.geometry import drawing, shapes


def in_force(zones: QuerySet[ProtectionZone], day: dt.date) -> QuerySet[ProtectionZone]:
    """Those of `zones` that protect on `day`; one without a date has always done."""
    return zones.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
    ).select_related("designation")


def of_record(record: Record, day: dt.date | None = None) -> list[ProtectionZone]:
    """The zones of `record` in force on `day` (today), a draft's own in a preview; no query where it has none."""
    if not getattr(record, "has_zones", True):
        return []
    day = day or timezone.localdate()
    if hasattr(record, "has_zones"):
        return list(in_force(ProtectionZone.objects.filter(record=record), day))
    return [zone for zone in record.zones.all() if (not zone.valid_to or zone.valid_to > day)]


def plan_of(zones: list[ProtectionZone]) -> drawing.Plan | None:
    """Zone II lowest, so that zone I within it is seen."""
    shown = [zone for zone in zones if zone.is_public and zone.geometry]
    shown.sort(key=lambda zone: zone.kind, reverse=True)
    try:
        return drawing.plan([(shapes.of(zone.geometry), zone.kind, zone.kind) for zone in shown])
    except (ValueError, KeyError, TypeError, IndexError):  # a draft in preview may hold anything
        return None


def section_context(request: HttpRequest, record: Record) -> dict[str, Any] | None:
    zones = of_record(record)
    return {"zones": zones, "plan": plan_of(zones)} if zones else None


section = Section("protection-zones", 40, "catalog/zones/section.html", section_context)


def public_features(record: Record) -> dict[str, Any]:
    """The zones of a public record as a GeoJSON collection; a boundary that is not public is null."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": zone.geometry if zone.is_public else None,
                "properties": {"record": record.number, **properties(zone)},
            }
            for zone in of_record(record)
        ],
    }


def properties(zone: ProtectionZone) -> dict[str, Any]:
    """What is said of a zone beside its boundary; the measured area would betray nothing that is not public."""
    return {
        "zone": zone.kind,
        "area_m2": zone.area_m2 if zone.is_public else None,
        "stated_area_m2": float(zone.stated_area_m2) if zone.stated_area_m2 is not None else None,
        "valid_from": zone.valid_from and zone.valid_from.isoformat(),
        "valid_to": zone.valid_to and zone.valid_to.isoformat(),
        "source": zone.source or None,
        "decision_number": zone.designation.decision_number or None if zone.designation else None,
    }
