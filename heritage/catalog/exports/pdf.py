"""A list of records as a PDF in the form of official papers (Decree 30/2020/NĐ-CP, annex I). Points, A4 landscape."""

import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from heritage.catalog.dossiers.contents import register_fonts
from heritage.catalog.exports import watermark
from heritage.catalog.exports.paper import BLOCK, WIDTHS, Points, as_of, cells, columns, heading
from heritage.catalog.exports.rows import Row
from heritage.core import languages
from heritage.core.folding import nfc

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, 15 * mm, 20 * mm, 20 * mm
PLAIN = ParagraphStyle("plain", fontName="Dossier", fontSize=9, leading=12.5, wordWrap=None)
BOLD = ParagraphStyle("bold", PLAIN, fontName="DossierBold")
CENTRED = ParagraphStyle("centred", BOLD, fontSize=12, leading=17, alignment=TA_CENTER)
RULED = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#1F1B16")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
)


def as_pdf(rows: Iterable[Row], criteria: str = "") -> Iterator[bytes]:
    """All rows, of any number; the head stands on every page, numbers at its foot, the map on the last page."""
    register_fonts()
    points = Points(rows)
    with tempfile.TemporaryFile() as file:
        paper = Pages(file, nfc(heading()[-1]))
        for line in heading():
            paper.put(_text(line, CENTRED))
        paper.put(_text(as_of(criteria), PLAIN), before=4 * mm)
        paper.begin_table()
        for position, row in enumerate(points, 1):
            paper.put(_ruled(cells(position, row), PLAIN))
        paper.end_table()
        paper.put(_text(points.said(), PLAIN), before=3 * mm)
        paper.done(points.map(), points.is_internal)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


class Pages:
    """Puts one thing below the other and turns the page where the next does not fit; only finished pages are kept."""

    def __init__(self, file: IO[bytes], title: str) -> None:
        self.width, self.height = landscape(A4)
        self.canvas = Canvas(file, pagesize=(self.width, self.height), pageCompression=1, lang=languages.current())
        self.canvas.setTitle(title)
        self.at, self.number, self.in_table = self.height - TOP, 1, False
        watermark.on_page(self.canvas)

    def put(self, what: Flowable, before: float = 0) -> None:
        _width, height = what.wrapOn(self.canvas, self.width - LEFT - RIGHT, self.height - TOP - BOTTOM)
        if self.at - before - height < BOTTOM:
            self.turn()
            before = 0
        self.at -= before + height
        what.drawOn(self.canvas, LEFT, self.at)

    def begin_table(self) -> None:
        self.at -= 3 * mm
        self._head()
        self.in_table = True

    def end_table(self) -> None:
        self.in_table = False

    def _head(self) -> None:
        self.put(_ruled(columns(), BOLD))

    def turn(self, *, is_for_picture: bool = False) -> None:
        self._foot()
        self.canvas.showPage()
        if not is_for_picture:
            watermark.on_page(self.canvas)
        self.at, self.number = self.height - TOP, self.number + 1
        if self.in_table:
            self._head()

    def done(self, picture: bytes | None, is_internal: bool) -> None:
        """With a picture that fills the last page, where there is one; pages of what `is_internal` are marked so."""
        if picture:
            self.turn(is_for_picture=True)
            wide, high = self.width - LEFT - RIGHT, self.height - TOP - BOTTOM
            self.canvas.drawImage(
                ImageReader(io.BytesIO(picture)), LEFT, BOTTOM, wide, high, preserveAspectRatio=True, anchor="n"
            )
            watermark.on_picture(self.canvas)
        self._foot()
        self.canvas.showPage()
        watermark.settle(self.canvas, is_internal, self.width, self.height)
        self.canvas.save()

    def _foot(self) -> None:
        self.canvas.setFont("Dossier", 9)
        self.canvas.drawCentredString(self.width / 2, 10 * mm, _("Page %(number)s") % {"number": self.number})


def _ruled(texts: Iterable[str], style: ParagraphStyle) -> Table:
    return Table([[_text(text, style) for text in texts]], colWidths=[width * mm for width in WIDTHS], style=RULED)


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(nfc(text)), style)
