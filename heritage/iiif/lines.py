"""Texts that staff type with one thing to a line, and what is wrong with each line that is none."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")
MOST_PROBLEMS = 20
"""Told at once; the rest shows when these are mended."""


def read(text: str, read_line: Callable[[str, list[T]], T]) -> tuple[list[T], list[Any]]:
    """The things of `text`, and one message, with its number, for each line that `read_line` refuses (ValueError).

    `read_line` is given the line and the things before it; blank lines are passed over.
    """
    found: list[T] = []
    problems: list[Any] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(read_line(line, found))
        except ValueError as wrong:
            problems.append(_("Line %(number)s: %(reason)s") % {"number": number, "reason": wrong})
    return found, problems
