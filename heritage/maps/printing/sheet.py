"""A view of the map on A4 or A3: title, marks, scale bar, north, legend, sources, QR, and always both archipelagos."""

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from heritage.core import languages
from heritage.maps import layers, viewport
from heritage.maps.printing.surfaces import PdfSurface, PngSurface, Surface
from heritage.maps.printing.under import Under, density_legend, draw_areas, draw_density, draw_sheets
from heritage.places.archipelagos import LABELS
from heritage.places.geometry.provinces import outlines

SHEETS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Landscape, millimetres."""
SURFACES: dict[str, Callable[[float, float, str], Surface]] = {"pdf": PdfSurface, "png": PngSurface}
MARGIN, HEAD, FOOT, SIDE = 10.0, 12.0, 12.0, 58.0
PIXEL_MM = 0.2646
"""A pixel of the screen's map, so that a zoom says the same on paper."""
SEA, ABROAD, LAND, LINE, INK, PAPER = "#e3ebee", "#efe8da", "#fbf7ef", "#cabfac", "#1f1b16", "#ffffff"
COLOURS = {"red": "#a3201d", "indigo": "#27405e", "jade": "#2f6b5b", "gold": "#8a6516", "ink": INK}
OF_LAYER = {"lodging": "indigo", "entertainment": "indigo", "food": "jade", "attraction": "jade", "shopping": "gold",
            "monument": "red", "component": "red"}  # fmt: skip


Point = tuple[float, float]


@dataclass
class Sheet:
    """What is asked to be printed; the view is a middle in degrees and a zoom, as on the screen."""

    title: str
    latitude: float
    longitude: float
    zoom: float
    address: str
    slugs: list[str] = field(default_factory=list)
    ranks: list[str] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    sources: str = ""
    size: str = "A4"
    under: Under = field(default_factory=Under)
    has_marks: bool = True

    def view(self, frame: "Frame") -> viewport.Viewport:
        """What the frame shows of the chosen layers and ranks."""
        west, south, east, north = frame.box()
        symbols = tuple(layers.symbols(self.slugs, self.ranks))
        return viewport.Viewport(south, west, north, east, int(self.zoom), symbols)


class Frame:
    """A window of the Mercator plane on the paper: `x`, `y`, `width`, `height` in millimetres."""

    def __init__(
        self, x: float, y: float, width: float, height: float, latitude: float, longitude: float, zoom: float
    ) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height
        self.world = 256 * 2**zoom * PIXEL_MM
        self.middle = self._plane(latitude, longitude)
        self.latitude = latitude

    def _plane(self, latitude: float, longitude: float) -> tuple[float, float]:
        sine = math.sin(math.radians(max(-85.0, min(85.0, latitude))))
        return (
            (longitude + 180) / 360 * self.world,
            (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * self.world,
        )

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point stands on the paper."""
        x, y = self._plane(latitude, longitude)
        return self.x + self.width / 2 + x - self.middle[0], self.y + self.height / 2 + y - self.middle[1]

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        return (
            self.x - margin <= x <= self.x + self.width + margin
            and self.y - margin <= y <= self.y + self.height + margin
        )

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the window in degrees."""
        west = (self.middle[0] - self.width / 2) / self.world * 360 - 180
        east = (self.middle[0] + self.width / 2) / self.world * 360 - 180
        north, south = (self._latitude(self.middle[1] + sign * self.height / 2) for sign in (-1, 1))
        return max(west, -180.0), south, min(east, 180.0), north

    def _latitude(self, y: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / self.world))))

    @property
    def metres_per_mm(self) -> float:
        return 40_075_016.686 * math.cos(math.radians(self.latitude)) / self.world


