"""Reading a TIFF's structure: its directories and where their tiles lie. No pixel is decoded here.

TIFF 6.0 sections 2, 15 (tiled images) and 22, TIFF Technical Note 2 (JPEG), and the BigTIFF design of libtiff.
"""

import struct
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_DIRECTORIES = 10_000
MAX_TAGS = 4_096
MAX_VALUES = 4_000_000

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}

SUBFILE_TYPE, WIDTH, HEIGHT, COMPRESSION = 254, 256, 257, 259
TILE_WIDTH, TILE_HEIGHT, TILE_OFFSETS, TILE_BYTE_COUNTS, JPEG_TABLES = 322, 323, 324, 325, 347
JPEG = 7


class MalformedError(ValueError):
    """Not a TIFF, or one whose directories do not hold together."""


@dataclass(frozen=True)
class Directory:
    """One image of the file; sizes in pixels, offsets in bytes from the start of the file."""

    width: int
    height: int
    compression: int
    is_reduced: bool
    is_mask: bool
    tile_width: int
    tile_height: int
    offsets: array
    byte_counts: array
    jpeg_tables: bytes

    @property
    def tiles_across(self) -> int:
        return -(-self.width // self.tile_width) if self.tile_width else 0


@dataclass(frozen=True)
class _Layout:
    order: str
    is_big: bool

    def number(self, data: bytes, code: str) -> int:
        return struct.unpack(self.order + code, data)[0]


def directories(path: Path) -> list[Directory]:
    """Every directory of the file, in order.

    Raises:
        MalformedError: a bad signature, a directory that lies outside the file, a loop, or absurd counts.
    """
    with path.open("rb") as file:
        return read_directories(file)


def read_directories(file: BinaryIO) -> list[Directory]:
    """The same from an open file."""
    layout, offset = _header(file)
    seen: set[int] = set()
    found: list[Directory] = []
    while offset:
        if offset in seen or len(found) >= MAX_DIRECTORIES:
            raise MalformedError("the directories form a loop or are too many")
        seen.add(offset)
        directory, offset = _directory(file, layout, offset)
        found.append(directory)
    if not found:
        raise MalformedError("no image in the file")
    return found


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    data = file.read(size)
    if len(data) != size:
        raise MalformedError("a part lies beyond the end of the file")
    return data


def _header(file: BinaryIO) -> tuple[_Layout, int]:
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        raise MalformedError("no TIFF signature")
    version = struct.unpack(order + "H", head[2:4])[0]
    if version == 42:
        return _Layout(order, False), struct.unpack(order + "I", head[4:8])[0]
    if version == 43 and len(head) == 16:
        return _Layout(order, True), struct.unpack(order + "Q", head[8:16])[0]
    raise MalformedError("no TIFF signature")


def _directory(file: BinaryIO, layout: _Layout, offset: int) -> tuple[Directory, int]:
    count_size, entry_size, next_size = (8, 20, 8) if layout.is_big else (2, 12, 4)
    count = layout.number(_read(file, offset, count_size), "Q" if layout.is_big else "H")
    if not 0 < count <= MAX_TAGS:
        raise MalformedError("a directory with an absurd number of entries")
    body = _read(file, offset + count_size, count * entry_size + next_size)
    entries = {
        layout.number(body[at : at + 2], "H"): body[at : at + entry_size]
        for at in range(0, count * entry_size, entry_size)
    }
    following = layout.number(body[count * entry_size :], "Q" if layout.is_big else "I")

    def values(tag: int) -> array:
        return _values(file, layout, entries[tag]) if tag in entries else array("Q")

    return _described(values, file, layout, entries), following


def _described(values: Callable[[int], array], file: BinaryIO, layout: _Layout, entries: dict[int, bytes]) -> Directory:
    def one(tag: int) -> int:
        found = values(tag)
        return int(found[0]) if found else 0

    kind = one(SUBFILE_TYPE)
    tables = _raw(file, layout, entries[JPEG_TABLES]) if JPEG_TABLES in entries else b""
    return Directory(
        width=one(WIDTH),
        height=one(HEIGHT),
        compression=one(COMPRESSION),
        is_reduced=bool(kind & 1),
        is_mask=bool(kind & 4),
        tile_width=one(TILE_WIDTH),
        tile_height=one(TILE_HEIGHT),
        offsets=values(TILE_OFFSETS),
        byte_counts=values(TILE_BYTE_COUNTS),
        jpeg_tables=tables,
    )


def _raw(file: BinaryIO, layout: _Layout, entry: bytes) -> bytes:
    kind = layout.number(entry[2:4], "H")
    inline = 8 if layout.is_big else 4
    count = layout.number(entry[4:12], "Q") if layout.is_big else layout.number(entry[4:8], "I")
    if count > MAX_VALUES or kind not in _SIZES:
        raise MalformedError("a field of unknown type or absurd length")
    size = count * _SIZES[kind]
    value = entry[-inline:]
    if size <= inline:
        return value[:size]
    return _read(file, layout.number(value, "Q" if layout.is_big else "I"), size)


def _values(file: BinaryIO, layout: _Layout, entry: bytes) -> array:
    code = _CODES.get(layout.number(entry[2:4], "H"))
    if code is None:
        raise MalformedError("a field of an unexpected type")
    data = _raw(file, layout, entry)
    return array("Q", struct.unpack(f"{layout.order}{len(data) // struct.calcsize('=' + code)}{code}", data))
