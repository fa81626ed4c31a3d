"""The table of contents as staff type it, one entry in a line:

    Lời tựa | Preface | 3
    Quyển một | Volume one | 4-90
    - Chương thứ nhất | | 4
    - Bài minh | Inscription | 12 xywh=100,200,800,600

Hyphens at the start set the depth, the columns are the title in Vietnamese, the title in English and the pages, counted
from 1; behind the first page a part of it may stand, of a picture (`xywh`, pixels) or of a recording (`t`, seconds).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.core.folding import nfc
from heritage.iiif.models.contents import MAX_DEPTH, Range, validate_part

MAX_ENTRIES = 2000
LINE = re.compile(r"(?P<hyphens>(?:-\s*)*)(?P<vi>[^|]*)\|(?P<en>[^|]*)\|(?P<where>[^|]*)")
WHERE = re.compile(r"(?P<first>\d{1,6})(?:\s*[-–]\s*(?P<last>\d{1,6}))?(?:\s+(?P<part>\S+))?")


@dataclass(frozen=True)
class Entry:
    """One entry; `first` and `last` are page numbers from 1, `last` is None where the next entry ends it."""

    depth: int
    label_vi: str
    label_en: str
    first: int
    last: int | None = None
    part: str = ""


def parse(text: str, pages: int) -> list[Entry]:
    """The entries of `text` for an object of `pages` pages.

    Raises:
        ValidationError: with one message for each line that is no entry, naming line, value and remedy.
    """
    found: list[Entry] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_entry(line.strip(), pages, found[-1].depth if found else -1))
        except ValueError as wrong:
            problems.append(_("Line %(number)s: %(reason)s") % {"number": number, "reason": wrong})
    if len(found) > MAX_ENTRIES:
        problems.append(_("At most %(limit)s entries.") % {"limit": MAX_ENTRIES})
    if problems:
        raise ValidationError(problems[:20])
    return found


def _entry(line: str, pages: int, depth_before: int) -> Entry:
    columns = LINE.fullmatch(line)
    if columns is None:
        raise ValueError(_("write title | title in English | page, with two upright strokes."))
    depth = columns["hyphens"].count("-")
    if depth >= MAX_DEPTH:
        raise ValueError(_("at most %(limit)s hyphens.") % {"limit": MAX_DEPTH - 1})
    if depth > depth_before + 1:
        raise ValueError(_("it lies more than one hyphen deeper than the line before."))
    title, english = (nfc(" ".join(columns[name].split())) for name in ("vi", "en"))
    if not title:
        raise ValueError(_("the title in Vietnamese is missing."))
    if max(len(title), len(english)) > 300:
        raise ValueError(_("a title has at most 300 characters."))
    first, last, part = _where(columns["where"].strip(), pages)
    return Entry(depth, title, english, first, last, part)


def _where(text: str, pages: int) -> tuple[int, int | None, str]:
    found = WHERE.fullmatch(text)
    if found is None:
        raise ValueError(_("“%(value)s” is no page; write 5, 5-9 or 5 xywh=0,0,100,100.") % {"value": text[:40]})
    first, last, part = int(found["first"]), int(found["last"]) if found["last"] else None, found["part"] or ""
    if not 1 <= first <= pages or (last is not None and not first <= last <= pages):
        raise ValueError(_("“%(value)s”: the pages are 1 to %(pages)s.") % {"value": text[:40], "pages": pages})
    if part:
        try:
            validate_part(part)
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from wrong
    return first, last, part


def format_entries(entries: Iterable[Entry]) -> str:
    """What `parse` reads, one line for each entry."""
    return "\n".join(_line(entry) for entry in entries)


def _line(entry: Entry) -> str:
    pages = f"{entry.first}-{entry.last}" if entry.last else str(entry.first)
    hyphens = "-" * entry.depth + (" " if entry.depth else "")
    return f"{hyphens}{entry.label_vi} | {entry.label_en} | {pages}{f' {entry.part}' if entry.part else ''}"


def entries_of(ranges: Iterable[Range], canvas_pks: Sequence[int]) -> list[Entry]:
    """Kept ranges as entries; `canvas_pks` are those of the object's canvases in their order."""
    page = {pk: number for number, pk in enumerate(canvas_pks, 1)}
    return [
        Entry(one.depth, one.label_vi, one.label_en, page[one.first_id], page.get(one.last_id or 0), one.part)
        for one in ranges
        if one.first_id in page
    ]
