"""The ZIP of an EPUB (OCF 3.3, section 4), opened as if it were made to do harm."""

import posixpath
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from heritage.library.epub.errors import EpubError

MIMETYPE = b"application/epub+zip"
MOST_FILES = 5_000
MOST_BYTES = 500 * 1024 * 1024
MOST_BYTES_PER_FILE = 100 * 1024 * 1024
MOST_XML_BYTES = 20 * 1024 * 1024
HIGHEST_RATIO = 200
"""Unpacked to packed; plain text reaches about 10, a bomb 1,000."""


class Container:
    """The files of one EPUB by name; nothing is ever written to disk by the names inside."""

    def __init__(self, source: Path | IO[bytes]) -> None:
        """Check names, number and sizes before anything is unpacked.

        Raises:
            EpubError: with the reason.
        """
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise EpubError(_("This is no EPUB: it cannot be opened as a ZIP file.")) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
        self._check_entries()
        self._check_mimetype()

    def __enter__(self) -> "Container":
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        return self._entries[name].file_size

    def read(self, name: str, limit: int = MOST_BYTES_PER_FILE) -> bytes:
        """The content of `name`.

        Raises:
            EpubError: it is absent, broken, or longer than `limit` bytes, whatever the ZIP says of itself.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise EpubError(_("The file %(name)s is missing in the EPUB.") % {"name": name})
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
            raise EpubError(_("The file %(name)s in the EPUB is damaged.") % {"name": name}) from error
        if len(data) > limit:
            raise EpubError(_("The file %(name)s in the EPUB is too large.") % {"name": name})
        return data

    def _check_entries(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_FILES:
            raise EpubError(_("The EPUB has %(count)d files; at most %(most)d are taken.") % _counts(entries))
        if not self._entries:
            raise EpubError(_("The EPUB is empty."))
        seen = set()
        for entry in entries:
            _check_name(entry)
            if entry.flag_bits & 0x1:
                raise EpubError(_("The EPUB is locked with a password; hand in one without."))
            key = entry.filename.casefold()
            if key in seen:
                raise EpubError(_("The EPUB has the file %(name)s twice.") % {"name": entry.filename})
            seen.add(key)
        _check_sizes(entries)

    def _check_mimetype(self) -> None:
        if "mimetype" not in self._entries:
            raise EpubError(_("This is a ZIP file but no EPUB: it has no file named mimetype."))
        if self.read("mimetype", 100).strip() != MIMETYPE:
            raise EpubError(_("This is no EPUB: its mimetype file says something else."))


def _counts(entries: list[zipfile.ZipInfo]) -> dict[str, int]:
    return {"count": len(entries), "most": MOST_FILES}


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    hostile = name.startswith("/") or "\\" in name or "\0" in name or ".." in parts or ":" in parts[0]
    if hostile or stat.S_ISLNK(entry.external_attr >> 16):
        raise EpubError(_("The EPUB has a file outside itself (%(name)s).") % {"name": name[:100]})


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    inflated = any(
        entry.file_size > 1024 * 1024 and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if total > MOST_BYTES or inflated or (total > 10 * 1024 * 1024 and total > HIGHEST_RATIO * max(1, packed)):
        raise EpubError(_("The EPUB unpacks to far more than its size, as a ZIP bomb does."))


def resolve(base: str, href: str) -> str:
    """The name in the container that `href` means in the file `base`, without its fragment; "" if it leads outside."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    return "" if path.startswith(("../", "/")) or path in ("..", ".") else path