def draw(sheet: Sheet, file_format: str) -> bytes:
    """The sheet as `pdf` or `png`."""
    width, height = SHEETS[sheet.size]
    surface = SURFACES[file_format](width, height, sheet.title)
    inner = (MARGIN, MARGIN + HEAD, width - 2 * MARGIN - SIDE, height - 2 * MARGIN - HEAD - FOOT)
    frame = Frame(*inner, sheet.latitude, sheet.longitude, sheet.zoom)
    _ground(surface, frame)
    draw_sheets(surface, frame, sheet.under)
    if sheet.under.areas:
        draw_areas(surface, frame, sheet.under.areas, _areas)
    if sheet.under.has_density:
        draw_density(surface, frame, sheet.view(frame))
    _shapes(surface, frame, sheet.shapes)
    if sheet.has_marks:
        _marks(surface, frame, sheet)
    _archipelagos(surface, frame, 8)
    _mask(surface, frame, width, height)
    surface.text(MARGIN, MARGIN + 7, sheet.title[:90], 16, bold=True)
    _side(surface, frame, sheet, width - MARGIN - SIDE + 4)
    _scale(surface, frame, MARGIN, height - MARGIN - 6)
    surface.text(MARGIN + 62, height - MARGIN - 6, sheet.sources[:150], 7)
    surface.text(MARGIN + 62, height - MARGIN - 2, sheet.address[:150], 7)
    return surface.done()


def _ground(surface: Surface, frame: Frame) -> None:
    x, y, width, height = frame.x, frame.y, frame.width, frame.height
    surface.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill=SEA)
    _areas(surface, frame, [_land()], ABROAD)
    _areas(surface, frame, [feature["geometry"] for feature in outlines()["features"]], LAND)


@cache
def _land() -> dict[str, Any]:
    """The land without borders that the screen's map shows too; nothing where the front end is not built."""
    found = finders.find("build/maps/land.json")
    empty = {"type": "MultiPolygon", "coordinates": []}
    return json.loads(Path(str(found)).read_text(encoding="utf-8")) if found else empty


def _areas(surface: Surface, frame: Frame, geometries: list[dict[str, Any]], fill: str) -> None:
    for geometry in geometries:
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for rings in parts:
            points = [frame.at(latitude, longitude) for longitude, latitude in rings[0]]
            inside = _clipped(frame, points) if _touches(frame, points) else []
            if inside:
                surface.polygon(inside, fill=fill, stroke=LINE, width=0.25)


def _clipped(frame: Frame, points: list[Point]) -> list[Point]:
    """A polygon cut to the window, side by side (Sutherland and Hodgman, 1974)."""
    sides = (
        (0, frame.x, 1), (0, frame.x + frame.width, -1), (1, frame.y, 1), (1, frame.y + frame.height, -1)
    )  # fmt: skip
    for axis, edge, sign in sides:
        kept: list[Point] = []
        for before, point in zip([points[-1], *points[:-1]], points, strict=True) if points else ():
            was_in, is_in = (before[axis] - edge) * sign >= 0, (point[axis] - edge) * sign >= 0
            if was_in != is_in:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                kept.append((edge, other) if axis == 0 else (other, edge))
            if is_in:
                kept.append(point)
        points = kept
    return points


def _touches(frame: Frame, points: list[Point]) -> bool:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return (
        max(xs) >= frame.x and min(xs) <= frame.x + frame.width
        and max(ys) >= frame.y and min(ys) <= frame.y + frame.height
    )  # fmt: skip


def _shapes(surface: Surface, frame: Frame, shapes: list[dict[str, Any]]) -> None:
    for shape in shapes:
        colour = COLOURS[shape["properties"]["colour"]]
        geometry = shape["geometry"]
        for line, is_area in _lines(geometry["type"], geometry["coordinates"]):
            points = [frame.at(latitude, longitude) for longitude, latitude in line]
            if len(points) == 1:
                surface.circle(*points[0], 1.4, colour, PAPER)
            elif points:
                surface.line([*points, points[0]] if is_area else points, colour, 0.7)


