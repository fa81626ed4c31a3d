"""Marker segments of a JPEG (ITU-T T.81, annex B): EXIF exchanged and IPTC carried over, the picture untouched."""

from collections.abc import Iterator

APP1, IPTC, START_OF_SCAN = 0xE1, 0xED, 0xDA
EXIF = b"Exif\0\0"
MOST = 0xFFFF - 2
"""Bytes that a segment holds beside its own length."""


def segments(data: bytes, marker: int) -> Iterator[bytes]:
    """Whole segments of one kind, marker and length included."""
    return (data[start:end] for kind, start, end in _walk(data) if kind == marker)


def with_exif(data: bytes, exif: bytes) -> bytes:
    """`data` with another EXIF, or as it was where that would not fit into a segment."""
    body = exif if exif.startswith(EXIF) else EXIF + exif
    if len(body) > MOST:
        return data
    fresh = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    kept = bytearray(data[:2] + fresh)
    end = 2
    for kind, start, end in _walk(data):
        if not (kind == APP1 and data[start + 4 : start + 10] == EXIF):
            kept += data[start:end]
    return bytes(kept + data[end:])


def _walk(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the picture itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != START_OF_SCAN:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 1], at, at + 2 + length
        at += 2 + length
