"""Where on a scan a hit stands: the address of each scan hit is led to the box around the words that were found."""

from dataclasses import replace

from heritage.iiif.models import PageText
from heritage.search.analysis import compose
from heritage.search.contract import Hit, Kind
from heritage.search.highlight import Wanted, densest
from heritage.search.indexers.scan import region

MARGIN = 3
"""Heights of a line shown above and below the words."""

Box = tuple[int, int, int, int]


def located(hits: tuple[Hit, ...], asked: Wanted) -> tuple[Hit, ...]:
    """`hits` with those inside scans leading to their words; one query for all of them, none where there are none."""
    pages = {hit.id: int(hit.id.rpartition("/")[2]) for hit in hits if hit.kind is Kind.SCAN}
    if not pages:
        return hits
    rows = PageText.objects.filter(canvas__in=pages.values()).select_related("canvas")
    texts = {text.canvas_id: text for text in rows.defer("folded", "canvas__technical")}
    return tuple(_led(hit, texts.get(pages[hit.id]), asked) if hit.id in pages else hit for hit in hits)


def _led(hit: Hit, page: PageText | None, asked: Wanted) -> Hit:
    box = box_of(page, asked) if page else None
    if page is None or box is None:
        return hit
    ending = region(page.canvas.image_identifier, box)
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
