"""ZIP files of books or pictures: unpacked within limits, under names that cannot lead out of their folder."""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

MOST_FILES = 20_000
MOST_BYTES = 8 * 1024**3
MOST_BYTES_PER_FILE = 4 * 1024**3
HIGHEST_RATIO = 200
DEEPEST = 20


class ArchiveError(Exception):
    """`str()` says what is wrong with the file, to the person who handed it in."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with the files of a ZIP, gone again afterwards; ZIP files inside it are left out.

    Raises:
        ArchiveError: it is damaged, locked, made to do harm, or too large for the disk.
    """
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="unpacked-zip-") as name:
            folder = Path(name)
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, shutil.disk_usage(folder).free)
            for entry in entries:
                if not entry.filename.lower().endswith(".zip") and "__MACOSX" not in entry.filename:
                    _write(archive, entry, folder)
            yield folder
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ArchiveError(_("The ZIP file is damaged; pack it again.")) from error


def _check(entries: list[zipfile.ZipInfo], free: int) -> None:
    if len(entries) > MOST_FILES:
        count = {"count": len(entries), "most": MOST_FILES}
        raise ArchiveError(_("The ZIP file has %(count)d files; at most %(most)d are taken.") % count)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ArchiveError(_("The ZIP file is locked with a password; hand in one without."))
    for entry in entries:
        name = entry.orig_filename
        hostile = name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or ":" in name[:3]
        if hostile or name.count("/") > DEEPEST or stat.S_ISLNK(entry.external_attr >> 16):
            raise ArchiveError(
                _("The ZIP file has a file outside itself (%(name)s). Pack it anew without it.") % {"name": name[:100]}
            )
    total, packed = (sum(getattr(entry, size) for entry in entries) for size in ("file_size", "compress_size"))
    if total > 10 * 1024**2 and total > HIGHEST_RATIO * max(1, packed):
        raise ArchiveError(_("The ZIP file unpacks to far more than its size, as a ZIP bomb does."))
    if total > min(MOST_BYTES, free // 2) or any(entry.file_size > MOST_BYTES_PER_FILE for entry in entries):
        raise ArchiveError(_("The ZIP file unpacks to more than there is room for; hand the files in by turns."))


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """One file, no longer than the ZIP says it is."""
    target = folder.joinpath(*(_shortened(part) for part in PurePosixPath(entry.filename).parts))
    target.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as source, target.open("wb") as stored:
        while piece := source.read(min(1024 * 1024, left + 1)):
            left -= len(piece)
            if left < 0:
                raise ArchiveError(_("The ZIP file is damaged; pack it again."))
            stored.write(piece)


def _shortened(part: str) -> str:
    """A name that every file system takes: 255 bytes at most, its end kept."""
    if len(part.encode()) <= 200:
        return part
    ending = PurePosixPath(part).suffix[-10:]
    return part.encode()[:180].decode(errors="ignore") + ending
