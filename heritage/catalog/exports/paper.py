"""A list of records as a text document, in the form of official papers (Decree 30/2020/NĐ-CP, annex I).

Its rows are written to disk as they come: a list of any length takes no memory but that of its points.
"""

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from xml.sax.saxutils import escape

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from heritage.catalog.exports import watermark
from heritage.catalog.exports.rows import Row
from heritage.catalog.models import Rank
from heritage.core import official_paper, paper_maps
from heritage.core.plain import fit_for_xml

WIDTHS = (12, 28, 75, 55, 45, 42)
"""Of the columns, in millimetres."""
MAP_HEIGHT = 160
"""In millimetres, of the 170 between the margins."""
BLOCK = 64 * 1024
HERE = "rows-of-the-list"
"""Stands in the skeleton where the rows belong."""
DOCUMENT = "word/document.xml"


class Points:
    """Passes rows on, and keeps where their records lie, and whether one of them `is_internal`, that is not public."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.found, self.count, self.is_internal = rows, list[paper_maps.Point](), 0, False

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            self.is_internal = self.is_internal or not row.is_public
            if row["lat"]:
                self.found.append((float(row["lat"]), float(row["lon"])))
            yield row

    def map(self) -> bytes | None:
        """A sheet with scale bar, north and both archipelagos; None where no record has a point."""
        return paper_maps.draw(_("Where they lie"), _("record of the list"), self.found)

    def said(self) -> str:
        """How many records there are, and how many of them the map shows."""
        total, placed = (number_format(number, force_grouping=True) for number in (self.count, len(self.found)))
        records = ngettext("%(total)s record", "%(total)s records", self.count) % {"total": total}
        return _("%(records)s; %(placed)s of them with a point on the map.") % {"records": records, "placed": placed}


def as_docx(rows: Iterable[Row], criteria: str = "") -> Iterator[bytes]:
    points = Points(rows)
    with TemporaryDirectory(prefix="list-") as folder:
        written, skeleton, whole = (Path(folder, name) for name in ("rows.xml", "skeleton.docx", "list.docx"))
        with written.open("w", encoding="utf-8") as file:
            for position, row in enumerate(points, 1):
                file.write(_line(cells(position, row)))
        _skeleton(criteria, points).save(str(skeleton))
        _join(skeleton, written, whole)
        with whole.open("rb") as file_of_all:
            while block := file_of_all.read(BLOCK):
                yield block


def _line(texts: Iterable[str]) -> str:
    def cell(text: str) -> str:
        return f'<w:tc><w:p><w:r><w:t xml:space="preserve">{escape(fit_for_xml(text))}</w:t></w:r></w:p></w:tc>'

    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(map(cell, texts))}</w:tr>"


def _skeleton(criteria: str, points: Points) -> Any:
    """All of the document but its rows."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    paper = official_paper.new_paper(size=12)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    official_paper.centred(paper, *heading())
    paper.add_paragraph(as_of(criteria))
    official_paper.table(paper, columns(), [(HERE, *[""] * (len(WIDTHS) - 1))], WIDTHS)
    paper.add_paragraph(points.said())
    if picture := points.map():
        _add_map(paper, picture)
    if points.is_internal:
        watermark.mark_document(paper, with_picture=picture is not None)
    return paper


def _add_map(paper: Any, picture: bytes) -> None:
    """On a page of its own, as high as there is room."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    paper.add_picture(io.BytesIO(picture), height=Mm(MAP_HEIGHT))
    paragraph = paper.paragraphs[-1]
    paragraph.paragraph_format.page_break_before = True
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _join(skeleton: Path, rows: Path, whole: Path) -> None:
    with zipfile.ZipFile(skeleton) as source, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            with source.open(entry) as part, target.open(entry.filename, "w", force_zip64=True) as copy:
                if entry.filename == DOCUMENT:
                    _fill(part.read().decode(), rows, copy)
                else:
                    shutil.copyfileobj(part, copy)


def _fill(xml: str, rows: Path, target: IO[bytes]) -> None:
    place = xml.index(HERE)
    begin, end = xml.rindex("<w:tr>", 0, place), xml.index("</w:tr>", place) + len("</w:tr>")
    target.write(xml[:begin].encode())
    with rows.open("rb") as file:
        shutil.copyfileobj(file, target)
    target.write(xml[end:].encode())


def heading() -> tuple[str, ...]:
    return (*official_paper.STATE_HEADING, _("LIST OF HERITAGE RECORDS"))


def as_of(criteria: str = "") -> str:
    """Of which day the list is, and what was asked for."""
    said = _("As of %(day)s.") % {"day": official_paper.day(timezone.localdate())}
    return f"{said} {_('Chosen by: %(criteria)s.') % {'criteria': criteria}}" if criteria else said


def columns() -> tuple[str, ...]:
    return (_("No."), pgettext("of a record", "Number"), _("Name"), _("Place"), _("Rank or list"), _("Decision"))


def cells(position: int, row: Row) -> tuple[str, ...]:
    date = "/".join(reversed(row["decision_date"].split("-"))) or row["decision_year"]
    decision = ", ".join(part for part in (row["decision_no"], date) if part) or row["further_decisions"]
    place = ", ".join(part for part in (row["commune_new"], row["province_new"]) if part)
    rank = str(Rank(row["rank"]).label) if row["rank"] else ""
    return (str(position), row["id"], row["name_vi"], place, rank, decision)
