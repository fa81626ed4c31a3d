"""Finding the books in a path and taking in each by itself, so that one bad file stops nothing."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.signal_handlers import disable_reference_index_auto_update

from heritage.core import archives
from heritage.library import epub
from heritage.library.imports import pdf, pictures
from heritage.library.imports.audio import Audiobook, audiobooks, book_folder, digest, is_audio
from heritage.library.imports.duplicates import Seen
from heritage.library.imports.files import WrittenFiles
from heritage.library.imports.report import Report, Row
from heritage.library.imports.shelving import shelve_audiobook, shelve_ebook, unchanged
from heritage.library.imports.terms import Terms
from heritage.library.models import EditionKind

MOST_EPUB_BYTES = 300 * 1024 * 1024
EBOOKS = {".epub": epub.read, ".pdf": pdf.read, ".cbz": pictures.read}
"""How e-books are read, by the end of their name."""
PROTECTED = (".acsm", ".lcpl", ".lcpdf", ".lcpa", ".lcpau", ".aax", ".aaxc", ".aa", ".kfx", ".azw", ".m4p")
NOT_TAKEN = (".mobi", ".azw3", ".fb2", ".djvu", ".cbr", ".cb7", ".doc", ".docx", ".odt", ".rtf", ".wma", ".wav", ".rar")


def take_in(
    path: Path, terms: Terms | None = None, dry_run: bool = False, tell: Callable[[Row], None] | None = None
) -> Report:
    """Take in the book at `path`, or all books below it, in ZIP files too.

    Args:
        tell: hears of each book as soon as it is done.

    Raises:
        FileNotFoundError: nothing is there.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    report = Report(dry_run=dry_run)
    for row in _rows(path, Taking(terms or Terms(), dry_run)):
        report.rows.append(row)
        if tell:
            tell(row)
    return report


class Taking:
    """One import: on what terms, for good or for trial, and what it has seen."""

    def __init__(self, terms: Terms, dry_run: bool) -> None:
        self.terms, self.dry_run, self.seen = terms, dry_run, Seen()
        self._answers: dict[str, Row] = {}

    def take(self, path: Path, source: str, shelve: Callable[[WrittenFiles], Row]) -> Row:
        """One book in one transaction; a dry run does the same and takes it back. `source` names its bytes."""
        if known := self._answers.get(source):
            return replace(known, path=str(path), outcome="unchanged", removed={})
        files = WrittenFiles()
        try:
            # What refers to what is written down once for a book (`shelving`), not at each of its many savings.
            with transaction.atomic(), disable_reference_index_auto_update():
                row = shelve(files)
                transaction.set_rollback(self.dry_run)
        except epub.EpubError as error:
            files.undo()
            return Row(str(path), "refused", reason=str(error))
        except BaseException:
            files.undo()
            raise
        files.undo() if self.dry_run else files.keep()
        self._answers[source] = row
        return row

    def ebook(self, path: Path) -> Row:
        if path.stat().st_size > MOST_EPUB_BYTES:
            too_large = _("The file is larger than %(size)d MB.") % {"size": MOST_EPUB_BYTES // 1024**2}
            return Row(str(path), "refused", reason=too_large)
        source = digest(path)
        if known := unchanged(path, EditionKind.EBOOK, source):
            return known
        read = EBOOKS[path.suffix.lower()]

        def shelve(files: WrittenFiles) -> Row:
            return shelve_ebook(path, read(path), source, self.terms, files, self.seen)

        return self.take(path, source, shelve)


def _rows(path: Path, taking: Taking) -> Iterator[Row]:
    folders: dict[Path, list[Path]] = defaultdict(list)
    for file in [path] if path.is_file() else _files(path):
        suffix = file.suffix.lower()
        if suffix in EBOOKS:
            yield taking.ebook(file)
        elif is_audio(file):
            folders[book_folder(file.parent)].append(file)
        elif suffix == ".zip":
            yield from _unpacked(file, taking)
        elif reason := _why_not(file, path.is_file()):
            yield Row(str(file), "refused", reason=reason)
    for tracks in folders.values():
        books, refused = audiobooks(tracks)
        yield from (Row(str(file), "refused", reason=reason) for file, reason in refused)
        for book in books:
            yield taking.take(book.path, book.sha256, partial(_shelve_audiobook, book, taking))


def _shelve_audiobook(book: Audiobook, taking: Taking, files: WrittenFiles) -> Row:
    return shelve_audiobook(book, taking.terms, files, taking.seen)


def _unpacked(file: Path, taking: Taking) -> Iterator[Row]:
    """The books in a ZIP file, named by the file and the place in it."""
    try:
        with archives.unpacked(file) as folder:
            rows = list(_rows(folder, taking))
            yield from (replace(row, path=f"{file}/{Path(row.path).relative_to(folder)}") for row in rows)
            if not rows:
                yield Row(str(file), "refused", reason=_("There is no book in this ZIP file."))
    except archives.ArchiveError as error:
        yield Row(str(file), "refused", reason=str(error))


def _why_not(file: Path, alone: bool) -> str:
    """Why a file is not taken; "" for what may lie beside books, such as covers and transcripts."""
    suffix = file.suffix.lower()
    if suffix in PROTECTED:
        return _("The file is protected (DRM) or only a ticket to a protected book; ask the publisher for one without.")
    if suffix in NOT_TAKEN or alone:
        return _("The library takes EPUB, PDF, CBZ, MP3, M4A, M4B, OGG, Opus and FLAC files, and ZIP files of them.")
    return ""


def _files(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in a steady order; links are not followed out of it."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(here, name)
            if not name.startswith(".") and file.is_file() and not file.is_symlink():
                yield file
