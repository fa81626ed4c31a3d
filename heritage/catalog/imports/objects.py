"""JSON as a table: an array of objects, or one object a line (JSON lines), each member a cell."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from heritage.catalog.imports.report import UnreadableFileError

MOST_BYTES = 64 * 1024**2
"""An array is read whole and grows about eightfold in memory; JSON lines have no limit."""
LOOKED_AT = 1000
"""Objects in which the names of columns are looked for."""

Read = tuple[dict[str, str], str]
"""The members of an object as texts, and what is wrong with it."""


def is_json(path: Path, encoding: str) -> bool:
    """By content: the first sign is a bracket, with which no header of a CSV begins."""
    with path.open(encoding=encoding) as file:
        return file.read(64).lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


def objects(path: Path, encoding: str) -> Iterator[Read]:
    """Each object in turn.

    Raises:
        UnreadableFileError: an array that cannot be read, or is too large.
    """
    with path.open(encoding=encoding) as file:
        is_array = file.read(64).lstrip("\ufeff \t\r\n").startswith("[")
    return _array(path, encoding) if is_array else _json_lines(path, encoding)


def _array(path: Path, encoding: str) -> Iterator[Read]:
    if path.stat().st_size > MOST_BYTES:
        message = _("The file is larger than %(most)s MB. Divide it, or write one object a line (JSON lines).")
        raise UnreadableFileError(message % {"most": MOST_BYTES // 1024**2})
    try:
        found = json.loads(path.read_text(encoding=encoding))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(_("The file cannot be read as JSON (%(error)s).") % {"error": error}) from error
    yield from map(_members, found)


def _json_lines(path: Path, encoding: str) -> Iterator[Read]:
    with path.open(encoding=encoding) as file:
        for line in file:
            if not line.strip():
                continue
            try:
                yield _members(json.loads(line))
            except (ValueError, RecursionError) as error:
                yield (
                    {},
                    _("The line cannot be read as JSON (%(error)s). | Check its brackets and quotes.")
                    % {"error": error},
                )


def _members(value: Any) -> Read:
    if not isinstance(value, dict):
        return {}, _("This is no object. | Write one with members such as id and name_vi.")
    return {str(name): _text(member) for name, member in value.items()}, ""


def _text(member: Any) -> str:
    if member is None:
        return ""
    if isinstance(member, list):
        return ";".join(map(_text, member))
    return json.dumps(member, ensure_ascii=False) if isinstance(member, dict | bool) else str(member)
