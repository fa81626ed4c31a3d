"""Which record a picture belongs to, by the number in its name or in that of its folder."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from heritage.catalog.models import Record

_TAIL = re.compile(r"[\s_.(\-][^\s_.(\-]*$")
CHUNK = 500


def candidates(name: str) -> Iterator[str]:
    """Numbers that a file's name may mean, the likeliest first.

    `TN05.jpg`, `TN05-2.jpg`, `TN05 (3).jpg` and `TN05/front.jpg` are all of `TN05`; a whole name goes before its start.
    """
    path = PurePosixPath(name)
    stem = path.stem.upper().strip()
    while stem:
        yield stem
        shorter = _TAIL.sub("", stem)
        stem = shorter if shorter != stem else ""
    for folder in reversed(path.parent.parts):
        yield folder.upper().strip()


def records_of(names: Iterable[str]) -> dict[str, Record]:
    """The record of each name that means one."""
    meant = {name: list(dict.fromkeys(candidates(name))) for name in names}
    wanted = sorted({number for numbers in meant.values() for number in numbers})
    there: dict[str, Record] = {}
    for start in range(0, len(wanted), CHUNK):
        some = Record.objects.filter(number__in=wanted[start : start + CHUNK]).select_related("unit")
        there |= {record.number: record for record in some}
    found = {name: next((number for number in numbers if number in there), "") for name, numbers in meant.items()}
    return {name: there[number] for name, number in found.items() if number}
