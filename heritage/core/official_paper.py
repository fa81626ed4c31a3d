"""Text documents (DOCX) in the form of official papers (Decree 30/2020/NĐ-CP, annex I)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format

from heritage.core.plain import fit_for_xml

TYPEFACE = "Times New Roman"
STATE_HEADING = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def new_paper(size: int) -> Any:
    """An empty A4 sheet in the typeface of official papers, `size` points."""
    from docx import Document  # loaded where it is used: no other process needs to hold it
    from docx.shared import Mm, Pt

    paper = Document()
    sheet = paper.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)
    paper.styles["Normal"].font.name = TYPEFACE
    paper.styles["Normal"].font.size = Pt(size)
    _settle_heading(paper.styles["Heading 2"], size)
    return paper


def _settle_heading(style: Any, size: int) -> None:
    """Black and in the typeface of the text: the theme's own typeface and colour would win."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{name}Theme"), None)
        fonts.set(qn(f"w:{name}"), TYPEFACE)
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)


def day(value: dt.date) -> str:
    """A day within a sentence: alone it begins with a capital."""
    return date_format(value).replace("Ngày", "ngày")


def centred(paper: Any, *lines: str) -> None:
    """Bold lines in the middle, such as `STATE_HEADING`."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for text in lines:
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).bold = True


def table(paper: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A ruled table whose first line is bold and stands on every page; no line is broken between two.

    `widths` of the columns are in millimetres: programs need them fixed for long tables.
    """
    made = paper.add_table(rows=len(rows) + 1, cols=len(head))
    made.style, made.autofit = "Table Grid", False
    first, *others = made.rows
    for cell, text in zip(first.cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for line, row in zip(others, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = fit_for_xml(text)
    _settle(made, widths)


def _settle(made: Any, widths: Sequence[int]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    for place, width in enumerate(widths):
        made.columns[place].width = Mm(width)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in made.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
