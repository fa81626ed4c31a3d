"""One picture: checked, upright, with its EXIF and IPTC; the place where it was taken is told apart from it.

The place goes out of the file: public renditions carry a picture's EXIF, and a site may lie where nobody is to look.
"""

import io
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageOps, IptcImagePlugin

from heritage.catalog.imports.pictures.segments import IPTC, segments, with_exif
from heritage.catalog.surveys import photographs
from heritage.core.folding import nfc

UPRIGHT = 1
QUALITY = 95
_BYLINE, _CREDIT, _NOTICE, _CAPTION = (2, 80), (2, 110), (2, 116), (2, 120)
_CHARSET, _UTF8 = (1, 90), b"\x1b%G"


@dataclass(frozen=True)
class Picture:
    """`data` is what is kept; `place` is (latitude, longitude) in degrees, WGS 84; `taken_on` the camera's day."""

    data: bytes
    ending: str
    width: int
    height: int
    place: tuple[float, float] | None
    taken_on: Any
    credit: str
    caption: str


def read(data: bytes, name: str) -> Picture:
    """
    Raises:
        ValidationError: too large, no picture of a known type, or damaged; names the file and what to do.
    """
    seen = photographs.read(io.BytesIO(data), name, len(data))
    with Image.open(io.BytesIO(data), formats=list(photographs.FORMATS)) as image:
        exif, told = image.getexif(), _iptc(image)
        credit = _first(told.get(_CREDIT), told.get(_BYLINE), exif.get(ExifTags.Base.Artist))
        notice = _first(told.get(_NOTICE), exif.get(ExifTags.Base.Copyright))
        kept = _upright(image, exif, data)
        width, height = ImageOps.exif_transpose(image).size
    return Picture(
        data=kept,
        ending=seen.ending,
        width=width,
        height=height,
        place=seen.place,
        taken_on=seen.taken_at.date() if seen.taken_at else None,
        credit=" · ".join(dict.fromkeys(filter(None, (credit, notice))))[:200],
        caption=_first(told.get(_CAPTION))[:300],
    )


def _upright(image: Any, exif: Any, data: bytes) -> bytes:
    """The same bytes where nothing is to be changed; a JPEG that lies is turned, one with a place loses just that."""
    orientation, has_place = exif.get(ExifTags.Base.Orientation, UPRIGHT), bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if orientation == UPRIGHT and not has_place:
        return data
    bare = Image.Exif()
    bare.load(exif.tobytes())
    bare.pop(ExifTags.IFD.GPSInfo, None)
    bare._ifds.pop(ExifTags.IFD.GPSInfo, None)
    if orientation == UPRIGHT and image.format == "JPEG":
        return with_exif(data, bare.tobytes())
    bare[ExifTags.Base.Orientation] = UPRIGHT
    turned = ImageOps.exif_transpose(image)
    options: dict[str, Any] = {"exif": bare.tobytes(), "icc_profile": image.info.get("icc_profile")}
    if image.format == "JPEG":
        options |= {"quality": QUALITY, "subsampling": 0, "extra": b"".join(segments(data, IPTC))}
        turned.info.pop("xmp", None)
    elif image.format == "WEBP":
        options |= {"lossless": True}
    out = io.BytesIO()
    turned.save(out, image.format, **options)
    return out.getvalue()


def _iptc(image: Any) -> dict[tuple[int, int], str]:
    """IPTC-IIM data sets as text: UTF-8 where the file says so, else UTF-8 if it is such, else Latin-1."""
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except (SyntaxError, ValueError, IndexError, TypeError, OSError):
        return {}
    says_utf8 = found.get(_CHARSET) == _UTF8
    told = {}
    for key, value in found.items():
        raw = value[0] if isinstance(value, list) else value
        if isinstance(raw, bytes):
            told[key] = _text(raw, says_utf8)
    return told


def _text(raw: bytes, says_utf8: bool) -> str:
    try:
        return nfc(raw.decode("utf-8", "replace" if says_utf8 else "strict"))
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _first(*texts: Any) -> str:
    found = (str(text).replace("\0", "").strip() for text in texts if text)
    return next(filter(None, found), "")


__all__ = ["Picture", "ValidationError", "read"]
