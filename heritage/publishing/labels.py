"""Label sheets: A4 pages of QR codes with number, title and place, to be cut or printed on sticker paper.

Every measure is in millimetres. A code is never printed below 20 mm, the least that phones read at arm's length.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import segno
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from heritage.core.folding import nfc
from heritage.publishing import qr

MOST_LABELS = 500
"""On one sheet of labels, copies counted."""

FONTS = {"Label": "build/publishing/fonts/regular.ttf", "LabelBold": "build/publishing/fonts/bold.ttf"}


@dataclass(frozen=True)
class Sheet:
    """How labels stand on A4 (210 x 297): `columns` by `rows` of `width` by `height`, from the top left margins."""

    name: str
    title: str | Promise
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    code: float

    @property
    def per_page(self) -> int:
        return self.columns * self.rows


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("2x4", _("8 to a page, 99 × 68 mm, for sign boards"), 2, 4, 99.0, 67.7, 6.0, 13.1, 46.0),
        Sheet("2x7", _("14 to a page, 99 × 38 mm, for shelves and show-cases"), 2, 7, 99.1, 38.1, 5.9, 15.1, 30.0),
        Sheet("3x8", _("24 to a page, 70 × 36 mm, for books and objects"), 3, 8, 70.0, 36.0, 0.0, 4.5, 25.0),
    )
}
"""Common sticker sheets; Tomy and Avery sell these sizes in Viet Nam."""


@dataclass(frozen=True)
class Label:
    """What one label says; `code` is the short code."""

    code: str
    number: str
    title: str
    place: str


@cache
def _register_fonts() -> None:
    for name, path in FONTS.items():
        found = finders.find(path)
        if not found:
            raise ImproperlyConfigured(f"{path} is missing; run the front-end build (node frontend/build.mjs).")
        pdfmetrics.registerFont(TTFont(name, str(Path(found))))


def draw(labels: Sequence[Label], sheet: Sheet, skip: int = 0, outlines: bool = False) -> bytes:
    """The labels as PDF, A4 upright.

    Args:
        skip: places left empty on the first page, where stickers were used before.
        outlines: thin lines to cut along.
    """
    _register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1, lang="vi")
    canvas.setTitle("QR")
    for position, label in enumerate(labels, start=skip):
        if position % sheet.per_page == 0 and position > skip:
            canvas.showPage()
        _draw_label(canvas, sheet, position % sheet.per_page, label, outlines)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_label(canvas: Canvas, sheet: Sheet, place: int, label: Label, outlines: bool) -> None:
    row, column = divmod(place, sheet.columns)
    left = (sheet.left + column * sheet.width) * mm
    bottom = A4[1] - (sheet.top + (row + 1) * sheet.height) * mm
    if outlines:
        canvas.setLineWidth(0.25)
        canvas.setStrokeGray(0.7)
        canvas.rect(left, bottom, sheet.width * mm, sheet.height * mm)
    margin = (sheet.height - sheet.code) / 2 * mm
    side = sheet.code * mm
    _draw_code(canvas, qr.make(label.code), left + 3 * mm, bottom + margin, side)
    text_left = left + side + 6 * mm
    _draw_text(canvas, label, text_left, bottom + margin + side, left + (sheet.width - 4) * mm - text_left, side)


def _draw_code(canvas: Canvas, code: segno.QRCode, left: float, bottom: float, side: float) -> None:
    """Modules as filled rectangles, a run of dark ones in a row as one, so that no printer leaves hairlines between."""
    matrix = code.matrix
    module = side / len(matrix)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for index, row in enumerate(matrix):
        bottom_of_row = bottom + side - (index + 1) * module
        for start, length in _runs(row):
            path.rect(left + start * module, bottom_of_row, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(row: bytearray) -> Iterator[tuple[int, int]]:
    """(start, length) of each run of dark modules."""
    start = None
    for index, module in enumerate([*row, 0]):
        if module and start is None:
            start = index
        elif not module and start is not None:
            yield start, index - start
            start = None


LINE = 1.35
"""Line height; stacked marks such as in "Ễ" need it."""


def _draw_text(canvas: Canvas, label: Label, left: float, top: float, width: float, height: float) -> None:
    """Title and place from the top; number and short code at the foot, where nothing may run into them."""
    size = min(12.0, height / 7.5)
    small = max(6.0, size * 0.72)
    free = height - 2.4 * small * LINE
    place = wrap(nfc(label.place), "Label", small, width, 2)
    most = max(1, int((free - len(place) * small * LINE) / (size * LINE)))
    lines = [("LabelBold", size, line) for line in wrap(nfc(label.title), "LabelBold", size, width, most)]
    lines += [("Label", small, line) for line in place]
    canvas.setFillGray(0)
    for font, points, line in lines:
        top -= points * LINE
        free -= points * LINE
        canvas.setFont(font, points)
        canvas.drawString(left, top, line)
    foot = top - free - 1.4 * small * LINE
    canvas.setFont("LabelBold", small)
    canvas.drawString(left, foot, label.number)
    canvas.setFont("Label", small)
    canvas.drawString(left, foot - small * LINE, f"/q/{label.code[:3]}-{label.code[3:]}")


def wrap(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` points; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdfmetrics.stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_cut(line, font, size, width) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(f"{kept[-1]} …", font, size, width)
    return kept


def _cut(line: str, font: str, size: float, width: float) -> str:
    if pdfmetrics.stringWidth(line, font, size) <= width:
        return line
    line = line.removesuffix(" …")
    while line and pdfmetrics.stringWidth(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
