"""Two surfaces with the same few strokes, both measured in millimetres from the top left: a PDF page, a PNG picture."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = {False: "build/publishing/fonts/regular.ttf", True: "build/publishing/fonts/bold.ttf"}
NAMES = {False: "Map", True: "MapBold"}
DOTS_PER_INCH = 150
POINT_MM = 25.4 / 72
INK = "#1f1b16"
Points = Sequence[tuple[float, float]]


class Surface(Protocol):
    """What a sheet is drawn on; sizes of text are in points, all else in millimetres, colours `#rrggbb` or ""."""

    def polygon(self, points: Points, fill: str = "", stroke: str = "", width: float = 0.2) -> None: ...

    def line(self, points: Points, stroke: str, width: float = 0.3) -> None: ...

    def circle(self, x: float, y: float, radius: float, fill: str, stroke: str) -> None: ...

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        bold: bool = False,
        colour: str = "#1f1b16",
        middle: bool = False,
    ) -> None: ...

    def picture(self, picture: Image.Image, corners: Points, opacity: float) -> None:
        """`corners` are where its upper left, upper right and lower left come to lie; opacity 0 to 1."""

    def done(self) -> bytes: ...


@cache
def font_path(bold: bool) -> Path:
    found = finders.find(FONTS[bold])
    if not found:
        raise ImproperlyConfigured(f"{FONTS[bold]} is missing; run the front-end build (node frontend/build.mjs).")
    return Path(str(found))


@cache
def _register_fonts() -> None:
    for bold, name in NAMES.items():
        pdfmetrics.registerFont(TTFont(name, str(font_path(bold))))


def affine(corners: Sequence[tuple[float, float]], width: int, height: int) -> tuple[float, ...]:
    """Coefficients that lead from paper to pixel, as Pillow's affine transformation takes them.

    `corners` are where the upper left, upper right and lower left of the picture stand.
    """
    (x0, y0), (x1, y1), (x2, y2) = corners
    a, b, c, d = (x1 - x0) / width, (x2 - x0) / height, (y1 - y0) / width, (y2 - y0) / height
    area = a * d - b * c
    return (
        d / area, -b / area, (b * y0 - d * x0) / area,
        -c / area, a / area, (c * x0 - a * y0) / area,
    )  # fmt: skip


class PdfSurface:
    """One page of a PDF; its texts stay texts."""

    def __init__(self, width: float, height: float, title: str) -> None:
        _register_fonts()
        self.height = height
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=(width * mm, height * mm))
        self.canvas.setTitle(title)
        self.canvas.setLineJoin(1)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * mm, (self.height - y) * mm

    def polygon(self, points: Points, fill: str = "", stroke: str = "", width: float = 0.2) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self._at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self._at(*point))
        path.close()
        self._draw(path, fill, stroke, width)

    def line(self, points: Points, stroke: str, width: float = 0.3) -> None:
        path = self.canvas.beginPath()
        path.moveTo(*self._at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self._at(*point))
        self._draw(path, "", stroke, width)

    def _draw(self, path: object, fill: str, stroke: str, width: float) -> None:
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if stroke:
            self.canvas.setStrokeColor(HexColor(stroke))
            self.canvas.setLineWidth(width * mm)
        self.canvas.drawPath(path, fill=int(bool(fill)), stroke=int(bool(stroke)))

    def circle(self, x: float, y: float, radius: float, fill: str, stroke: str) -> None:
        self.canvas.setFillColor(HexColor(fill))
        self.canvas.setStrokeColor(HexColor(stroke))
        self.canvas.setLineWidth(0.4 * mm)
        self.canvas.circle(*self._at(x, y), radius * mm, fill=1, stroke=1)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        bold: bool = False,
        colour: str = "#1f1b16",
        middle: bool = False,
    ) -> None:
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFont(NAMES[bold], size)
        write = self.canvas.drawCentredString if middle else self.canvas.drawString
        write(*self._at(x, y), text)

    def picture(self, picture: Image.Image, corners: Points, opacity: float) -> None:
        origin, right, down = (self._at(*corner) for corner in corners)
        self.canvas.saveState()
        self.canvas.setFillAlpha(opacity)
        self.canvas.transform(
            right[0] - origin[0], right[1] - origin[1], origin[0] - down[0], origin[1] - down[1], *down
        )  # a PDF's pictures begin at their lower left
        self.canvas.drawImage(ImageReader(picture), 0, 0, 1, 1)
        self.canvas.restoreState()

    def done(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


class PngSurface:
    """A picture of `DOTS_PER_INCH`."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.scale = DOTS_PER_INCH / 25.4
        self.image = Image.new("RGB", (round(width * self.scale), round(height * self.scale)), "#ffffff")
        self.draw = ImageDraw.Draw(self.image)

    def _at(self, points: Points) -> list[tuple[float, float]]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def polygon(self, points: Points, fill: str = "", stroke: str = "", width: float = 0.2) -> None:
        if fill:
            self.draw.polygon(self._at(points), fill=fill)
        if stroke:
            self.line([*points, points[0]], stroke, width)

    def line(self, points: Points, stroke: str, width: float = 0.3) -> None:
        self.draw.line(self._at(points), fill=stroke, width=max(1, round(width * self.scale)), joint="curve")

    def circle(self, x: float, y: float, radius: float, fill: str, stroke: str) -> None:
        box = self._at([(x - radius, y - radius), (x + radius, y + radius)])
        self.draw.ellipse(box, fill=fill, outline=stroke, width=2)  # type: ignore[arg-type]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        bold: bool = False,
        colour: str = "#1f1b16",
        middle: bool = False,
    ) -> None:
        font = ImageFont.truetype(str(font_path(bold)), round(size * POINT_MM * self.scale))
        self.draw.text((x * self.scale, y * self.scale), text, fill=colour, font=font, anchor="ms" if middle else "ls")

    def picture(self, picture: Image.Image, corners: Points, opacity: float) -> None:
        backwards = affine(self._at(corners), *picture.size)
        laid = picture.convert("RGBA")
        laid.putalpha(round(255 * opacity))
        over = laid.transform(self.image.size, Image.Transform.AFFINE, backwards, Image.Resampling.BILINEAR)
        self.image.paste(over, (0, 0), over)

    def done(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
        return out.getvalue()
