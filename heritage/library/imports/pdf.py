"""PDF files: what they say of themselves, checked by the very engine that draws pages elsewhere in the archive."""

import io
import re
from pathlib import Path

import pypdfium2 as pdfium
from django.utils.translation import gettext as _

from heritage.core.folding import nfc
from heritage.library.epub import Epub, EpubError
from heritage.library.epub.package import Heading, Package

MOST_BYTES = 200 * 1024 * 1024
MOST_PAGES = 5_000
MOST_HEADINGS = 2_000
COVER_WIDTH = 800
MADE_BY_PROGRAMS = re.compile(r"^(microsoft word|untitled|document\d*$|.*\.(docx?|indd|pdf|pptx?)$)", re.IGNORECASE)
"""Titles that programs put in by themselves; the name of the file says more."""


def read(path: Path) -> Epub:
    """Check and describe a PDF; the bytes stay as they are (readers of PDF here run no script of theirs).

    Raises:
        EpubError: it is no PDF, is damaged, locked, or too large.
    """
    if path.stat().st_size > MOST_BYTES:
        raise EpubError(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024**2})
    data = path.read_bytes()
    if b"%PDF-" not in data[:1024]:
        raise EpubError(_("This is no PDF file."))
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EpubError(_("The PDF is locked with a password; hand in one without.")) from error
        if "security" in str(error).lower():  # a seller's own lock
            raise EpubError(_("The PDF is protected (DRM); ask the publisher for one without.")) from error
        raise EpubError(_("The PDF is damaged and cannot be opened.")) from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            count = {"count": len(document), "most": MOST_PAGES}
            raise EpubError(_("The PDF has %(count)d pages; from 1 to %(most)d are taken.") % count)
        return Epub(_package(path, document), data, {}, _cover(document))
    finally:
        document.close()


def _package(path: Path, document: pdfium.PdfDocument) -> Package:
    said = {key: nfc(value.replace("\0", "")).strip() for key, value in document.get_metadata_dict().items()}
    title = said.get("Title", "")
    named = nfc(path.stem).replace("_", " ").strip()
    year = re.search(r"D:(\d{4})", said.get("CreationDate", ""))
    return Package(
        name="",
        title=(title if title and not MADE_BY_PROGRAMS.match(title) else named)[:300],
        description=said.get("Subject", ""),
        year=int(year[1]) if year else None,
        creators=[(said["Author"][:200], "aut")] if said.get("Author") else [],
        subjects=[word.strip()[:120] for word in re.split(r"[,;]", said.get("Keywords", "")) if word.strip()][:30],
        contents=contents(document),
    )


def contents(document: pdfium.PdfDocument) -> list[Heading]:
    """The outline, each heading with the page it leads to as `page=N`, from 1; none where it cannot be read."""
    headings: list[Heading] = []
    try:
        for mark in document.get_toc(max_depth=6):
            place = mark.get_dest()
            page = place.get_index() if place else None
            title = nfc(mark.get_title()).replace("\0", "").strip()
            if page is not None and title:
                headings.append(Heading(title[:300], f"page={page + 1}", mark.level))
            if len(headings) >= MOST_HEADINGS:
                break
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return headings
    return headings


def _cover(document: pdfium.PdfDocument) -> bytes | None:
    """The first page as a JPEG."""
    try:
        page = document[0]
        width, height = page.get_size()
        if not 10 < width < 20_000 or not 10 < height < 20_000:
            return None
        picture = page.render(scale=COVER_WIDTH / max(width, height / 2)).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError, MemoryError):
        return None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
