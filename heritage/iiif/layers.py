"""Which pictures are shown on others, as staff type it, one in a line: page, the page it is shown on, and where.

    3 | 2
    4 | 2 | 1200,300,800,600

Page 3 is another view of page 2, such as one by raking light; page 4 is a part laid on it, at left, top, width and
height in pixels of page 2. Neither is then a page of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from heritage.iiif import lines, regions
from heritage.iiif.models import Canvas

MAX_LAYERS = 500
_PLACE = re.compile(r"\d{1,7},\d{1,7},[1-9]\d{0,6},[1-9]\d{0,6}", re.ASCII)


@dataclass(frozen=True)
class Layer:
    """The picture of page `page` is shown on page `on`, both counted from 1; `place` is blank for a view of all."""

    page: int
    on: int
    place: str = ""


def parse(text: str, canvases: Sequence[Canvas]) -> list[Layer]:
    """The layers of `text` among the pages `canvases`.

    Raises:
        ValidationError: with one message for each line that is no layer, naming line, value and remedy.
    """
    found, problems = lines.read(text, lambda line, before: _layer(line, canvases, {one.page for one in before}))
    shown = {one.page for one in found}
    problems += [
        _("Page %(page)s is shown on another page itself; nothing can be shown on it.") % {"page": page}
        for page in sorted({one.on for one in found} & shown)
    ]
    if len(found) > MAX_LAYERS:
        problems.append(_("At most %(limit)s lines.") % {"limit": MAX_LAYERS})
    if problems:
        raise ValidationError(problems[: lines.MOST_PROBLEMS])
    return found


def _layer(line: str, canvases: Sequence[Canvas], known: set[int]) -> Layer:
    columns = [column.strip() for column in line.split("|")]
    numbers = [column for column in columns[:2] if column.isascii() and column.isdigit() and len(column) < 7]
    if len(numbers) != 2 or len(columns) > 3:
        raise ValueError(_("write page | page it is shown on | left,top,width,height, the last only for a part."))
    page, on = int(numbers[0]), int(numbers[1])
    if not (1 <= page <= len(canvases) and 1 <= on <= len(canvases)):
        raise ValueError(_("the pages are 1 to %(pages)s.") % {"pages": len(canvases)})
    if page == on or page in known:
        raise ValueError(_("page %(page)s is shown once, and on another page.") % {"page": page})
    if not (canvases[page - 1].is_picture and canvases[on - 1].is_picture):
        raise ValueError(_("both pages must be pictures."))
    place = columns[2].replace(" ", "") if len(columns) == 3 else ""
    if place:
        _check(place, canvases[on - 1])
    return Layer(page, on, place)


def _check(place: str, canvas: Canvas) -> None:
    if not _PLACE.fullmatch(place):
        raise ValueError(_("“%(value)s” is no place; write left,top,width,height.") % {"value": place[:40]})
    try:
        regions.check(place, canvas.width or 0, canvas.height or 0)
    except ValidationError as outside:
        raise ValueError(outside.messages[0]) from outside


def format_layers(canvases: Iterable[Canvas]) -> str:
    """What `parse` reads, for the pages of an object in their order."""
    pages = {canvas.pk: number for number, canvas in enumerate(canvases, 1)}
    lines = []
    for canvas in canvases:
        if canvas.shown_on_id in pages:
            place = f" | {canvas.place_on}" if canvas.place_on else ""
            lines.append(f"{pages[canvas.pk]} | {pages[canvas.shown_on_id]}{place}")
    return "\n".join(lines)
