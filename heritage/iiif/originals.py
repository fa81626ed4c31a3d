"""Originals: files kept as they came, by object and digest, below IIIF_ORIGINALS_DIR."""

import errno
import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from heritage.iiif.formats import EXTENSIONS, RefusedError

CHUNK = 1024 * 1024


def sha256_of(path: Path) -> str:
    """The digest of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def path_of(original: str) -> Path:
    return Path(settings.IIIF_ORIGINALS_DIR) / original


def place_for(identifier: str, sha256: str, media_type: str) -> str:
    """Where an original of an object is kept, relative to IIIF_ORIGINALS_DIR."""
    return f"{identifier}/{sha256[:16]}{EXTENSIONS[media_type]}"


def keep(source: Path, place: str, name: str) -> Path:
    """Copy `source` to its place; it appears there whole or not at all.

    Raises:
        RefusedError: the disk is full; nothing is left of the copy.
    """
    target = path_of(place)
    if target.exists():
        return target
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, temporary)
        temporary.chmod(0o440)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if is_full(error):
            raise RefusedError(name, disk_full()) from error
        raise
    return target


def is_full(error: OSError) -> bool:
    """Whether an error says that no space is left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def disk_full() -> str:
    return _("the disk of the archive is full. Free some space, then give the file again.")


def forget(place: str) -> None:
    """Remove an original that no canvas needs any more."""
    if place:
        path_of(place).unlink(missing_ok=True)
