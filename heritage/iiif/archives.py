"""ZIP files of scans: laid out in a folder for the while, within bounds, whatever their headers say."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils.translation import gettext as _

from heritage.iiif import originals
from heritage.iiif.formats import RefusedError

MAX_ENTRIES = 5_000
MAX_RATIO = 200
"""Scans are compressed already; what grows more than this many times is a bomb."""
CHUNK = 1024 * 1024
SIGNATURE = b"PK\x03\x04"


def is_archive(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == SIGNATURE


@contextmanager
def extracted(path: Path, name: str = "") -> Iterator[Path]:
    """A folder with the files of a ZIP, gone after the `with` block.

    Raises:
        RefusedError: damaged, locked, too many or too large files, or a name that leads out of the folder.
        NoRoomError: the disk is full.
    """
    name = name or path.name
    Path(settings.IIIF_UPLOADS_DIR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".zip-", dir=settings.IIIF_UPLOADS_DIR) as folder:
        try:
            with _opened(path) as archive:
                _checked(archive, path, name)
                for entry in archive.infolist():
                    if not entry.is_dir() and not _is_noise(entry.filename):
                        _extract(archive, entry, Path(folder), name)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
            if isinstance(error, OSError) and originals.is_full(error):
                raise originals.NoRoomError(name, originals.disk_full()) from error
            raise RefusedError(
                name, _("the ZIP file is damaged (%(detail)s). Make it again.") % {"detail": error}
            ) from (error)
        yield Path(folder)


def _opened(path: Path) -> zipfile.ZipFile:
    """Names without the mark of UTF-8 are mostly UTF-8 too, from programs that forget the mark."""
    try:
        return zipfile.ZipFile(path, metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path)


def _checked(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(name, _("it holds more than %(limit)s files. Split it.") % {"limit": MAX_ENTRIES})
    total = sum(entry.file_size for entry in entries)
    if total > max(path.stat().st_size * MAX_RATIO, CHUNK) or total > settings.IIIF_MAX_BATCH_BYTES:
        raise RefusedError(name, _grows())
    for entry in entries:
        inner = PurePosixPath(entry.filename.replace("\\", "/"))
        if inner.is_absolute() or ".." in inner.parts or ":" in (inner.parts or ("",))[0] or _is_link(entry):
            raise RefusedError(
                name, _("“%(file)s” in it leads out of its folder. Make it again from plain files.") % {"file": inner}
            )
        if entry.flag_bits & 1:
            raise RefusedError(name, _("it is locked by a password. Save it without one, then give it again."))
        if entry.file_size > settings.IIIF_MAX_UPLOAD_BYTES:
            limit = settings.IIIF_MAX_UPLOAD_BYTES // 1024**2
            raise RefusedError(
                name, _("“%(file)s” in it is larger than %(limit)s MB.") % {"file": inner.name, "limit": limit}
            )


def _grows() -> str:
    return _("unpacked it would be larger than is allowed. Give the scans in several ZIP files.")


def _is_link(entry: zipfile.ZipInfo) -> bool:
    mode = entry.external_attr >> 16
    return bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)


def _is_noise(filename: str) -> bool:
    """What operating systems add, such as `__MACOSX/._1.jpg` and `.DS_Store`."""
    parts = PurePosixPath(filename).parts
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, name: str) -> None:
    target = folder / entry.filename.replace("\\", "/")
    target.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise RefusedError(name, _grows())
            file.write(chunk)
