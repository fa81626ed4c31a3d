"""Which files a dossier takes: told by content, with an ending that agrees; refusals name value and remedy."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}
ENDINGS = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
ACCEPT = ",".join(ENDINGS)
OFFICE_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
MAX_PIXELS = 60_000_000
"""Of one picture: what is decoded for the PDF must fit in memory. Larger scans belong with the record's scans."""
MAX_PAGES = 3_000
MAX_PARTS = 5_000


@dataclass(frozen=True)
class Inspected:
    """What a file is by its content; `pages` is None where it has none that a PDF could show."""

    media_type: str
    pages: int | None


def refused(name: str, reason: str) -> ValidationError:
    return ValidationError(_("%(name)s: %(reason)s") % {"name": name[:120] or _("(no name)"), "reason": reason})


def inspect(file: IO[bytes], name: str, size: int) -> Inspected:
    """What the file is, looked at without trusting its name.

    Raises:
        ValidationError: too large, empty, no ending, an ending that does not agree, damaged, or locked.
    """
    _measured(name, size)
    ending = _ending(name)
    file.seek(0)
    media_type = _by_content(file, file.read(16))
    if not media_type:
        raise refused(name, _("its content is no type that dossiers take. Save it as PDF, JPEG, PNG, TIFF or DOCX."))
    if ENDINGS[ending] != media_type:
        right = next(known for known, kind in ENDINGS.items() if kind == media_type)
        values = {"ending": ending, "right": right}
        raise refused(name, _("it ends in %(ending)s but its content is %(right)s. Name it so.") % values)
    file.seek(0)
    return Inspected(media_type, _pages(file, name, media_type))


def _measured(name: str, size: int) -> None:
    limit = settings.DOSSIER_MAX_FILE_BYTES
    if size > limit:
        values = {"size": size // 1024**2, "limit": limit // 1024**2}
        raise refused(
            name, _("it has %(size)s MB; a file may have %(limit)s MB. Compress its scans or split it.") % values
        )
    if not size:
        raise refused(name, _("it is empty (0 bytes). Choose the file that has the content."))


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    if not ending or not Path(name).stem.strip("."):
        raise refused(name, _("its name has no ending. Give it the one of its type, such as .pdf or .jpg."))
    if ending not in ENDINGS:
        values = {"ending": ending[:20], "known": ", ".join(ENDINGS)}
        raise refused(name, _("files ending in %(ending)s are not taken. Taken are: %(known)s.") % values)
    return ending


def _by_content(file: IO[bytes], head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return "image/tiff"
    return _of_package(file) if head.startswith(b"PK\x03\x04") else ""


def _of_package(file: IO[bytes]) -> str:
    """The type of an office document, which is a ZIP; "" for any other ZIP, and for one that carries macros."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()[: MAX_PARTS + 1]
            if len(names) > MAX_PARTS or any("vbaproject" in name.lower() for name in names):
                return ""
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    kind = part.read(100).decode("ascii", "replace")
                return kind if kind in ENDINGS.values() else ""
            return next((ENDINGS[OFFICE_PARTS[name]] for name in names if name in OFFICE_PARTS), "")
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return ""


def _pages(file: IO[bytes], name: str, media_type: str) -> int | None:
    if media_type == "application/pdf":
        pages = _pdf_pages(file, name)
    elif media_type in IMAGES:
        pages = _image_pages(file, name, media_type)
    else:
        return None
    if pages > MAX_PAGES:
        values = {"pages": pages, "limit": MAX_PAGES}
        raise refused(name, _("it has %(pages)s pages; a file may have %(limit)s. Split it.") % values)
    return pages


def _pdf_pages(file: Any, name: str) -> int:
    try:
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.stream) as document:
            if document.is_encrypted:
                raise refused(name, _("it is protected by a password or rights. Save it without protection."))
            pages = len(document.pages)
    except pikepdf.PasswordError as error:
        raise refused(name, _("it is protected by a password or rights. Save it without protection.")) from error
    except (pikepdf.PdfError, ValueError, OSError) as error:
        raise refused(name, _("the PDF is damaged or cut short. Export or scan it again.")) from error
    if not pages:
        raise refused(name, _("the PDF has no page. Export it again."))
    return pages


def _image_pages(file: IO[bytes], name: str, media_type: str) -> int:
    """Frames of an image, each within the bounds; the pixels of the first are read, so that a cut file is found."""
    damaged = _("the picture is damaged or cut short. Copy or scan it again.")
    try:
        with Image.open(file, formats=[IMAGES[media_type]]) as image:
            frames = int(getattr(image, "n_frames", 1))
            for frame in range(min(frames, MAX_PAGES)):
                if frames > 1:
                    image.seek(frame)
                if image.width * image.height > MAX_PIXELS:
                    raise refused(name, _too_many_pixels(image.width, image.height))
            image.seek(0)
            image.load()
    except Image.DecompressionBombError as error:
        raise refused(name, _too_many_pixels(0, 0)) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        if isinstance(error, ValidationError):
            raise
        raise refused(name, damaged) from error
    return frames


def _too_many_pixels(width: int, height: int) -> str:
    values = {"width": width or "?", "height": height or "?", "limit": MAX_PIXELS // 1_000_000}
    text = _("%(width)s x %(height)s pixels are over %(limit)s megapixels. Add it to the record's scans instead.")
    return text % values
