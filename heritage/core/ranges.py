"""Byte ranges: reading a `Range` header (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"(\d{0,18})-(\d{0,18})")
_LONGEST_HEADER = 1000


class UnsatisfiableRangeError(Exception):
    """Nothing that was asked for exists: the answer is 416."""


@dataclass(frozen=True)
class ByteRange:
    """Bytes `first` to `last`, both included, of a body of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        """The value of `Content-Range`."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked_for(header: str | None, size: int) -> ByteRange | None:
    """The one range that `header` asks for, or None where the whole body is the right answer.

    Several ranges, another unit and anything malformed are answered with the whole body, as section 14.2 allows.

    Raises:
        UnsatisfiableRangeError: the range begins at or after the end, or is a suffix of no bytes.
    """
    if not header or len(header) > _LONGEST_HEADER:
        return None
    unit, equals, spec = header.partition("=")
    if not equals or unit.strip().lower() != "bytes":
        return None
    match = _ONE.fullmatch(spec.strip())
    if not match or not spec.isascii():
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    return _suffix(int(last), size) if not first else _from(int(first), int(last) if last else None, size)


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise UnsatisfiableRangeError
    return ByteRange(max(0, size - length), size - 1, size)


def _from(first: int, last: int | None, size: int) -> ByteRange | None:
    if last is not None and last < first:
        return None
    if first >= size:
        raise UnsatisfiableRangeError
    return ByteRange(first, size - 1 if last is None else min(last, size - 1), size)
