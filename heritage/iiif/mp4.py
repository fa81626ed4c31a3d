"""Reading an MP4 file's duration and picture size (ISO/IEC 14496-12, sections 4.2, 8.2.2, 8.3.2 and 8.4.3)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_MOVIE_BYTES = 64 * 1024**2
MAX_BOXES = 10_000


class MalformedError(ValueError):
    """No MP4 file, or one whose boxes do not hold together."""


@dataclass(frozen=True)
class Movie:
    """Seconds, and pixels of the first picture track; 0 without one."""

    duration: float
    width: int = 0
    height: int = 0


def read(path: Path) -> Movie:
    """The `moov` box of a file, wherever in it that stands.

    Raises:
        MalformedError: there is none, or it lies beyond the end of the file.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        return _movie(_movie_box(file, size))


def _movie_box(file: BinaryIO, end: int) -> bytes:
    at = 0
    for _box in range(MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, kind, start = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1 and len(head) == 16:
            length, start = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - at
        if length < start or at + length > end:
            raise MalformedError("a box reaches beyond the end of the file")
        if kind == b"moov":
            if length > MAX_MOVIE_BYTES:
                raise MalformedError("the index is too large")
            file.seek(at + start)
            return file.read(length - start)
        at += length
    raise MalformedError("no index (moov) in the file")


PRIVATE = {b"udta", b"meta", b"uuid"}
"""Boxes of a movie and of its tracks in which cameras write where and with what they film; none is for playing."""
PLACES = (b"\xa9xyz", b"loci", b"location", b"GPS")
"""What stands in them where they tell a place."""


def places(path: Path) -> list[tuple[int, int]]:
    """Offset and length in the file of each box that tells where it was filmed; none where no box does.

    Raises:
        MalformedError: as `read`.
    """
    with path.open("rb") as file:
        data = _movie_box(file, file.seek(0, 2))
        begin = file.tell() - len(data)
    found = []
    for kind, at, length in _walk(data, 0, len(data)):
        if kind in PRIVATE and any(sign in data[at : at + length] for sign in PLACES):
            found.append((begin + at, length))
    return found


def _walk(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, offset and length of the boxes of a movie, and of those in its tracks."""
    at = start
    while at + 8 <= end:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length < 8 or at + length > end:
            return
        yield kind, at, length
        if kind == b"trak":
            yield from _walk(data, at + 8, at + length)
        at += length


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the content of each box in `data`; one that does not fit ends the walk."""
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length < 8 or at + length > len(data):
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + length]
        at += length


def _movie(data: bytes) -> Movie:
    duration, width, height = 0.0, 0, 0
    try:
        for kind, content in boxes(data):
            if kind == b"mvhd":
                duration = _duration(content)
            elif kind == b"trak" and not width and _is_picture(content):
                width, height = _size(content)
    except struct.error as error:
        raise MalformedError(str(error)) from error
    return Movie(round(duration, 3), width, height)


def _duration(content: bytes) -> float:
    scale, length = (
        struct.unpack_from(">IQ", content, 20) if content[:1] == b"\x01" else struct.unpack_from(">II", content, 12)
    )
    return length / scale if scale else 0.0


def _is_picture(track: bytes) -> bool:
    media = dict(boxes(track)).get(b"mdia", b"")
    return dict(boxes(media)).get(b"hdlr", b"")[8:12] == b"vide"


def _size(track: bytes) -> tuple[int, int]:
    """Width and height, which `tkhd` gives last as 16.16 fixed point."""
    header = dict(boxes(track)).get(b"tkhd", b"")
    width, height = struct.unpack_from(">II", header, len(header) - 8) if len(header) >= 84 else (0, 0)
    return width >> 16, height >> 16
