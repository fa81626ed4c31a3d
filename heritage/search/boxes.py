"""Where a hit stands: on a scan its address is led to the box around the words, in a recording to their second."""

from dataclasses import replace
from urllib.parse import quote

from heritage.iiif import captions
from heritage.iiif.models import Caption, PageText
from heritage.search.analysis import compose
from heritage.search.contract import Hit, Kind
from heritage.search.highlight import Wanted, densest
from heritage.search.indexers.scan import CAPTION, region

MARGIN = 3
"""Heights of a line shown above and below the words."""

Box = tuple[int, int, int, int]


def located(hits: tuple[Hit, ...], asked: Wanted) -> tuple[Hit, ...]:
    """`hits` with those inside scans and recordings leading to their words; a query for each sort that is there."""
    parts = {hit.id: hit.id.rpartition("/")[2] for hit in hits if hit.kind is Kind.SCAN}
    pages = [int(part) for part in parts.values() if part.isdigit()]
    said = [int(part.removeprefix(CAPTION)) for part in parts.values() if part.startswith(CAPTION)]
    found: dict[str, str] = {}
    if pages:
        rows = PageText.objects.filter(canvas__in=pages).select_related("canvas")
        found |= {str(one.canvas_id): _on_page(one, asked) for one in rows.defer("folded", "canvas__technical")}
    if said:
        rows_said = Caption.objects.filter(pk__in=said).select_related("canvas")
        found |= {f"{CAPTION}{one.pk}": _in_time(one, asked) for one in rows_said.defer("folded", "canvas__technical")}
    return tuple(_led(hit, found.get(parts.get(hit.id, ""), "")) for hit in hits)


def _on_page(page: PageText, asked: Wanted) -> str:
    box = box_of(page, asked)
    return region(page.canvas.image_identifier, box) if box else ""


def _in_time(caption: Caption, asked: Wanted) -> str:
    """The second at which the words are said that stand closest together."""
    found = densest(compose(caption.words), asked)
    if not found:
        return ""
    begin, _end = captions.moment(caption.text, caption.words, min(start for start, _end in found))
    return f"{quote(caption.canvas.image_identifier, safe='')}/t={begin:g}"


def _led(hit: Hit, ending: str) -> Hit:
    if not ending:
        return hit
    lead = {language: f"{url.partition('#')[0]}#{ending}" for language, url in hit.urls.items()}
    return replace(hit, urls=lead, url=f"{hit.url.partition('#')[0]}#{ending}")


def box_of(page: PageText, asked: Wanted) -> Box | None:
    """The words found where they stand closest together, with some lines around them, in pixels of the canvas."""
    found = densest(compose(page.text), asked)
    boxes = [box for start, length, *box in page.words if any(a < start + length and b > start for a, b in found)]
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    margin = MARGIN * max(box[3] for box in boxes)
    left, top = max(0, left - margin), max(0, top - margin)
    width, height = page.canvas.width or right, page.canvas.height or bottom
    right, bottom = min(width, right + margin), min(height, bottom + margin)
    return left, top, max(1, right - left), max(1, bottom - top)
