"""Text documents (DOCX) in the form of official papers (Decree 30/2020/NĐ-CP, annex I)."""

from collections.abc import Sequence
from typing import Any

from heritage.core.plain import fit_for_xml

STATE_HEADING = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def new_paper(size: int) -> Any:
    """An empty A4 sheet in the typeface of official papers, `size` points."""
    from docx import Document  # loaded where it is used: no other process needs to hold it
    from docx.shared import Mm, Pt

    paper = Document()
    paper.sections[0].page_width, paper.sections[0].page_height = Mm(210), Mm(297)
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(size)
    return paper


def centred(paper: Any, *lines: str) -> None:
    """Bold lines in the middle, such as `STATE_HEADING`."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for text in lines:
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).bold = True


def table(paper: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table whose first line is bold."""
    made = paper.add_table(rows=len(rows) + 1, cols=len(head))
    made.style = "Table Grid"
    first, *others = made.rows
    for cell, text in zip(first.cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for line, row in zip(others, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = fit_for_xml(text)
