"""The official names of the two archipelagos, which every map published in Viet Nam carries, and where they stand."""

from typing import Any

LABELS: list[dict[str, Any]] = [
    {"text": "Quần đảo Hoàng Sa (Việt Nam)", "at": [16.5, 112.1]},
    {"text": "Quần đảo Trường Sa (Việt Nam)", "at": [9.7, 114.4]},
]
"""In Vietnamese on pages of every language; points in degrees. Kept apart from Folium, which only a map needs."""
