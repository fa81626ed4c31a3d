"""Stored tiles: a request that meets a tile of the pyramid is answered with its bytes; nothing is decoded.

libtiff keeps the quantisation and Huffman tables once for each level (TIFF Technical Note 2). Between the start marker
and the tile's own data go a JFIF marker, which says that the colours are YCbCr, and those tables (ITU-T T.81, B.5).
"""

from array import array
from dataclasses import dataclass
from functools import lru_cache

from heritage.iiif import stores
from heritage.iiif.image_api.parameters import ImageRequest
from heritage.iiif.pyramids import TILE
from heritage.iiif.stores import Pyramid

START = b"\xff\xd8"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


@dataclass(frozen=True)
class Level:
    """One level of a pyramid: `head` stands before every tile's data, sizes in pixels."""

    width: int
    height: int
    tiles_across: int
    offsets: "array[int]"
    byte_counts: "array[int]"
    head: bytes


@lru_cache(maxsize=512)
def levels(path: Pyramid) -> tuple[Level, ...]:
    """The levels of a pyramid, largest first; pyramids never change under their name, so this is kept."""
    return tuple(
        Level(
            one.width,
            one.height,
            one.tiles_across,
            one.offsets,
            one.byte_counts,
            START + JFIF + one.jpeg_tables[2:-2],
        )
        for one in stores.directories(path)
    )


def find(path: Pyramid, asked: ImageRequest) -> tuple[Level, int] | None:
    """The level and the index of the stored tile that is exactly what is asked for; None where there is none."""
    region = asked.region
    if asked.width != TILE or asked.height != TILE or asked.format != "jpg" or not asked.is_upright:
        return None
    if asked.quality not in ("default", "color") or region.width != region.height or region.width % TILE:
        return None
    factor = region.width // TILE
    if factor & (factor - 1) or region.x % region.width or region.y % region.height:
        return None
    pyramid = levels(path)
    depth = factor.bit_length() - 1
    if depth >= len(pyramid):
        return None
    level, column, row = pyramid[depth], region.x // region.width, region.y // region.height
    return level, row * level.tiles_across + column


def read(path: Pyramid, level: Level, index: int) -> bytes:
    """The tile as a whole JPEG."""
    return level.head + stores.read(path, level.offsets[index] + 2, level.byte_counts[index] - 2)
