"""What a file holds."""

from dataclasses import dataclass, field

from heritage.places.geometry.shapes import Area

MOST_AREAS = 500


@dataclass
class Found:
    """One area of a file with the name and properties that it has there."""

    area: Area
    name: str = ""
    properties: dict[str, str] = field(default_factory=dict)
