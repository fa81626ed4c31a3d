"""Photographs as phones send them: what they say of time and place, and a copy that says nothing of its owner."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

FORMATS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
MAX_BYTES = 40 * 1024**2
MAX_PIXELS = 60_000_000
SHOWN_SIDE = 1600


@dataclass(frozen=True)
class Photograph:
    """What a photograph is and says; `place` is (latitude, longitude) in degrees, WGS 84."""

    media_type: str
    ending: str
    taken_at: dt.datetime | None
    place: tuple[float, float] | None
    shown: bytes


def read(file: IO[bytes], name: str, size: int) -> Photograph:
    """Look through a photograph once, to its last pixel.

    Raises:
        ValidationError: too large, no picture of a known type, or damaged; names the file and what to do.
    """
    if size > MAX_BYTES:
        values = {"name": name[:80], "size": size // 1024**2, "limit": MAX_BYTES // 1024**2}
        message = _("%(name)s: it has %(size)s MB; a photograph may have %(limit)s MB. Choose a smaller size.")
        raise ValidationError(message % values)
    try:
        file.seek(0)
        with Image.open(file, formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(
                    _("%(name)s: it has too many pixels. Choose a smaller size.") % {"name": name[:80]}
                )
            media_type, ending = FORMATS[str(image.format)]
            exif = image.getexif()
            return Photograph(media_type, ending, _taken_at(exif), _place(exif), _shown(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = _("%(name)s: it is no photograph, or it is damaged. Send a JPEG, PNG or WebP picture.")
        raise ValidationError(message % {"name": name[:80]}) from error


def _shown(image: Any) -> bytes:
    """Upright, at most 1600 pixels a side, without any of the data a camera writes."""
    image.draft("RGB", (SHOWN_SIDE * 2, SHOWN_SIDE * 2))
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82)
    return out.getvalue()


def _taken_at(exif: Any) -> dt.datetime | None:
    """DateTimeOriginal with its offset (Exif 2.31); without one the clock of the place is taken."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        if offset:
            return dt.datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z")
        return timezone.make_aware(dt.datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except ValueError:
        return None


def _place(exif: Any) -> tuple[float, float] | None:
    """Degrees from the GPS directory; None where there is none or it is no place on Earth."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"), "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"), "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if on_earth and (latitude or longitude) else None


def _degrees(parts: Any, reference: str, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if value != value:  # NaN, from a fraction of nought by nought
        raise ValueError("no number")
    return round(-value if str(reference).upper().startswith(negative) else value, 7)
