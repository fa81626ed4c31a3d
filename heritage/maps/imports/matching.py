"""Which place of the register a row is: by its key in the source, else by name or telephone on the spot."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from heritage.core.folding import fold
from heritage.maps.models import Place
from heritage.maps.models.likeness import digits, name_key
from heritage.maps.nearby import GEOD

SAME_SPOT_M = 150.0
"""Two entries of one name or telephone this close are one place."""


def key_of(values: dict[str, Any], given: str) -> str:
    """The row's key in its source: as given, else made of name and point, which a second run makes again."""
    if given:
        return given[:120]
    return f"{fold(values['name_vi'])[:80]}@{values.get('latitude')},{values.get('longitude')}"


def by_key(source: str, keys: Iterable[str]) -> dict[str, Place]:
    return {place.source_key: place for place in Place.objects.filter(source=source, source_key__in=list(keys))}


def by_likeness(rows: list[dict[str, Any]]) -> list[Place | None]:
    """For each row of values the one entry of another source that is the same place; None where none or several are."""
    candidates = _candidates(rows)
    found: list[Place | None] = []
    for values in rows:
        alike = [place for place in candidates[_strip(values)] if _is_same(place, values)] if _strip(values) else []
        found.append(alike[0] if len(alike) == 1 else None)
    return found


def _strip(values: dict[str, Any]) -> tuple[int, int] | None:
    if values.get("latitude") is None:
        return None
    return round(values["latitude"] * 100), round(values["longitude"] * 100)


def _candidates(rows: list[dict[str, Any]]) -> dict[Any, list[Place]]:
    """Places of a row's name or telephone by hundredth of a degree, each also under its eight neighbours."""
    candidates: dict[Any, list[Place]] = defaultdict(list)
    points = [values for values in rows if values.get("latitude") is not None]
    if not points:
        return candidates
    south, north = min(p["latitude"] for p in points), max(p["latitude"] for p in points)
    west, east = min(p["longitude"] for p in points), max(p["longitude"] for p in points)
    phones = {digits(values.get("phone", "")) for values in points} - {""}
    alike = Q(match_name__in={name_key(values["name_vi"]) for values in points}) | Q(match_phone__in=phones)
    box = Q(latitude__range=(south - 0.01, north + 0.01), longitude__range=(west - 0.01, east + 0.01))
    for place in Place.objects.filter(alike, box).iterator(chunk_size=2000):
        cell = round((place.latitude or 0) * 100), round((place.longitude or 0) * 100)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                candidates[cell[0] + dy, cell[1] + dx].append(place)
    return candidates


def _is_same(place: Place, values: dict[str, Any]) -> bool:
    if place.kind != values["kind"]:
        return False
    phone = digits(values.get("phone", ""))
    alike = place.match_name == name_key(values["name_vi"]) or (bool(phone) and place.match_phone == phone)
    return alike and _metres(place, values) <= SAME_SPOT_M


def _metres(place: Place, values: dict[str, Any]) -> float:
    return float(GEOD.inv(place.longitude, place.latitude, values["longitude"], values["latitude"])[2])