def _lines(kind: str, coordinates: Any) -> Iterable[tuple[list[list[float]], bool]]:
    """Each line or ring of a geometry, a point as a line of one; and whether it closes."""
    if kind == "Point":
        return [([coordinates], False)]
    if kind == "MultiPoint":
        return [([point], False) for point in coordinates]
    if kind == "LineString":
        return [(coordinates, False)]
    if kind == "MultiLineString":
        return [(line, False) for line in coordinates]
    rings = coordinates if kind == "Polygon" else [ring for area in coordinates for ring in area]
    return [(ring, True) for ring in rings]


def _marks(surface: Surface, frame: Frame, sheet: Sheet) -> None:
    for feature in viewport.features(sheet.view(frame)):
        longitude, latitude = feature["geometry"]["coordinates"]
        x, y = frame.at(latitude, longitude)
        if not frame.holds(x, y):
            continue
        own = feature["properties"]
        if "cluster" in own:
            surface.circle(x, y, 3.6, PAPER, COLOURS["red"] if own["heritage"] else COLOURS["indigo"])
            surface.text(x, y + 0.9, str(own["count"]), 7, bold=True, middle=True)
        else:
            colour = COLOURS[OF_LAYER.get(own["layer"], "gold")]
            surface.circle(x, y, 2.4, PAPER, colour)
            surface.text(x, y + 0.9, layers.BY_SLUG[own["layer"]].letter, 7, bold=True, colour=colour, middle=True)
            if sheet.zoom >= 12:
                name = own["name"].get(languages.current()) or own["name"]["vi"]
                surface.text(x + 3, y + 0.8, name[:40], 6.5)


def _archipelagos(surface: Surface, frame: Frame, size: float) -> None:
    for label in LABELS:
        x, y = frame.at(*label["at"])
        if frame.holds(x, y):
            surface.circle(x, y, 0.8, LAND, INK)
            surface.text(
                min(x, frame.x + frame.width - size * 2.6), y + size * 0.45, label["text"], size, bold=True, middle=True
            )


def _mask(surface: Surface, frame: Frame, width: float, height: float) -> None:
    """Paper over all that was drawn beyond the window, and the window's edge."""
    left, top, right, bottom = frame.x, frame.y, frame.x + frame.width, frame.y + frame.height
    for x1, y1, x2, y2 in (
        (0, 0, width, top), (0, bottom, width, height), (0, top, left, bottom), (right, top, width, bottom),
    ):  # fmt: skip
        surface.polygon([(x1, y1), (x2, y1), (x2, y2), (x1, y2)], fill=PAPER)
    surface.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], stroke=INK, width=0.3)


def _side(surface: Surface, frame: Frame, sheet: Sheet, x: float) -> None:
    """North, the small map of the whole country with both names, legend and code."""
    y = frame.y
    _whole_country(surface, frame, x, y)
    surface.polygon([(x + 44, y + 10), (x + 47, y), (x + 50, y + 10), (x + 47, y + 8)], fill=INK)
    surface.text(x + 47, y + 15, _("N"), 10, bold=True, middle=True)
    y += 54
    surface.text(x, y, _("Legend"), 10, bold=True)
    _legend(surface, sheet, x, y, frame.y + frame.height - (30 if sheet.address else 2))
    if sheet.address:
        _code(surface, sheet.address, x, frame.y + frame.height - 26, 26)


