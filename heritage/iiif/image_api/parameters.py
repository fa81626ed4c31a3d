"""The parameters of an image request (Image API 3.0, section 4), resolved to whole pixels or refused with a reason."""

import math
import re
from dataclasses import dataclass

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "tif": "image/tiff",
    "avif": "image/avif",
}

_INTEGER = r"\d{1,9}"
_NUMBER = r"\d{1,9}(?:\.\d{1,12})?"
_REGION = re.compile(rf"({_INTEGER}),({_INTEGER}),({_INTEGER}),({_INTEGER})", re.ASCII)
_REGION_PERCENT = re.compile(rf"pct:({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)
_SIZE = re.compile(rf"(\^?)(!?)({_INTEGER})?,({_INTEGER})?", re.ASCII)
_SIZE_PERCENT = re.compile(rf"(\^?)pct:({_NUMBER})", re.ASCII)
_ROTATION = re.compile(rf"(!?)({_NUMBER})", re.ASCII)


class ParameterError(ValueError):
    """A request that the standard does not allow, or beyond the limits; the message is the answer's text."""


@dataclass(frozen=True)
class Limits:
    """What one answer may hold, in pixels; the same figures stand in info.json."""

    max_width: int
    max_height: int
    max_area: int

    def scale(self, width: int, height: int) -> float:
        """The largest factor by which a region may be scaled."""
        return min(self.max_width / width, self.max_height / height, math.sqrt(self.max_area / (width * height)))

    def admit(self, width: int, height: int) -> bool:
        return width <= self.max_width and height <= self.max_height and width * height <= self.max_area


@dataclass(frozen=True)
class Region:
    """A rectangle within the image, in its pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class ImageRequest:
    """What is asked for: `region` in pixels of the full image, `width` and `height` before rotation."""

    region: Region
    width: int
    height: int
    is_mirrored: bool
    degrees: float
    quality: str
    format: str
    canonical: str

    @property
    def is_upright(self) -> bool:
        return not self.is_mirrored and self.degrees == 0


def parse(
    region: str, size: str, rotation: str, quality: str, format_: str, image: tuple[int, int], limits: Limits
) -> ImageRequest:
    """Resolve the five parameters against an image of `image` (width, height) pixels.

    Raises:
        ParameterError: naming the parameter, its value and what it may be.
    """
    area = parse_region(region, *image)
    width, height = parse_size(size, area, limits)
    is_mirrored, degrees = parse_rotation(rotation)
    if quality not in QUALITIES:
        raise ParameterError(f"quality: {_said(quality)} is none of {', '.join(QUALITIES)}.")
    if format_ not in FORMATS:
        raise ParameterError(f"format: {_said(format_)} is none of {', '.join(FORMATS)}.")
    canonical = "/".join(
        (
            _canonical_region(area, image),
            canonical_size(area, width, height, limits),
            f"{'!' if is_mirrored else ''}{degrees:.12g}",
            f"{quality}.{format_}",
        )
    )
    return ImageRequest(area, width, height, is_mirrored, degrees, quality, format_, canonical)


def _said(value: str) -> str:
    return repr(value[:60])


def parse_region(text: str, width: int, height: int) -> Region:
    """Section 4.1. A region that reaches over the edge is cut there; one that lies outside is an error."""
    if text == "full":
        return Region(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Region((width - side) // 2, (height - side) // 2, side, side)
    if found := _REGION.fullmatch(text):
        x, y, w, h = (int(value) for value in found.groups())
    elif found := _REGION_PERCENT.fullmatch(text):
        left, top, across, down = (float(value) for value in found.groups())
        x, y = round(left * width / 100), round(top * height / 100)
        w, h = round(across * width / 100), round(down * height / 100)
        if across and down:  # a sliver is at least one pixel
            w, h = max(w, 1), max(h, 1)
    else:
        raise ParameterError(f"region: {_said(text)} is none of full, square, x,y,w,h and pct:x,y,w,h.")
    if not w or not h:
        raise ParameterError(f"region: {_said(text)} has no width or no height.")
    if x >= width or y >= height:
        raise ParameterError(f"region: {_said(text)} lies outside the image of {width} x {height} pixels.")
    return Region(x, y, min(w, width - x), min(h, height - y))


def parse_size(text: str, region: Region, limits: Limits) -> tuple[int, int]:
    """Section 4.2: width and height in pixels of the answer before rotation."""
    if text in ("max", "^max"):
        scale = limits.scale(region.width, region.height)
        return _scaled(region, scale if text == "^max" else min(scale, 1), limits)
    if found := _SIZE_PERCENT.fullmatch(text):
        up, share = bool(found[1]), float(found[2]) / 100
        if share <= 0:
            raise ParameterError(f"size: {_said(text)} leaves no pixel.")
        wanted = max(1, round(region.width * share)), max(1, round(region.height * share))
        if share > 1 and not up:
            raise ParameterError(f"size: {_said(text)} enlarges the region; write ^{text[:40]} to ask for that.")
        return _admitted(text, wanted, limits)
    found = _SIZE.fullmatch(text)
    if not found or not (found[3] or found[4]) or (found[2] and not (found[3] and found[4])):
        raise ParameterError(f"size: {_said(text)} is none of max, w, ,h w,h pct:n and !w,h, nor one of them after ^.")
    width, height = int(found[3] or -1), int(found[4] or -1)
    if not width or not height:
        raise ParameterError(f"size: {_said(text)} leaves no pixel.")
    if found[2]:
        return _confined(region, width, height, bool(found[1]), limits)
    if height < 0:
        height = max(1, round(region.height * width / region.width))
    elif width < 0:
        width = max(1, round(region.width * height / region.height))
    if (width > region.width or height > region.height) and not found[1]:
        reason = f"is larger than the region of {region.width} x {region.height} pixels"
        raise ParameterError(f"size: {_said(text)} {reason}; write ^{text[:40]} to ask for that.")
    return _admitted(text, (width, height), limits)


def _admitted(text: str, size: tuple[int, int], limits: Limits) -> tuple[int, int]:
    if not limits.admit(*size):
        raise ParameterError(
            f"size: {_said(text)} is over the limit of {limits.max_width} x {limits.max_height} pixels, "
            f"{limits.max_area} in all."
        )
    return size


def _confined(region: Region, width: int, height: int, may_enlarge: bool, limits: Limits) -> tuple[int, int]:
    fits = min(width / region.width, height / region.height)
    scale = min(fits, limits.scale(region.width, region.height))
    if not may_enlarge:
        scale = min(scale, 1)
    confined = _scaled(region, scale, limits, rounded=True)
    return min(confined[0], width), min(confined[1], height)


def _scaled(region: Region, scale: float, limits: Limits, rounded: bool = False) -> tuple[int, int]:
    whole = round if rounded else math.floor
    width = max(1, whole(region.width * scale + 1e-9))
    height = max(1, whole(region.height * scale + 1e-9))
    if not limits.admit(width, height):
        width, height = max(1, math.floor(region.width * scale)), max(1, math.floor(region.height * scale))
    return min(width, limits.max_width), min(height, limits.max_height)


def parse_rotation(text: str) -> tuple[bool, float]:
    """Section 4.3: whether the image is mirrored first, and the degrees clockwise, 0 up to but not 360."""
    found = _ROTATION.fullmatch(text)
    degrees = float(found[2]) if found else -1
    if not found or not 0 <= degrees <= 360:
        raise ParameterError(f"rotation: {_said(text)} is no number from 0 to 360, nor one after !.")
    return bool(found[1]), degrees % 360


def _canonical_region(region: Region, image: tuple[int, int]) -> str:
    if (region.x, region.y, region.width, region.height) == (0, 0, *image):
        return "full"
    return f"{region.x},{region.y},{region.width},{region.height}"


def canonical_size(region: Region, width: int, height: int, limits: Limits) -> str:
    """Section 4.7: `max` where that gives the same, else `w,h`, with ^ where the region is enlarged."""
    if (width, height) == parse_size("max", region, limits):
        return "max"
    return f"{'^' if width > region.width or height > region.height else ''}{width},{height}"
