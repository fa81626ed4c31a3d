"""Reads: which places the public may see."""

from collections.abc import Iterable

from django.db.models import QuerySet

from heritage.maps.models import Place
from heritage.maps.nearby import Near, nearest


def published() -> QuerySet[Place]:
    """Places the public may see."""
    return Place.objects.filter(live=True)


def nearby(latitude: float, longitude: float, kinds: Iterable[str], limit: int = 5) -> dict[str, list[Near]]:
    """Places and records near a point by layer (`lodging`, `monument`, ...), nearest first, metres on the ellipsoid."""
    return nearest(latitude, longitude, kinds, limit)
