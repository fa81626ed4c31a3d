"""Finding the books in a path and taking in each by itself, so that one bad file stops nothing."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from heritage.library import epub
from heritage.library.imports import pdf, pictures
from heritage.library.imports.audio import audiobooks, is_audio
from heritage.library.imports.files import WrittenFiles
from heritage.library.imports.report import Report, Row
from heritage.library.imports.shelving import shelve_audiobook, shelve_ebook
from heritage.library.imports.terms import Terms
from heritage.library.models import FileFormat

MOST_EPUB_BYTES = 300 * 1024 * 1024
EBOOKS = {
    ".epub": (FileFormat.EPUB, epub.read),
    ".pdf": (FileFormat.PDF, pdf.read),
    ".cbz": (FileFormat.CBZ, pictures.read),
}
"""How e-books are read, by the end of their name."""


def take_in(
    path: Path, terms: Terms | None = None, dry_run: bool = False, tell: Callable[[Row], None] | None = None
) -> Report:
    """Take in the book at `path`, or all books below it.

    Args:
        tell: hears of each book as soon as it is done.

    Raises:
        FileNotFoundError: nothing is there.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    report = Report(dry_run=dry_run)
    for row in _rows(path, terms or Terms(), dry_run):
        report.rows.append(row)
        if tell:
            tell(row)
    return report


def _rows(path: Path, terms: Terms, dry_run: bool) -> Iterator[Row]:
    if path.is_file() and not is_audio(path) and path.suffix.lower() not in EBOOKS:
        reason = _("The library takes EPUB, PDF, CBZ, MP3, M4A, M4B, OGG, Opus and FLAC files.")
        yield Row(str(path), "refused", reason=reason)
        return
    folders: dict[Path, list[Path]] = defaultdict(list)
    for file in [path] if path.is_file() else _files(path):
        if file.suffix.lower() in EBOOKS:
            yield _one(file, dry_run, partial(_ebook, file, terms))
        elif is_audio(file):
            folders[file.parent].append(file)
    for tracks in folders.values():
        books, refused = audiobooks(tracks)
        yield from (Row(str(file), "refused", reason=reason) for file, reason in refused)
        for book in books:
            yield _one(book.path, dry_run, partial(shelve_audiobook, book, terms))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in a steady order; links are not followed out of it."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(here, name)
            if not name.startswith(".") and file.is_file() and not file.is_symlink():
                yield file


def _one(path: Path, dry_run: bool, take: Callable[[WrittenFiles], Row]) -> Row:
    """One book in one transaction; a dry run does the same and takes it back."""
    files = WrittenFiles()
    try:
        with transaction.atomic():
            row = take(files)
            transaction.set_rollback(dry_run)
    except epub.EpubError as error:
        files.undo()
        return Row(str(path), "refused", reason=str(error))
    except BaseException:
        files.undo()
        raise
    files.undo() if dry_run else files.keep()
    return row


def _ebook(path: Path, terms: Terms, files: WrittenFiles) -> Row:
    if path.stat().st_size > MOST_EPUB_BYTES:
        raise epub.EpubError(_("The file is larger than %(size)d MB.") % {"size": MOST_EPUB_BYTES // 1024**2})
    format, read = EBOOKS[path.suffix.lower()]  # noqa: A001 - the field's word
    return shelve_ebook(path, read(path), terms, files, format)
