"""Pyramids: a scan as tiled TIFF, JPEG tiles of 512 pixels, halved until one tile holds all, in sRGB and upright."""

import errno
import os
from pathlib import Path
from typing import Any

import pyvips
from django.conf import settings
from django.utils.translation import gettext as _

from heritage.iiif import decoding, formats, stores
from heritage.iiif.formats import RefusedError, damaged
from heritage.iiif.stores import Pyramid

TILE = 512
SMALL_SIDE, SMALL_TILE = 128, 64  # libvips does not read a tile many times larger than its image
QUALITY = 88
"""Below 90 libvips writes YCbCr with halved colour, which every JPEG reader understands without an Adobe marker."""

EXIF_KEPT = {
    "exif-ifd0-Make": "make",
    "exif-ifd0-Model": "model",
    "exif-ifd0-Software": "software",
    "exif-ifd0-DateTime": "captured_at",
    "exif-ifd2-DateTimeOriginal": "captured_at",
}


def build(source: Path, media_type: str, page: int, target: Pyramid, name: str) -> dict[str, Any]:
    """Write the pyramid of one page of `source` to `target`, which appears whole or not at all.

    Returns the upright image's `width` and `height` in pixels, `technical` metadata of the source, and the `lines` of
    text that the page itself brings, words as `[text, x, y, width, height]`.

    Raises:
        RefusedError: the pixels cannot be read to their end, or mean no colour.
        OSError: the disk is full or cannot be written.
    """
    temporary = _temporary(target)
    try:
        with formats.opened(source, media_type, page) as found:
            technical = technical_metadata(found.image)
            image = to_srgb(found.image.autorot(), name)
            _save(image, temporary)
            lines = found.lines
    except decoding.DecodingError as error:
        temporary.unlink(missing_ok=True)
        raise RefusedError(name, str(error)) from error
    except pyvips.Error as error:
        temporary.unlink(missing_ok=True)
        if "no space left" in str(error).lower() or "write error" in str(error).lower():
            raise OSError(errno.ENOSPC, str(error)) from error
        raise RefusedError(name, damaged(str(error))) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    try:
        stores.keep(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return {"width": image.width, "height": image.height, "technical": technical, "lines": lines}


def _temporary(target: Pyramid) -> Path:
    """Where a pyramid grows: beside its place, or in IIIF_PYRAMIDS_DIR on its way to a bucket."""
    place = target if isinstance(target, Path) else Path(settings.IIIF_PYRAMIDS_DIR, target.place)
    place.parent.mkdir(parents=True, exist_ok=True)
    for half in place.parent.glob(f".{place.name}.*.part"):  # of a process killed on the way; who calls has the lock
        half.unlink(missing_ok=True)
    return place.with_name(f".{place.name}.{os.getpid()}.part")


def _save(image: pyvips.Image, path: Path) -> None:
    tile = TILE if max(image.width, image.height) > SMALL_SIDE else SMALL_TILE
    image.tiffsave(
        str(path),
        tile=True,
        pyramid=True,
        compression="jpeg",
        Q=QUALITY,
        tile_width=tile,
        tile_height=tile,
        bigtiff=image.width * image.height > MAX_CLASSIC_PIXELS,
        keep="none",
    )


MAX_CLASSIC_PIXELS = 1_000_000_000
"""Classic TIFF ends at 4 GiB; JPEG tiles of 1,000 megapixels stay below it."""


def to_srgb(image: pyvips.Image, name: str) -> pyvips.Image:
    """8-bit sRGB, or 8-bit grey for what has no colour and no profile; transparency becomes white.

    Raises:
        RefusedError: pixels whose meaning is unknown, such as floating point without a colour space.
    """
    image = _with_meaning(image, name)
    if image.hasalpha():
        image = image.flatten(background=_white(image))
    if image.get_typeof("icc-profile-data"):
        try:
            return image.icc_transform("srgb", embedded=True, intent="relative", depth=8)
        except pyvips.Error:  # a profile that does not fit its pixels is worth less than none
            image = image.copy()
            image.remove("icc-profile-data")
    if image.interpretation == "cmyk":
        return image.icc_transform("srgb", input_profile="cmyk", intent="relative", depth=8)
    return image.colourspace("b-w" if image.bands == 1 else "srgb").cast("uchar")


def _white(image: pyvips.Image) -> list[float]:
    if image.interpretation == "cmyk":
        return [0.0]
    return [65535.0] if image.format == "ushort" else [255.0]


def _with_meaning(image: pyvips.Image, name: str) -> pyvips.Image:
    """The image with the interpretation that its format and number of bands imply."""
    if image.format not in ("uchar", "ushort") and image.interpretation not in ("scrgb", "lab", "labs"):
        raise RefusedError(name, no_colour(image.format))
    if image.interpretation in ("multiband", "b-w", "srgb", "rgb", "rgb16", "grey16"):
        colours = image.bands - (1 if image.bands in (2, 4) else 0)
        if colours not in (1, 3):
            raise RefusedError(name, no_colour(f"{image.bands} x {image.format}"))
        is_deep = image.format == "ushort"
        meaning = {1: "grey16" if is_deep else "b-w", 3: "rgb16" if is_deep else "srgb"}[colours]
        return image.copy(interpretation=meaning)
    return image


def no_colour(detail: str) -> str:
    """The reason for pixels that name no colour."""

    return _("its pixels name no colour (%(detail)s). Save it as 8 or 16 bit RGB, grey or CMYK.") % {"detail": detail}


def technical_metadata(image: pyvips.Image) -> dict[str, Any]:
    """What the file says of its own making; resolution in pixels per millimetre."""
    found: dict[str, Any] = {
        "width": image.width,
        "height": image.height,
        "bands": image.bands,
        "format": image.format,
        "interpretation": image.interpretation,
        "has_profile": bool(image.get_typeof("icc-profile-data")),
        "pixels_per_mm": round(image.xres, 3),
    }
    for field, key in EXIF_KEPT.items():
        if image.get_typeof(field):
            found[key] = str(image.get(field)).split(" (")[0].strip()[:100]
    return found