def _legend(surface: Surface, sheet: Sheet, x: float, y: float, bottom: float) -> None:
    """Shades and signs below each other down to `bottom`: closer where they are many, and a word where some are not."""
    shades, signs = _shades(sheet.under), [row for row in _signs(sheet) if row[2]]
    step = min(5.0, max(3.4, (bottom - y) / max(len(shades) + len(signs), 1)))
    most = max(int((bottom - y) / step) - len(shades), 3)
    shown = signs if len(signs) <= most else signs[: most - 1]
    for colour, words in shades:
        y += step
        surface.polygon([(x, y - 2.6), (x + 5, y - 2.6), (x + 5, y), (x, y)], fill=colour, stroke=INK)
        surface.text(x + 7, y - 0.2, words[:34], 8)
    for colour, letter, words in shown:
        y += step
        surface.circle(x + 2, y - 1, min(1.8, step / 2.2), PAPER, colour)
        surface.text(x + 2, y - 0.2, letter, 6, bold=True, colour=colour, middle=True)
        surface.text(x + 6, y, words[:34], 8)
    if len(shown) < len(signs):
        surface.text(x + 6, y + step, _("and %(count)s more") % {"count": len(signs) - len(shown)}, 8)


def _shades(under: Under) -> list[tuple[str, str]]:
    """The legend of what lies under the marks."""
    rows = under.areas.legend() if under.areas else []
    rows += density_legend(_("few"), _("many")) if under.has_density else []
    return rows + [("", languages.in_language(one, "label")) for one, _opacity in under.sheets]


def _signs(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Colour, letter and meaning of what is drawn above."""
    rows = [(COLOURS[shape["properties"]["colour"]], "", shape["properties"]["name"]) for shape in sheet.shapes]
    if sheet.has_marks:
        rows += [
            (COLOURS[OF_LAYER.get(layer.slug, "gold")], layer.letter, str(layer.label))
            for layer in layers.LAYERS
            if not sheet.slugs or layer.slug in sheet.slugs
        ]
    return rows


def _whole_country(surface: Surface, frame: Frame, x: float, y: float) -> None:
    small = Frame(x, y, 42, 46, 15.9, 110.0, 3.68)
    _ground(surface, small)
    west, south, east, north = frame.box()
    corners = [small.at(*corner) for corner in ((north, west), (north, east), (south, east), (south, west))]
    inside = [(min(max(px, x), x + 42), min(max(py, y), y + 46)) for px, py in corners]
    surface.polygon(inside, stroke=COLOURS["red"], width=0.4)
    surface.polygon([(x, y), (x + 42, y), (x + 42, y + 46), (x, y + 46)], stroke=INK, width=0.2)
    for label in LABELS:
        at_x, at_y = small.at(*label["at"])
        surface.circle(at_x, at_y, 0.5, INK, INK)
        first, second = label["text"].replace(" (", "\n(").split("\n")
        surface.text(min(at_x, x + 29), at_y + 3, first, 5, bold=True, middle=True)
        surface.text(min(at_x, x + 29), at_y + 5.2, second, 5, bold=True, middle=True)


def _scale(surface: Surface, frame: Frame, x: float, y: float) -> None:
    """A bar of a round length, at most 50 mm, true in the middle of the sheet."""
    most = frame.metres_per_mm * 50
    power = 10 ** math.floor(math.log10(most))
    metres = next(step * power for step in (5, 2, 1) if step * power <= most)
    ends = [x + part * metres / frame.metres_per_mm / 4 for part in range(5)]
    for number, (left, right) in enumerate(pairwise(ends)):
        bar = [(left, y), (right, y), (right, y + 1.5), (left, y + 1.5)]
        surface.polygon(bar, fill=INK if number % 2 == 0 else PAPER, stroke=INK, width=0.15)
    words = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    ratio = round(frame.metres_per_mm * 1000, -3)
    surface.text(x, y + 5, f"{words} · 1:{ratio:,.0f}".replace(",", "."), 7)


def _code(surface: Surface, address: str, x: float, y: float, size: float) -> None:
    rows = list(segno.make_qr(address, error="l").matrix_iter(border=2))
    step = size / len(rows)
    for row, cells in enumerate(rows):
        for column, is_dark in enumerate(cells):
            if is_dark:
                left, top = x + column * step, y + row * step
                cell = [(left, top), (left + step, top), (left + step, top + step), (left, top + step)]
                surface.polygon(cell, fill=INK)
