"""The contents page of a dossier's PDF: every item, what is held of it, and the page where it begins. Points, A4."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from heritage.catalog.dossiers import completeness
from heritage.catalog.models import Dossier, DossierFile, DossierItem
from heritage.core import languages
from heritage.core.folding import nfc

FONTS = {"Dossier": "build/publishing/fonts/regular.ttf", "DossierBold": "build/publishing/fonts/bold.ttf"}
LEFT, RIGHT, TOP, BOTTOM = 20 * mm, A4[0] - 18 * mm, A4[1] - 20 * mm, 20 * mm
PAGE_COLUMN = 16 * mm
SIZE, SMALL, LINE = 10.0, 8.0, 1.4


@dataclass
class Entry:
    """An item with its files; `first_page` counts from 0 behind the contents, None where it has no page."""

    item: DossierItem
    files: list[DossierFile] = field(default_factory=list)
    first_page: int | None = None

    @property
    def title(self) -> str:
        return nfc(languages.in_language(self.item, "title"))

    @property
    def detail(self) -> str:
        """The second line: what there is of it on paper, who checked it, or why there is nothing."""
        item = self.item
        if item.not_applicable:
            return _("does not apply: %(reason)s") % {"reason": item.not_applicable}
        parts = [item.get_paper_form_display()] if item.paper_form else []
        if item.pages:
            parts.append(_("%(pages)s pages on paper") % {"pages": item.pages})
        if item.shelf_mark:
            parts.append(_("shelf mark %(mark)s") % {"mark": item.shelf_mark})
        if item.checked_on:
            day = date_format(item.checked_on, "j/n/Y")
            parts.append(_("checked by %(name)s on %(day)s") % {"name": item.checked_by or "…", "day": day})
        if not self.files and not (item.pages and item.shelf_mark):
            parts.append(_("missing"))
        return " · ".join(parts)


@cache
def register_fonts() -> None:
    for name, path in FONTS.items():
        found = finders.find(path)
        if not found:
            raise ImproperlyConfigured(f"{path} is missing; run the front-end build (node frontend/build.mjs).")
        pdfmetrics.registerFont(TTFont(name, str(Path(found))))


def draw(dossier: Dossier, entries: list[Entry], target: Path) -> int:
    """Write the contents to `target` and return how many pages they take.

    The numbers printed count from the first page of the contents, so the layout is walked twice: once to learn how
    many pages it takes, once to draw.
    """
    register_fonts()
    pages = _walk(dossier, entries, None, 0)
    canvas = Canvas(str(target), pagesize=A4, pageCompression=1, lang=languages.current())
    canvas.setTitle(nfc(str(dossier)))
    _walk(dossier, entries, canvas, pages)
    canvas.save()
    return pages


def _walk(dossier: Dossier, entries: list[Entry], canvas: Canvas | None, offset: int) -> int:
    """One way through the layout; without a canvas nothing is drawn. Returns the number of pages."""
    top, pages = _heading(dossier, canvas), 1
    for position, entry in enumerate(entries, start=1):
        lines = _lines(entry)
        height = sum(size * LINE for _font, size, _text in lines) + 5
        if top - height < BOTTOM:
            _foot(canvas, pages)
            top, pages = TOP, pages + 1
        if canvas is not None:
            _row(canvas, position, entry, lines, top, offset)
        top -= height
    _foot(canvas, pages)
    return pages


def _heading(dossier: Dossier, canvas: Canvas | None) -> float:
    """Title, record, completeness and day; returns where the rows begin."""
    figure = completeness.of(dossier) if canvas is not None else None
    record = dossier.record
    lines = [("DossierBold", 16.0, _("Dossier"))]
    name = nfc(f"{record.number} {record.name_vi}")
    lines += [("DossierBold", 13.0, text) for text in simpleSplit(name, "DossierBold", 13.0, RIGHT - LEFT)]
    lines.append(("Dossier", SIZE, str(dossier.get_candidate_rank_display())))
    lines.append(("Dossier", SIZE, str(dossier.checklist or "")))
    if figure is not None:
        values = {"percent": figure.percent, "held": figure.held, "required": figure.required}
        text = _("Complete to %(percent)s %%: %(held)s of %(required)s required items held") % values
        lines.append(("Dossier", SIZE, f"{text} · {date_format(timezone.localdate(), 'j/n/Y')}"))
    else:
        lines.append(("Dossier", SIZE, ""))
    top = TOP
    for font, size, text in lines:
        top -= size * LINE
        if canvas is not None:
            canvas.setFont(font, size)
            canvas.drawString(LEFT, top, text)
    return top - 8 * mm


def _lines(entry: Entry) -> list[tuple[str, float, str]]:
    width = RIGHT - LEFT - PAGE_COLUMN - 10 * mm
    lines = [("DossierBold", SIZE, text) for text in simpleSplit(entry.title, "DossierBold", SIZE, width)]
    return lines + [("Dossier", SMALL, text) for text in simpleSplit(nfc(entry.detail), "Dossier", SMALL, width)]


def _row(
    canvas: Canvas, position: int, entry: Entry, lines: list[tuple[str, float, str]], top: float, offset: int
) -> None:
    first = top - lines[0][1] * LINE if lines else top
    canvas.setFont("Dossier", SIZE)
    canvas.drawRightString(LEFT + 7 * mm, first, f"{position}.")
    if entry.first_page is not None:
        canvas.drawRightString(RIGHT, first, str(offset + entry.first_page + 1))
    for font, size, text in lines:
        top -= size * LINE
        canvas.setFont(font, size)
        canvas.drawString(LEFT + 10 * mm, top, text)


def _foot(canvas: Canvas | None, page: int) -> None:
    if canvas is not None:
        canvas.setFont("Dossier", SMALL)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, str(page))
        canvas.showPage()
