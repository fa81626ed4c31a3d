"""Where pyramids lie: in a folder (IIIF_PYRAMIDS_DIR), or in an S3-compatible bucket (IIIF_PYRAMIDS_URL).

A tile out of a bucket costs one request for its bytes; a region costs those for the tiles below it. Address and keys of
the storage come from the usual AWS_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import obstore
import pyvips
from django.conf import settings
from obstore.exceptions import BaseError
from obstore.store import S3Store

from heritage.iiif import tiff

BUFFER = 64 * 1024
SECONDS = "20s"


class StoreError(OSError):
    """The storage does not answer, or refuses."""


@dataclass(frozen=True)
class InBucket:
    """A pyramid below `url`, such as `s3://heritage/pyramids`."""

    url: str
    place: str


Pyramid = Path | InBucket


def pyramid(place: str) -> Pyramid:
    """The pyramid of that place, relative to the folder or the bucket."""
    url = settings.IIIF_PYRAMIDS_URL
    return InBucket(url, place) if url else Path(settings.IIIF_PYRAMIDS_DIR) / place


@lru_cache(maxsize=4)
def _bucket(url: str) -> S3Store:
    return S3Store.from_url(url, client_options={"timeout": SECONDS, "connect_timeout": SECONDS, "allow_http": True})


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        raise StoreError(str(error)[:500]) from error


def exists(stored: Pyramid) -> bool:
    if isinstance(stored, Path):
        return stored.exists()
    with _speaking():
        try:
            obstore.head(_bucket(stored.url), stored.place)
        except FileNotFoundError:
            return False
    return True


def keep(finished: Path, stored: Pyramid) -> None:
    """Move a finished pyramid to its place, where it appears whole or not at all."""
    if isinstance(stored, Path):
        stored.parent.mkdir(parents=True, exist_ok=True)
        finished.replace(stored)
        return
    with _speaking():
        obstore.put(_bucket(stored.url), stored.place, finished)
    finished.unlink()


def remove(stored: Pyramid) -> None:
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
        reader: Any = obstore.open_reader(_bucket(stored.url), stored.place, buffer_size=BUFFER)
        return tiff.read_directories(_Bytes(reader))  # type: ignore[arg-type]


def read(stored: Pyramid, offset: int, size: int) -> bytes:
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
def opened(stored: Pyramid, level: int) -> Iterator[pyvips.Image]:
    """One level of a pyramid, read where its pixels are asked for; only within the `with` block."""
    if isinstance(stored, Path):
        yield pyvips.Image.tiffload(str(stored), page=level, access="random")
        return
    with _speaking():
        reader = _Bytes(obstore.open_reader(_bucket(stored.url), stored.place, buffer_size=BUFFER))
    source = pyvips.SourceCustom()
    source.on_read(reader.read)
    source.on_seek(reader.seek)
    yield pyvips.Image.tiffload_source(source, page=level, access="random")
    del source  # libvips calls it back until here


class _Bytes:
    """A reader of a bucket with bytes of Python and the seek that libvips asks for."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        return bytes(self._reader.read(size))

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._reader.seek(offset, whence))
