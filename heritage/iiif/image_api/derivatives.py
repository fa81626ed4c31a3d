"""Derivatives: rendered answers kept on disk, within a limit that holds whatever is asked, computed once for all.

The cache is a number of folders, each with an equal share of the limit. A derivative's folder follows from its key, and
whoever writes one makes room in that folder first. So the limit needs no shared counter, holds between processes and
after a restart, and asking for 100,000 sizes costs each of them one look at one folder.
"""

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

SHARE_BYTES = 16 * 1024**2
MAX_FOLDERS = 256
TOUCHED_EVERY = 3600  # seconds between two notes that a derivative is still in use
WAIT_SECONDS = 20
ABANDONED_AFTER = 600  # seconds; no rendering takes that long

_rendering = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


class BusyError(RuntimeError):
    """Too many renderings are under way; the client may ask again."""


def key_of(image_identifier: str, *parts: str) -> str:
    """The name of a derivative: it begins with what all those of its image begin with."""
    return _prefix(image_identifier) + digest_of(image_identifier, *parts)[:48]


def digest_of(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _prefix(image_identifier: str) -> str:
    return digest_of(image_identifier)[:16]


def purge(image_identifier: str) -> None:
    """Remove all derivatives of an image whose picture was replaced."""
    for file in Path(settings.IIIF_CACHE_DIR).glob(f"*/{_prefix(image_identifier)}*"):
        file.unlink(missing_ok=True)


def folders() -> int:
    """A power of two, so that each folder's share is at least SHARE_BYTES where the limit allows."""
    count = 1
    while count * 2 <= min(MAX_FOLDERS, settings.IIIF_CACHE_BYTES // SHARE_BYTES):
        count *= 2
    return count


def path_of(key: str) -> Path:
    return Path(settings.IIIF_CACHE_DIR) / f"{int(key[-8:], 16) % folders():02x}" / key


def get_or_make(key: str, make: Callable[[Path], None]) -> BinaryIO:
    """The derivative of that key, open for reading; `make` writes it to a path, once however many ask at once.

    Raises:
        BusyError: no turn came within WAIT_SECONDS.
    """
    path = path_of(key)
    if found := _opened(path):
        return found
    with _alone(key):
        if found := _opened(path):
            return found
        with _turn():
            return _made(path, make)


def _opened(path: Path) -> BinaryIO | None:
    try:
        file = path.open("rb")
    except OSError:
        return None
    if time.time() - os.fstat(file.fileno()).st_mtime > TOUCHED_EVERY:
        os.utime(file.fileno())
    return file


def _made(path: Path, make: Callable[[Path], None]) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        make(temporary)
        file = temporary.open("rb")
        if _make_room(path.parent, os.fstat(file.fileno()).st_size):
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return file


def _make_room(folder: Path, wanted: int) -> bool:
    """Remove what was longest unused until `wanted` bytes fit into the folder's share; False where they never will."""
    share = settings.IIIF_CACHE_BYTES // folders()
    if wanted > share // 2:
        return False
    held = list(_held(folder))
    total = sum(size for _used, size, _path in held)
    for _used, size, path in sorted(held) if total + wanted > share else []:
        Path(path).unlink(missing_ok=True)
        total -= size
        if total + wanted <= share * 0.9:
            break
    return True


def _held(folder: Path) -> Iterator[tuple[float, int, str]]:
    """When last used, bytes and path of each derivative; what a killed process left half written is removed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                status = entry.stat()
            except FileNotFoundError:  # another process made room meanwhile
                continue
            if not entry.name.startswith("."):
                yield status.st_mtime, status.st_size, entry.path
            elif time.time() - status.st_mtime > ABANDONED_AFTER:
                Path(entry.path).unlink(missing_ok=True)


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """One at a time for a key, among threads and processes; 256 locks are shared by all keys."""
    path = Path(settings.IIIF_CACHE_DIR, ".locks", key[-2:])
    try:
        file = path.open("w")
    except FileNotFoundError:  # the first of its cache
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w")
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _turn() -> Iterator[None]:
    if not _rendering.acquire(timeout=WAIT_SECONDS):
        raise BusyError("Too many images are being made; ask again in a few seconds.")
    try:
        yield
    finally:
        _rendering.release()
