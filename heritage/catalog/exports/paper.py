"""A list of records as a text document, in the form of official papers (Decree 30/2020/NĐ-CP, annex I)."""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from heritage.catalog.models import Rank

MOST = 2000
"""Rows of one document; a longer list is of no use on paper, and the document says that it stops."""


def as_docx(rows: Iterable[dict[str, str]]) -> Iterator[bytes]:
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    paper.styles["Normal"].font.name = "Times New Roman"
    paper.styles["Normal"].font.size = Pt(12)
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", _("LIST OF HERITAGE RECORDS")):
        line = paper.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).bold = True
    paper.add_paragraph(_("As of %(day)s.") % {"day": date_format(timezone.localdate())})
    source = iter(rows)
    _fill(paper, list(islice(source, MOST)))
    if next(source, None) is not None:
        paper.add_paragraph(_("The list stops here, at %(most)s records; CSV and XLSX have them all.") % {"most": MOST})
    kept = io.BytesIO()
    paper.save(kept)
    yield kept.getvalue()


def _fill(paper: Any, rows: list[dict[str, str]]) -> None:
    head = (_("No."), _("Number"), _("Name"), _("Place"), _("Rank or list"), _("Decision"))
    table = paper.add_table(rows=len(rows) + 1, cols=len(head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for position, (line, row) in enumerate(zip(list(table.rows)[1:], rows, strict=True), 1):
        for cell, text in zip(line.cells, _cells(position, row), strict=True):
            cell.text = text


def _cells(position: int, row: dict[str, str]) -> tuple[str, ...]:
    date = "/".join(reversed(row["decision_date"].split("-"))) or row["decision_year"]
    decision = ", ".join(part for part in (row["decision_no"], date) if part) or row["further_decisions"]
    place = ", ".join(part for part in (row["commune_new"], row["province_new"]) if part)
    rank = str(Rank(row["rank"]).label) if row["rank"] else ""
    return (str(position), row["id"], row["name_vi"], place, rank, decision)
