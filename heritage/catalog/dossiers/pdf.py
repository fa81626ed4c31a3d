"""A whole dossier as one PDF: contents first, then every file in the order of the items, with bookmarks.

qpdf joins the pages without decoding them and reads streams from disk only while it writes, so memory does not grow
with the dossier. (Pages that pikepdf moves from one document to another are held in memory whole.)
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from heritage.catalog.dossiers import contents, pictures
from heritage.catalog.dossiers.contents import Entry
from heritage.catalog.dossiers.formats import IMAGES
from heritage.catalog.models import Dossier, DossierFile, DossierItem

Progress = Callable[[int, int], None]
OF_DOCUMENTS = ("/AcroForm", "/AA", "/Names", "/OpenAction")
"""What a PDF would do or hold as a document; of it the pages only are wanted."""


class ExportError(Exception):
    """An export that cannot be made; the message says which file and what to do.

    `message` is lazy, and takes `values` when it is read: the export is Vietnamese, who ordered it may not be.
    """

    def __init__(self, message: Any, **values: str) -> None:
        super().__init__(message, values)
        self.message, self.values = message, values

    def __str__(self) -> str:
        return str(self.message) % self.values


def entries_of(dossier: Dossier) -> list[Entry]:
    """Items with the files that were not set aside, each with the page where it begins."""
    kept = Prefetch("files", DossierFile.objects.filter(set_aside=""), to_attr="kept_files")
    items = DossierItem.objects.filter(dossier=dossier).select_related("checked_by", "line").prefetch_related(kept)
    entries, page = [], 0
    for item in items:
        files: list[DossierFile] = item.kept_files  # type: ignore[attr-defined]
        entries.append(Entry(item, files, page if files else None))
        page += sum(pages_of(file) for file in files)
    return entries


def pages_of(file: DossierFile) -> int:
    """Pages that a file adds; one notice for a file that has none."""
    return file.pages or 1


def write(dossier: Dossier, target: Path, progress: Progress) -> None:
    """Write the PDF to `target`.

    Args:
        progress: told the pages done and the pages there are, after each file and while writing.

    Raises:
        ExportError: a file is missing from the storage or cannot be read any more.
    """
    entries = entries_of(dossier)
    total = sum(pages_of(file) for entry in entries for file in entry.files)
    with TemporaryDirectory(prefix="dossier-") as folder:
        work = Path(folder)
        offset = contents.draw(dossier, entries, work / "contents.pdf")
        parts = [work / "contents.pdf"]
        for part, done in _parts(entries, work):
            parts.append(part)
            progress(min(done, total), 2 * total)
        with _joined(parts) as whole:
            _bookmarks(whole, entries, offset)
            _describe(whole, dossier)
            whole.save(target, progress=lambda percent: progress(total + total * percent // 100, 2 * total))


def _joined(parts: list[Path]) -> pikepdf.Pdf:
    """One document of the pages of all `parts`, which must stay until it is saved; qpdf opens few at a time."""
    unused = parts[0].with_name("unused.pdf")
    return pikepdf.Job(["qpdf", "--empty", "--pages", *map(str, parts), "--", str(unused)]).create_pdf()


def _parts(entries: list[Entry], work: Path) -> Iterator[tuple[Path, int]]:
    """PDFs below `work` that make up the dossier, in order, each with the pages done by then."""
    done = number = 0
    for entry in entries:
        for file in entry.files:
            for page in _pages(file, work):
                number += 1
                yield page.rename(work / f"part-{number}.pdf"), done
            done += pages_of(file)


def _pages(file: DossierFile, work: Path) -> Iterator[Path]:
    """The pages of one file as PDFs below `work`; each may be moved away by whoever takes it."""
    try:
        with file.file.storage.open(str(file.file.name), "rb") as stored:
            if file.media_type == "application/pdf":
                yield _disarmed(_copied(stored, work / "copy.pdf"))
            elif file.media_type in IMAGES:
                yield from pictures.as_pdfs(stored, file.media_type, work)
            else:
                pictures.notice(file, work / "notice.pdf")
                yield work / "notice.pdf"
    except (OSError, ValueError, pikepdf.PdfError) as error:
        message = _("%(file)s cannot be read (%(error)s). Set it aside and give it again.")
        raise ExportError(message, file=file.name, error=str(error)[:120]) from error


def _disarmed(path: Path) -> Path:
    """The PDF without what would run a script or a program, beside the one at `path`."""
    target = path.with_name("disarmed.pdf")
    with pikepdf.open(path, access_mode=pikepdf.AccessMode.stream) as source:
        for name in OF_DOCUMENTS:
            if name in source.Root:
                del source.Root[name]
        for page in source.pages:
            _disarm(page.obj)
        source.save(target)
    path.unlink()
    return target


def _disarm(page: Any) -> None:
    notes = page.get("/Annots", [])
    for one in [page, *notes]:
        if "/AA" in one:
            del one["/AA"]
    for note in notes:
        action = note.get("/A")
        if action is not None and str(action.get("/S", "")) in ("/JavaScript", "/Launch"):
            del note["/A"]


def _copied(stored: Any, target: Path) -> Path:
    """A PDF from the storage as a file on disk, where pikepdf can read its streams when they are needed."""
    with target.open("wb") as out:
        while chunk := stored.read(1024 * 1024):
            out.write(chunk)
    return target


def _bookmarks(whole: pikepdf.Pdf, entries: list[Entry], offset: int) -> None:
    with whole.open_outline() as outline:
        for position, entry in enumerate(entries, start=1):
            if entry.first_page is not None:
                title = f"{position}. {entry.title}"
                outline.root.append(pikepdf.OutlineItem(title, offset + entry.first_page))


def _describe(whole: pikepdf.Pdf, dossier: Dossier) -> None:
    with whole.open_metadata() as metadata:
        metadata["dc:title"] = str(dossier)
        metadata["dc:identifier"] = dossier.record.number
        metadata["pdf:Producer"] = "heritage-archive"
