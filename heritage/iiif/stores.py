"""Where scans lie: in folders, or in S3-compatible buckets (IIIF_PYRAMIDS_URL, IIIF_ORIGINALS_URL).

A tile out of a bucket costs one request for its bytes; a region costs those for the tiles below it. Address and keys of
the storage come from the usual AWS_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.
"""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import obstore
import pyvips
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from obstore.exceptions import BaseError
from obstore.store import S3Store

from heritage.iiif import tiff

BUFFER = 64 * 1024
SECONDS = "20s"
RETRIES: Any = {"max_retries": 3, "retry_timeout": dt.timedelta(seconds=10)}
"""A visitor waits for the answer."""
LARGEST_PART = 8 * 1024 * 1024
"""What is larger is sent in parts, so that it need not be held in memory."""
SIGNED_FOR = dt.timedelta(hours=6)
"""As long as somebody may listen to one file that a player goes on to ask for at the address it was sent to."""


class StoreError(OSError):
    """The storage does not answer, or refuses."""


@dataclass(frozen=True)
class InBucket:
    """A file below `url`, such as `s3://heritage/pyramids`."""

    url: str
    place: str


Stored = Path | InBucket
Pyramid = Stored


def pyramid(place: str) -> Pyramid:
    """The pyramid of that place, relative to the folder or the bucket."""
    return _stored(settings.IIIF_PYRAMIDS_URL, settings.IIIF_PYRAMIDS_DIR, place)


def original(place: str) -> Stored:
    """The original of that place, relative to the folder or the bucket."""
    return _stored(settings.IIIF_ORIGINALS_URL, settings.IIIF_ORIGINALS_DIR, place)


@lru_cache(maxsize=1024)
def _stored(url: str, folder: str | Path, place: str) -> Stored:
    """Kept: a tile is answered in the time that it takes to make a few paths."""
    return InBucket(url, place) if url else Path(folder) / place


@lru_cache(maxsize=4)
def _bucket(url: str) -> S3Store:
    options: Any = {"timeout": SECONDS, "connect_timeout": SECONDS, "allow_http": True}
    return S3Store.from_url(url, client_options=options, retry_config=RETRIES)


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        raise StoreError(str(error)[:500]) from error


def exists(stored: Stored) -> bool:
    if isinstance(stored, Path):
        return stored.exists()
    with _speaking():
        try:
            obstore.head(_bucket(stored.url), stored.place)
        except FileNotFoundError:
            return False
    return True


def keep(finished: Path, stored: Stored) -> None:
    """Move a finished file to its place, where it appears whole or not at all."""
    if isinstance(stored, Path):
        stored.parent.mkdir(parents=True, exist_ok=True)
        finished.replace(stored)
        return
    send(finished, stored)
    finished.unlink()


def send(file: Path, stored: InBucket) -> None:
    """Copy a file to a bucket, where it appears whole or not at all."""
    with _speaking():
        obstore.put(_bucket(stored.url), stored.place, file)


def pieces(stored: InBucket) -> Iterator[bytes]:
    """The whole file, piece by piece.

    Raises:
        FileNotFoundError, StoreError
    """
    with _speaking():
        for piece in obstore.get(_bucket(stored.url), stored.place):
            yield bytes(piece)


def size_of(stored: InBucket) -> int:
    """Bytes of the file."""
    with _speaking():
        return int(obstore.head(_bucket(stored.url), stored.place)["size"])


def remove(stored: Stored) -> None:
    if isinstance(stored, Path):
        stored.unlink(missing_ok=True)
        return
    with _speaking():
        try:
            obstore.delete(_bucket(stored.url), stored.place)
        except FileNotFoundError:
            return


def directories(stored: Pyramid) -> list[tiff.Directory]:
    """The levels of a pyramid.

    Raises:
        FileNotFoundError, StoreError, tiff.MalformedError
    """
    if isinstance(stored, Path):
        return tiff.directories(stored)
    with _speaking():
        return tiff.read_directories(reader(stored))  # type: ignore[arg-type]


def read(stored: Stored, offset: int, size: int) -> bytes:
    """`size` bytes from `offset` on."""
    if isinstance(stored, InBucket):
        with _speaking():
            return bytes(obstore.get_range(_bucket(stored.url), stored.place, start=offset, length=size))
    descriptor = os.open(stored, os.O_RDONLY)
    try:
        return os.pread(descriptor, size, offset)
    finally:
        os.close(descriptor)


@contextmanager
def opened(stored: Pyramid, level: int, is_read_down: bool = False) -> Iterator[pyvips.Image]:
    """One level of a pyramid, read where its pixels are asked for; only within the `with` block.

    With `is_read_down` its rows are read once each from the first to the last, which spares keeping them.
    """
    access = "sequential" if is_read_down else "random"
    if isinstance(stored, Path):
        yield pyvips.Image.tiffload(str(stored), page=level, access=access)
        return
    found = reader(stored)
    source = pyvips.SourceCustom()
    source.on_read(found.read)
    source.on_seek(found.seek)
    yield pyvips.Image.tiffload_source(source, page=level, access=access)
    del source  # libvips calls it back until here


def reader(stored: InBucket) -> "Reader":
    """A file in a bucket, read where it is asked for."""
    with _speaking():
        return Reader(obstore.open_reader(_bucket(stored.url), stored.place, buffer_size=BUFFER))


@deconstructible
class BucketStorage(Storage):
    """A bucket as Django keeps files; `media_types` by the end of a name, for whom the bucket serves by itself."""

    def __init__(self, url: str, media_types: Mapping[str, str] | None = None) -> None:
        self._url, self._media_types = url, media_types or {}

    def size(self, name: str) -> int:
        return size_of(InBucket(self._url, name))

    def exists(self, name: str) -> bool:
        return exists(InBucket(self._url, name))

    def delete(self, name: str) -> None:
        remove(InBucket(self._url, name))

    def signed_url(self, name: str) -> str:
        """An address at which anybody may GET the file for `SIGNED_FOR`."""
        with _speaking():
            return str(obstore.sign(_bucket(self._url), "GET", name, SIGNED_FOR))

    def _open(self, name: str, _mode: str = "rb") -> File:
        return File(reader(InBucket(self._url, name)))  # type: ignore[arg-type]

    def _save(self, name: str, content: File) -> str:
        """Appears whole or not at all."""
        kind = self._media_types.get(Path(name).suffix.lower())
        attributes: Any = {"Content-Type": kind} if kind else None
        with _speaking():
            pieces, in_parts = content.chunks(1 << 20), content.size > LARGEST_PART
            obstore.put(_bucket(self._url), name, pieces, attributes=attributes, use_multipart=in_parts)
        return name


class Reader:
    """A reader of a bucket with bytes of Python and the seek that libvips asks for."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int = -1) -> bytes:
        return bytes(self._reader.read(size if size >= 0 else None))

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())

    def close(self) -> None:
        self._reader.close()
