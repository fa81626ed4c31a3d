"""The table of contents as staff type it, one entry in a line:

    Lời tựa | Preface | 3
    Quyển một | Volume one | 4-90
    - Chương thứ nhất | | 4
    - Bài minh | Inscription | 12 xywh=100,200,800,600
    Tin trong tỉnh | News of the province | 2 xywh=10,10,400,900; 5 xywh=20,10,400,300
    Theo ý tác giả | As the author meant | 2; 3; 1 | sequence

Hyphens at the start set the depth, the columns are the title in Vietnamese, the title in English and the pages, counted
from 1; behind the first page a part of it may stand, of a picture (`xywh`, pixels) or of a recording (`t`, seconds).
Pieces with semicolons between them stand in any order. A fourth column says what an entry is for: `sequence` (another
order of the pages), `no-nav`, `thumbnail-nav`, and `picture=3` for the page whose picture leads to it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.core.folding import nfc
from heritage.iiif import lines
from heritage.iiif.models.contents import MAX_DEPTH, Range, RangeBehavior, validate_part

MAX_ENTRIES = 2000
LINE = re.compile(r"(?P<hyphens>(?:-\s*)*)(?P<vi>[^|]*)\|(?P<en>[^|]*)\|(?P<where>[^|]*)(?:\|(?P<use>[^|]*))?")
WHERE = re.compile(r"(?P<first>\d{1,6})(?:\s*[-–]\s*(?P<last>\d{1,6}))?(?:\s+(?P<part>\S+))?")


@dataclass(frozen=True)
class Entry:
    """One entry; `first` and `last` are page numbers from 1, `last` is None where the next entry ends it.

    `pieces`, page numbers with their parts, are all that it holds where there are any; `first` is then the first.
    """

    depth: int
    label_vi: str
    label_en: str
    first: int
    last: int | None = None
    part: str = ""
    pieces: tuple[tuple[int, str], ...] = ()
    behavior: str = ""
    picture: int | None = None


def parse(text: str, pages: int) -> list[Entry]:
    """The entries of `text` for an object of `pages` pages.

    Raises:
        ValidationError: with one message for each line that is no entry, naming line, value and remedy.
    """
    found, problems = lines.read(text, lambda line, before: _entry(line.strip(), pages, before[-1] if before else None))
    if len(found) > MAX_ENTRIES:
        problems.append(_("At most %(limit)s entries.") % {"limit": MAX_ENTRIES})
    if problems:
        raise ValidationError(problems[: lines.MOST_PROBLEMS])
    return found


def _entry(line: str, pages: int, before: Entry | None) -> Entry:
    columns = LINE.fullmatch(line)
    if columns is None:
        raise ValueError(_("write title | title in English | page, with two upright strokes."))
    depth_before = before.depth if before else -1
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
    where = [_where(piece.strip(), pages) for piece in columns["where"].split(";")]
    first, last, part = where[0]
    if len(where) > 1 and any(one[1] for one in where):
        raise ValueError(_("name each page by itself where semicolons stand: 2; 3; 4 and not 2-4; 6."))
    pieces = tuple((page, piece) for page, _last, piece in where) if len(where) > 1 else ()
    behavior, picture = _use((columns["use"] or "").split(), pages)
    if RangeBehavior.SEQUENCE in (
        behavior if depth else "",
        before.behavior if before and depth_before < depth else "",
    ):
        raise ValueError(_("an order of the pages (sequence) lies in no entry and holds none."))
    return Entry(depth, title, english, first, last, part, pieces, behavior, picture)


def _use(words: list[str], pages: int) -> tuple[str, int | None]:
    """What the fourth column says: the behavior, and the page whose picture leads to the entry."""
    behavior, picture = "", None
    for word in words:
        number = word.removeprefix("picture=")
        if word in RangeBehavior.values:
            behavior = word
        elif number != word and number.isascii() and number.isdigit() and 1 <= int(number) <= pages:
            picture = int(number)
        else:
            raise ValueError(
                _("“%(value)s” is no use; write sequence, no-nav, thumbnail-nav or picture= and a page.")
                % {"value": word[:40]}
            )
    return behavior, picture


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
    hyphens = "-" * entry.depth + (" " if entry.depth else "")
    pages = f"{entry.first}-{entry.last}" if entry.last else str(entry.first)
    pieces = [f"{page} {part}".strip() for page, part in entry.pieces]
    where = "; ".join(pieces) if pieces else f"{pages} {entry.part}".strip()
    use = " ".join(filter(None, (entry.behavior, f"picture={entry.picture}" if entry.picture else "")))
    return f"{hyphens}{entry.label_vi} | {entry.label_en} | {where}{f' | {use}' if use else ''}"


def entries_of(ranges: Iterable[Range], canvas_pks: Sequence[int]) -> list[Entry]:
    """Kept ranges as entries; `canvas_pks` are those of the object's canvases in their order."""
    page = {pk: number for number, pk in enumerate(canvas_pks, 1)}
    return [
        Entry(
            one.depth,
            one.label_vi,
            one.label_en,
            page[one.first_id],
            page.get(one.last_id or 0),
            one.part,
            tuple((page[pk], part) for pk, part in one.pieces if pk in page),
            one.behavior,
            page.get(one.picture_id or 0),
        )
        for one in ranges
        if one.first_id in page
    ]
