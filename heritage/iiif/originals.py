"""Originals: files kept as they came, by object and digest, below IIIF_ORIGINALS_DIR or in a bucket.

Out of a bucket a file is brought here to be worked on. It stays for A_WHILE, for the pages of one file are worked on
one after the other.
"""

import errno
import hashlib
import os
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from heritage.iiif import stores
from heritage.iiif.formats import EXTENSIONS, RefusedError
from heritage.iiif.stores import InBucket

A_WHILE = 3600
"""Seconds without use after which a file brought out of a bucket, or half a copy, is removed."""


class NoRoomError(RefusedError):
    """The disk is full: the file is good, and may be given again."""


def sha256_of(path: Path) -> str:
    """The digest of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_kept(original: str) -> str:
    """The digest of a kept original as it lies there now; "" where it is missing."""
    stored = stores.original(original)
    try:
        if isinstance(stored, Path):
            return sha256_of(stored)
        digest = hashlib.sha256()
        for piece in stores.pieces(stored):
            digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def path_of(original: str) -> Path:
    return Path(settings.IIIF_ORIGINALS_DIR) / original


def on_disk(original: str) -> Path:
    """A kept original as a file to read: where it lies, or a copy out of the bucket.

    Raises:
        FileNotFoundError: it is gone.
        StoreError: the storage does not answer.
    """
    stored = stores.original(original)
    if isinstance(stored, Path):
        return stored
    copy = _workbench() / original
    if not copy.exists():
        _clear(_workbench())
        copy.parent.mkdir(parents=True, exist_ok=True)
        _fetch(stored, copy)
    os.utime(copy)
    return copy


def _workbench() -> Path:
    return Path(settings.IIIF_UPLOADS_DIR) / ".originals"


def _fetch(stored: InBucket, copy: Path) -> None:
    temporary = _temporary(copy)
    try:
        with temporary.open("wb") as file:
            for piece in stores.pieces(stored):
                file.write(piece)
        temporary.replace(copy)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _clear(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and time.time() - file.stat().st_mtime > A_WHILE:
            file.unlink(missing_ok=True)


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def place_for(identifier: str, sha256: str, media_type: str) -> str:
    """Where an original of an object is kept, relative to IIIF_ORIGINALS_DIR."""
    return f"{identifier}/{sha256[:16]}{EXTENSIONS[media_type]}"


def keep(source: Path, place: str, name: str) -> None:
    """Copy `source` to its place; it appears there whole or not at all.

    Raises:
        NoRoomError: the disk is full; nothing is left of the copy.
        StoreError: the bucket does not answer.
    """
    stored = stores.original(place)
    if stores.exists(stored):
        return
    if isinstance(stored, InBucket):
        stores.send(source, stored)
        return
    temporary = _temporary(stored)
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        _clear_halves(stored)
        shutil.copyfile(source, temporary)
        temporary.chmod(0o440)
        temporary.replace(stored)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if is_full(error):
            raise NoRoomError(name, disk_full()) from error
        raise


def _clear_halves(target: Path) -> None:
    """What a process killed while it copied has left of this file."""
    for half in target.parent.glob(f".{target.name}.*.part"):
        if time.time() - half.stat().st_mtime > A_WHILE:
            half.unlink(missing_ok=True)


def is_full(error: OSError) -> bool:
    """Whether an error says that no space is left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def disk_full() -> str:
    return _("the disk of the archive is full. Free some space, then give the file again.")


def why(error: OSError) -> str:
    """What stopped the work, as people are told."""
    return disk_full() if is_full(error) else str(error)


def forget(place: str) -> None:
    """Remove an original that no canvas needs any more."""
    if place:
        stores.remove(stores.original(place))
        (_workbench() / place).unlink(missing_ok=True)
