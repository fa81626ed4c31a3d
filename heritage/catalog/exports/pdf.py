"""A list of records as a PDF in the form of official papers (Decree 30/2020/NĐ-CP, annex I). Points, A4 landscape."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from heritage.catalog.dossiers.contents import register_fonts
from heritage.catalog.exports.paper import MOST, as_of, cells, columns, heading, stops
from heritage.core import languages
from heritage.core.folding import nfc

WIDTHS = [width * mm for width in (12, 28, 75, 55, 45, 42)]
BLOCK = 64 * 1024
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


def as_pdf(rows: Iterable[dict[str, str]], criteria: str = "") -> Iterator[bytes]:
    """At most `MOST` rows, and a word where the list stops; the head stands on every page, numbers at its foot."""
    register_fonts()
    source = iter(rows)
    listed = [_line(cells(position, row), PLAIN) for position, row in enumerate(islice(source, MOST), 1)]
    table = LongTable([_line(columns(), BOLD), *listed], colWidths=WIDTHS, repeatRows=1)
    table.setStyle(RULED)
    story: list[Any] = [*(_text(line, CENTRED) for line in heading()), Spacer(1, 4 * mm), _text(as_of(criteria), PLAIN)]
    story += [Spacer(1, 3 * mm), table]
    if next(source, None) is not None:
        story += [Spacer(1, 3 * mm), _text(stops(), PLAIN)]
    with tempfile.TemporaryFile() as file:
        paper = SimpleDocTemplate(
            file, pagesize=landscape(A4), leftMargin=20 * mm, rightMargin=15 * mm, topMargin=20 * mm,
            bottomMargin=20 * mm, title=nfc(heading()[-1]), lang=languages.current(),
        )  # fmt: skip
        paper.build(story, onFirstPage=_foot, onLaterPages=_foot)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _line(texts: Iterable[str], style: ParagraphStyle) -> list[Paragraph]:
    return [_text(text, style) for text in texts]


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(nfc(text)), style)


def _foot(canvas: Any, paper: Any) -> None:
    canvas.setFont("Dossier", 9)
    canvas.drawCentredString(paper.pagesize[0] / 2, 10 * mm, _("Page %(number)s") % {"number": paper.page})
