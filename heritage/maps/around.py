"""What a page shows of its surroundings: the nearest of each layer, ready to print."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from heritage.core import languages
from heritage.maps import hours, layers, links, travel
from heritage.maps.marks import RECORD, sources
from heritage.maps.models import Mark
from heritage.maps.nearby import Near, nearest

PER_LAYER = 4


@dataclass(frozen=True)
class Neighbour:
    """One line of "around here"."""

    number: str
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
    shown = [
        {"layer": layer, "rows": [neighbour(near, reason) for near, reason in rows]}
        for layer, rows in found(instance, slugs)
    ]
    return [group for group in shown if group["rows"]]


def found(instance: Any, slugs: list[str]) -> list[tuple[layers.Layer, list[tuple[Near, str]]]]:
    """By layer what is shown around an object, each with why staff put it first ("" where they did not)."""
    if instance.latitude is None or instance.longitude is None:
        return []
    decided = links.decisions(instance)
    spare = len(decided.hidden)
    near_by = nearest(instance.latitude, instance.longitude, slugs, PER_LAYER + spare, leave_out=instance.number)
    rows = {slug: [near for near in rows if near.mark.number not in decided.settled] for slug, rows in near_by.items()}
    return [
        (
            layer,
            [(near, reason) for near, reason in decided.pinned if near.mark.layer == layer.code]
            + [(near, "") for near in rows.get(layer.slug, [])][:PER_LAYER],
        )
        for layer in layers.LAYERS
        if layer.slug in slugs
    ]


def times(number: str) -> dict[str, travel.Travel]:
    """By number how long it takes to what is shown around the public record or place `number`; {} for none."""
    mark = Mark.objects.filter(number=number).first()
    if mark is None:
        return {}
    is_record = mark.model == RECORD
    instance = sources()[mark.model][0].filter(pk=mark.object_id).first()
    if instance is None:
        return {}
    slugs = layers.PLACE_SLUGS if is_record else [*layers.HERITAGE_SLUGS, *layers.PLACE_SLUGS]
    neighbours = [near for _layer, rows in found(instance, slugs) for near, _reason in rows]
    return travel.usual(instance.latitude, instance.longitude, neighbours)


def neighbour(near: Near, reason: str = "") -> Neighbour:
    mark = near.mark
    layer, band = layers.layer_of(mark.symbol), layers.band_of(mark.symbol)
    return Neighbour(
        number=mark.number,
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
    return {
        "groups": groups(record, layers.PLACE_SLUGS),
        "accuracy_m": getattr(record, "coord_accuracy_m", None),
        "has_times": travel.is_told(),
    }


def of_place(request: HttpRequest, place: Model) -> dict[str, Any] | None:
    """The section "heritage around" of a place's page, and what else is near."""
    all_groups = groups(place, [*layers.HERITAGE_SLUGS, *layers.PLACE_SLUGS])
    if not all_groups:
        return None
    return {
        "heritage": [group for group in all_groups if group["layer"].family == layers.HERITAGE],
        "others": [group for group in all_groups if group["layer"].family == layers.TOURISM],
        "has_times": travel.is_told(),
    }
