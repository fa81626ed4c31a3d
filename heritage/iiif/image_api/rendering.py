"""Rendering: every request that no stored tile answers, from the nearest level of the pyramid through libvips."""

from pathlib import Path
from typing import Any

import pyvips

from heritage.iiif import stores
from heritage.iiif.image_api.parameters import ImageRequest
from heritage.iiif.image_api.stored_tiles import Level, levels
from heritage.iiif.stores import Pyramid

VERSION = 3
"""Part of every cache key: raise it when the same request is to give other bytes."""

JPEG_QUALITY = 85
"""Tables made for each picture would save 6 % of its bytes for a third more time; three steps of quality save 10 %."""

SMALL = 4_000_000
"""Pixels up to which a JPEG is written from memory: libvips starts a thread for each file that it writes itself."""

KERNEL = "lanczos2"
"""The level is at most twice too large; a third lobe would not be seen, and takes a fifth of the scaling."""

WEBP_QUALITY = 82
AVIF_QUALITY = 55

pyvips.cache_set_max(0)  # libvips would keep open files and pixels of earlier requests; ours are kept on disk


def render(pyramid: Pyramid, asked: ImageRequest, target: Path) -> None:
    """Write what is asked for to `target`, in the format asked for whatever the name.

    Raises:
        pyvips.Error: the pyramid cannot be read.
    """
    kept = levels(pyramid)
    depth = level_for(asked, len(kept))
    with stores.opened(pyramid, depth, _is_read_down(asked, kept[0])) as level:
        image = _turned(_scaled(level, kept[depth], 2**depth, asked), asked)
        _save(_in_quality(image, asked.quality), asked, str(target))


def _is_read_down(asked: ImageRequest, whole: Level) -> bool:
    """Whether every row of the level is needed, in order: a thumbnail; a region would read all that lies above it."""
    return asked.degrees == 0 and (asked.region.width, asked.region.height) == (whole.width, whole.height)


def level_for(asked: ImageRequest, count: int) -> int:
    """The smallest level of `count` that still has every pixel that is asked for."""
    shrink = min(asked.region.width / asked.width, asked.region.height / asked.height)
    depth = 0
    while depth + 1 < count and 2 ** (depth + 1) <= shrink * 1.001:
        depth += 1
    return depth


def _scaled(image: pyvips.Image, level: Level, factor: int, asked: ImageRequest) -> pyvips.Image:
    """The region at the size asked for, out of the level that is `factor` times smaller.

    Measures are those of the level as it was read once: each that libvips is asked for takes as long as a small sum.
    """
    image.set_type(pyvips.GValue.gint_type, "vips-concurrency", 1)  # many requests at once share the processors
    region = asked.region
    left, top = min(round(region.x / factor), level.width - 1), min(round(region.y / factor), level.height - 1)
    width = max(1, min(round((region.x + region.width) / factor), level.width) - left)
    height = max(1, min(round((region.y + region.height) / factor), level.height) - top)
    if (width, height) != (level.width, level.height):
        image = image.crop(left, top, width, height)
    if (width, height) != (asked.width, asked.height):
        image = image.resize(asked.width / width, vscale=asked.height / height, kernel=KERNEL)
    return image


def _turned(image: pyvips.Image, asked: ImageRequest) -> pyvips.Image:
    if asked.is_mirrored:
        image = image.fliphor()
    if asked.degrees in (90, 180, 270):
        return image.rot(f"d{int(asked.degrees)}")
    if asked.degrees:
        if asked.format in ("png", "webp", "gif", "avif"):  # the corners are transparent where the format can say so
            return image.bandjoin(255).rotate(asked.degrees, background=[255] * image.bands + [0])
        return image.rotate(asked.degrees, background=[255] * image.bands)
    return image


def _in_quality(image: pyvips.Image, quality: str) -> pyvips.Image:
    if quality == "gray":
        return image.colourspace("b-w")
    if quality == "bitonal":
        grey = image.colourspace("b-w")
        black_or_white = grey[0] > 127
        return black_or_white.bandjoin(grey[1]) if grey.bands == 2 else black_or_white.copy(interpretation="b-w")
    return image


def _save(image: pyvips.Image, asked: ImageRequest, target: str) -> None:
    options: dict[str, Any] = {"keep": "none"}
    if asked.format == "jpg" and asked.width * asked.height <= SMALL:
        Path(target).write_bytes(image.jpegsave_buffer(Q=JPEG_QUALITY, **options))
    elif asked.format == "jpg":
        image.jpegsave(target, Q=JPEG_QUALITY, **options)
    elif asked.format == "png":
        image.pngsave(target, compression=6, **options)
    elif asked.format == "webp":
        image.webpsave(target, Q=WEBP_QUALITY, effort=2, **options)
    elif asked.format == "gif":
        image.gifsave(target, effort=3, **options)
    elif asked.format == "avif":
        image.heifsave(target, compression="av1", Q=AVIF_QUALITY, effort=0, **options)
    else:
        image.tiffsave(target, compression="deflate", predictor="horizontal", **options)
