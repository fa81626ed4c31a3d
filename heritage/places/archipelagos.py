"""The official names of the two archipelagos, which every map published in Viet Nam carries, and where they stand.

A file of points is a map as soon as another program opens it: each of ours ends with the two names as its points.
"""

from collections.abc import Callable, Iterator
from typing import Any

LABELS: list[dict[str, Any]] = [
    {"text": "Quần đảo Hoàng Sa (Việt Nam)", "at": [16.5, 112.1]},
    {"text": "Quần đảo Trường Sa (Việt Nam)", "at": [9.7, 114.4]},
]
"""In Vietnamese on pages of every language; points in degrees, latitude first."""
NAMES = frozenset(label["text"] for label in LABELS)
KIND = "archipelago"
"""What the two are called in a file's column of kinds, so that who counts its rows can leave them out."""


def points() -> Iterator[tuple[str, float, float]]:
    """Name, latitude and longitude of each."""
    for label in LABELS:
        yield label["text"], *label["at"]


def features(named: Callable[[str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The two as GeoJSON features (RFC 7946); `named` gives the properties that hold a name in this file."""
    for name, latitude, longitude in points():
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {"kind": KIND, **named(name)},
        }
