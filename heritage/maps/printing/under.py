"""What lies under the marks on paper: figures by area, density, historical maps, each in the colours of the screen."""

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from heritage.iiif import queries, stores
from heritage.iiif.image_api import limits, parameters, reduced, rendering
from heritage.maps import heat, viewport
from heritage.maps.figures import Area
from heritage.maps.historical import HistoricalMap
from heritage.maps.printing.surfaces import Surface

SHADES = ("#f6e3b4", "#e9b872", "#cf7f4f", "#9f4a3d", "#5f1f38")
"""As `--shade` in `thematic.css`: light to dark."""
DENSITY = ("#ffedb4", "#f4a55a", "#be463c", "#5a143c")
EDGE = "#5f1f38"
MOST_PIXELS = 1400
Row = tuple[str, str]
"""A colour and what it means, for the legend."""


@dataclass
class ShadedAreas:
    """Areas with their counts; `bounds` are the least values of the classes."""

    counted: list[tuple[Area, int]]
    bounds: list[int]
    largest: int
    credits: list[str] = field(default_factory=list)
    """Whom the outlines come from."""

    def shade(self, count: int) -> str:
        place = sum(1 for least in self.bounds if least <= count)
        return SHADES[min(place, len(SHADES)) - 1] if place else ""

    def legend(self) -> list[Row]:
        if not self.bounds:
            return []
        ends = [*(bound - 1 for bound in self.bounds[1:]), self.largest]
        return [
            (self.shade(least), f"{least}" if least == most else f"{least}–{most}")
            for least, most in zip(self.bounds, ends, strict=True)
        ]


@dataclass
class Under:
    """What is laid under the marks, all of it or none."""

    areas: ShadedAreas | None = None
    has_density: bool = False
    sheets: list[tuple[HistoricalMap, float]] = field(default_factory=list)
    """Each with its opacity, 0 to 1."""


def draw_sheets(surface: Surface, frame: Any, under: Under) -> None:
    """Historical maps, first to last; one that cannot be read is left out."""
    for one, opacity in under.sheets:
        picture = _picture(one)
        if picture is not None:
            corners = [
                frame.at(*one.at(column, row)[::-1]) for column, row in ((0, 0), (one.width, 0), (0, one.height))
            ]
            surface.picture(picture, corners, opacity)


def draw_areas(surface: Surface, frame: Any, shaded: ShadedAreas, areas: Callable[..., None]) -> None:
    """Shades and circles, then the numbers above them; `areas` draws GeoJSON geometries cut to the frame."""
    for area, count in shaded.counted:
        if count and area.geometry:
            areas(surface, frame, [area.geometry], shaded.shade(count))
    for area, count in shaded.counted:
        if not count or area.at is None:
            continue
        x, y = frame.at(*area.at)
        if not frame.holds(x, y):
            continue
        if area.geometry is None:
            surface.circle(x, y, 1.6 + 4 * math.sqrt(count / max(shaded.largest, 1)), shaded.shade(count), EDGE)
        is_dark = shaded.shade(count) in SHADES[3:]
        surface.text(x, y + 1, str(count), 7, bold=True, colour="#ffffff" if is_dark else "#1f1b16", middle=True)


def draw_density(surface: Surface, frame: Any, view: viewport.Viewport) -> None:
    """A square for each cell that has marks, darker where it has more; none reaches over its neighbour."""
    cells = heat.weights(view)
    most = max((count for _lon, _lat, count in cells), default=1)
    side = 256 * 0.2646 / 3 / 2**heat.FINER  # a cell of the pyramid in millimetres, `heat.FINER` zooms finer
    for longitude, latitude, count in cells:
        x, y = frame.at(latitude, longitude)
        if frame.holds(x, y):
            colour = DENSITY[min(int(math.sqrt(count / most) * len(DENSITY)), len(DENSITY) - 1)]
            half = side / 2
            square = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            surface.polygon(square, fill=colour)


def density_legend(few: str, many: str) -> list[Row]:
    return [(DENSITY[0], few), (DENSITY[-1], many)]


def _picture(one: HistoricalMap) -> Image.Image | None:
    """The sheet as the public may have it, at most `MOST_PIXELS` on a side."""
    served = queries.served_image(one.identifier)
    if served is None:
        return None
    width, height = reduced.size(one.width, one.height) if one.is_reduced else (one.width, one.height)
    scale = min(1.0, MOST_PIXELS / max(width, height))
    size = f"{max(1, round(width * scale))},{max(1, round(height * scale))}"
    asked = parameters.parse("full", size, "0", "default", "jpg", (one.width, one.height), limits.current())
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "sheet.jpg")
            rendering.render(stores.pyramid(served.pyramid), asked, path)
            with Image.open(path, formats=["JPEG"]) as opened:
                return opened.convert("RGB")
    except (OSError, stores.StoreError):
        return None
