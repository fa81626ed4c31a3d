"""Zip files that may be hostile: read in memory, by their own names, never unpacked (CWE-22, CWE-409)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _

from heritage.places.geometry.shapes import refuse

MOST_FILES = 50
LARGEST_CONTENT = 100 * 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, OverflowError)
"""What `zipfile` raises on damaged archives, `NotImplementedError` (a RuntimeError) included."""


@dataclass
class Archive:
    """An opened archive; `names` are those of its files."""

    zip: zipfile.ZipFile
    names: list[str]

    def read(self, name: str) -> bytes:
        """One file, never more of it than `LARGEST_CONTENT` whatever its header claims."""
        try:
            with self.zip.open(name) as file:
                data = file.read(LARGEST_CONTENT + 1)
        except BROKEN as error:
            raise refuse(
                "format", _("The archive cannot be read: %(reason)s") % {"reason": str(error)[:200]}
            ) from error
        if len(data) > LARGEST_CONTENT:
            raise refuse("size", _too_large())
        return data


@contextmanager
def opened(data: bytes) -> Iterator[Archive]:
    """The archive in `data`.

    Raises:
        BadGeometryError: no archive, too many or too large files, names that lead out of it.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise refuse("format", _("The archive cannot be read: %(reason)s") % {"reason": str(error)[:200]}) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            message = _("The archive has %(count)s files; the most is %(most)s.")
            raise refuse("size", message % {"count": len(entries), "most": MOST_FILES})
        if sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
            raise refuse("size", _too_large())
        for entry in entries:
            _refuse_outside(entry.filename)
        yield Archive(archive, [entry.filename for entry in entries])


def _too_large() -> str:
    return _("Unpacked, the archive is larger than %(most)s MB.") % {"most": LARGEST_CONTENT // 1_048_576}


def _refuse_outside(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        message = _("The archive holds “%(name)s”, a name that leads out of it; it is not read.")
        raise refuse("dangerous", message % {"name": name[:120]})
