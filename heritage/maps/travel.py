"""How long it takes to walk or drive to what is around, where a routing service is configured."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from heritage.maps import routing
from heritage.maps.nearby import Near

WALK_M = 2500.0
"""Metres in a straight line up to which people walk; beyond, the time is a car's."""
MODES = ("walk", "car")


@dataclass(frozen=True)
class Travel:
    """The way to a neighbour: `by` a key of `routing.PROFILES`, metres along roads, minutes."""

    by: str
    metres: float
    minutes: float


def is_told() -> bool:
    """Whether this deployment has a routing service to ask."""
    return bool(settings.ROUTING_URL)


def usual(latitude: float, longitude: float, neighbours: Sequence[Near]) -> dict[str, Travel]:
    """By number the time on foot to what is close and by car to the rest; one request for each of the two at most."""
    close = [near for near in neighbours if near.metres <= WALK_M]
    others = [near for near in neighbours if near.metres > WALK_M]
    return by(latitude, longitude, close, "walk") | by(latitude, longitude, others, "car")


def by(latitude: float, longitude: float, neighbours: Sequence[Near], mode: str) -> dict[str, Travel]:
    """By number the time to each of `neighbours` (the first sixty) that `mode` reaches; {} where no service tells."""
    asked = list(neighbours)[: routing.MOST_POINTS - 1]
    points = [(near.mark.latitude, near.mark.longitude) for near in asked]
    ways = routing.table((latitude, longitude), points, mode) if points else None
    return {
        near.mark.number: Travel(mode, way[0], way[1] / 60)
        for near, way in zip(asked, ways or [], strict=False)
        if way is not None
    }
