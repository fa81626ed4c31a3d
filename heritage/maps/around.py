"""What a page shows of its surroundings: the nearest of each layer, ready to print."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from heritage.core import languages
from heritage.maps import hours, layers, links
from heritage.maps.nearby import Near, nearest

PER_LAYER = 4


@dataclass(frozen=True)
class Neighbour:
    """One line of "around here"."""

    name: str
    url: str
    metres: float
    rank: str
    band: str
    is_sample: bool
    open_now: hours.Now | None
    reason: str = ""


def groups(instance: Any, slugs: list[str]) -> list[dict[str, Any]]:
    """The nearest of each layer as `{layer, rows}`; empty where the object has no point. Two queries at most."""
    if instance.latitude is None or instance.longitude is None:
        return []
    decided = links.decisions(instance)
    spare = len(decided.hidden)
    found = nearest(instance.latitude, instance.longitude, slugs, PER_LAYER + spare, leave_out=instance.number)
    rows = {slug: [near for near in rows if near.mark.number not in decided.settled] for slug, rows in found.items()}
    shown = [
        {
            "layer": layer,
            "rows": [neighbour(near, reason) for near, reason in decided.pinned if near.mark.layer == layer.code]
            + [neighbour(near) for near in rows.get(layer.slug, [])][:PER_LAYER],
        }
        for layer in layers.LAYERS
        if layer.slug in slugs
    ]
    return [group for group in shown if group["rows"]]


def neighbour(near: Near, reason: str = "") -> Neighbour:
    mark = near.mark
    layer, band = layers.layer_of(mark.symbol), layers.band_of(mark.symbol)
    return Neighbour(
        name=languages.in_language(mark, "name"),
        url=reverse("record" if layer.family == layers.HERITAGE else "place", args=[mark.number]),
        metres=near.metres,
        rank=band.slug if band.code else "",
        band=str(band.label),
        is_sample=mark.is_sample,
        open_now=hours.now(mark.opening_hours),
        reason=reason,
    )


def of_record(request: HttpRequest, record: Model) -> dict[str, Any] | None:
    """The section "around here" of a record's page: the map, and places by kind; None without a point."""
    if getattr(record, "latitude", None) is None:
        return None
    return {"groups": groups(record, layers.PLACE_SLUGS), "accuracy_m": getattr(record, "coord_accuracy_m", None)}


def of_place(request: HttpRequest, place: Model) -> dict[str, Any] | None:
    """The section "heritage around" of a place's page, and what else is near."""
    found = groups(place, [*layers.HERITAGE_SLUGS, *layers.PLACE_SLUGS])
    if not found:
        return None
    return {
        "heritage": [group for group in found if group["layer"].family == layers.HERITAGE],
        "others": [group for group in found if group["layer"].family == layers.TOURISM],
    }
