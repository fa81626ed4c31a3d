"""Maps on papers that list things: the app of the maps draws them, apps below it ask here."""

from collections.abc import Callable, Sequence

from django.utils.module_loading import import_string

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""
Draw = Callable[[str, str, Sequence[Point]], bytes]
"""Title, what the points are, and the points; a PNG of an A4 sheet, landscape, with scale bar, north and legend."""

_drawing: list[str] = []


def register(path: str) -> None:
    """The dotted path of a `Draw`: what it needs is loaded by whoever prints, not by every process."""
    _drawing[:] = [path]


def draw(title: str, meaning: str, points: Sequence[Point]) -> bytes | None:
    """None where there is no point to show."""
    if not (_drawing and points):
        return None
    draws: Draw = import_string(_drawing[0])
    return draws(title, meaning, points)
