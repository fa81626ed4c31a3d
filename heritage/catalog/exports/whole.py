"""The whole register written to one file, or made and not written."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.exports.formats import FORMATS
from heritage.catalog.exports.rows import Row, rows
from heritage.catalog.models import Record


class UnwritableFileError(Exception):
    """Why there is no file, in words for whoever wanted it."""


def written(path: Path, *, dry_run: bool = False) -> dict[str, Any]:
    """Write every record to `path` in the form of its ending; a broken run leaves no file of that name.

    Returns `records`, `bytes`, `file` and `dry_run`.

    Raises:
        UnwritableFileError: the ending is none of `FORMATS`, or the place cannot be written.
    """
    form = FORMATS.get(path.suffix.removeprefix(".").lower())
    if form is None:
        raise UnwritableFileError(
            _("Name the file with one of these endings: %(ends)s.") % {"ends": ", ".join(FORMATS)}
        )
    told: dict[str, Any] = {"records": 0, "bytes": 0, "file": str(path), "dry_run": dry_run}
    parts = _measured(form.write(_counted(rows(Record.objects.order_by("number")), told)), told)
    try:
        if dry_run:
            _check_place(path)
            for _part in parts:
                pass
        else:
            _write(parts, path)
    except OSError as error:
        raise UnwritableFileError(
            _("%(path)s cannot be written: %(error)s.") % {"path": path, "error": error}
        ) from error
    return told


def _write(parts: Iterable[bytes], path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    with unfinished.open("wb") as file:
        file.writelines(parts)
    unfinished.rename(path)


def _check_place(path: Path) -> None:
    if not path.parent.is_dir():
        raise FileNotFoundError(path.parent)
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise PermissionError(path)


def _counted(found: Iterable[Row], told: dict[str, Any]) -> Iterator[Row]:
    for row in found:
        told["records"] += 1
        yield row


def _measured(parts: Iterable[bytes], told: dict[str, Any]) -> Iterator[bytes]:
    for part in parts:
        told["bytes"] += len(part)
        yield part
