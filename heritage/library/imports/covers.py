"""Covers: pictures found in books, decoded within limits and written anew."""

import io

from django.core.files.images import ImageFile
from PIL import Image, UnidentifiedImageError

from heritage.core.models import ArchiveImage
from heritage.library.imports.files import WrittenFiles

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600


def add_cover(data: bytes, title: str, files: WrittenFiles) -> ArchiveImage | None:
    """An image of the archive from a book's cover; None where it is no picture that can be shown."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            shown = picture.convert("RGB")
            shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=85, optimize=True)
    image = ArchiveImage(title=title[:255], file=ImageFile(out, name="cover.jpg"))
    image.save()
    files.note(image.file)
    return image
