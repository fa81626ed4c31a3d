"""CBZ: a ZIP of pictures, a page each. Only the pictures are kept, under names of our own, in natural order."""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from heritage.core.folding import nfc
from heritage.library.epub import Epub, EpubError
from heritage.library.epub.package import Package
from heritage.library.epub.xml import local, parse
from heritage.library.imports.audio import natural

SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
MOST_PAGES = 3_000
MOST_BYTES = 500 * 1024 * 1024
MOST_BYTES_PER_PAGE = 60 * 1024 * 1024
MOST_PIXELS = 100_000_000
ROLES = {"writer": "aut", "penciller": "ill", "translator": "trl", "editor": "edt", "publisher": "pbl"}


def read(path: Path) -> Epub:
    """Check and describe a CBZ; `data` is a new ZIP of its pictures alone.

    Raises:
        EpubError: it is no ZIP, has no pictures, or one that is damaged, locked or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise EpubError(_("This is no CBZ, or it is damaged: it cannot be opened as a ZIP file.")) from error


def _read(path: Path, archive: zipfile.ZipFile) -> Epub:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise EpubError(_("The CBZ is locked with a password; hand in one without."))
    pages = sorted(filter(_is_page, entries), key=lambda entry: natural(entry.filename))
    if not 0 < len(pages) <= MOST_PAGES:
        count = {"count": len(pages), "most": MOST_PAGES}
        raise EpubError(_("The CBZ has %(count)d pictures; from 1 to %(most)d are taken.") % count)
    if sum(entry.file_size for entry in pages) > MOST_BYTES:
        raise EpubError(_("The CBZ unpacks to more than %(size)d MB.") % {"size": MOST_BYTES // 1024**2})
    out, cover = io.BytesIO(), None
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as clean:
        for number, entry in enumerate(pages, 1):
            data = _bytes(archive, entry)
            suffix = _suffix(data, entry.filename)
            cover = cover or data
            clean.writestr(zipfile.ZipInfo(f"{number:05d}.{suffix}", (1980, 1, 1, 0, 0, 0)), data)
    others = len(entries) - len(pages) - sum(entry.filename.casefold() == "comicinfo.xml" for entry in entries)
    return Epub(_package(path, archive), out.getvalue(), {"foreign file": others} if others else {}, cover)


def _is_page(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename)
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    return not hidden and name.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp", ".gif")


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        data = stream.read(MOST_BYTES_PER_PAGE + 1)
    if len(data) > MOST_BYTES_PER_PAGE:
        raise EpubError(_("The picture %(name)s is too large.") % {"name": entry.filename[:100]})
    return data


def _suffix(data: bytes, name: str) -> str:
    """By what the picture is, not by what it is called."""
    try:
        with Image.open(io.BytesIO(data), formats=list(SUFFIXES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise EpubError(_("The picture %(name)s is too large.") % {"name": name[:100]})
            return SUFFIXES[str(picture.format)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise EpubError(_("The picture %(name)s is damaged.") % {"name": name[:100]}) from error


def _package(path: Path, archive: zipfile.ZipFile) -> Package:
    """From `ComicInfo.xml` where there is one that can be read, else from the file's name."""
    said: dict[str, str] = {}
    entry = next((e for e in archive.infolist() if e.filename.casefold() == "comicinfo.xml"), None)
    if entry is not None and entry.file_size < 1024 * 1024:
        root: Any = parse(_bytes(archive, entry), entry.filename)
        said = {local(child): nfc((child.text or "").strip()) for child in root}
    year = said.get("year", "")
    return Package(
        name="",
        title=(said.get("title") or said.get("series") or nfc(path.stem).replace("_", " "))[:300],
        language=said.get("languageiso", ""),
        description=said.get("summary", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        page_direction="rtl" if said.get("manga", "") == "YesAndRightToLeft" else "",
        creators=[(said[tag][:200], role) for tag, role in ROLES.items() if said.get(tag)],
    )
