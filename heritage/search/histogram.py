"""Decades as a histogram: bars drawn as SVG, each a link to its years."""

from dataclasses import dataclass

from heritage.search import facets, params, wording
from heritage.search.contract import Result

WIDTH, HEIGHT = 240, 64
"""Units of the drawing; it is scaled to its column."""
MOST_BARS = 48
_GAP = 1


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str
    count: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Histogram:
    """`span` is years of a bar: 10, or more where the decades are too many to be told apart."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    span: int
    width: int = WIDTH
    height: int = HEIGHT


def drawn(result: Result) -> Histogram | None:
    """The decades of a result; None where there are fewer than two."""
    counts = {int(one.value): one.count for one in result.facets.get("decade", ()) if one.count}
    if len(counts) < 2:
        return None
    span = next(span for span in (10, 50, 100, 500) if (max(counts) - min(counts)) // span < MOST_BARS or span == 500)
    wide: dict[int, int] = {}
    for decade, count in counts.items():  # a thing of several decades stands once in a wider bar: their largest
        start = decade // span * span
        wide[start] = max(wide.get(start, 0), count)
    starts = list(range(min(wide), max(wide) + 1, span))
    width = WIDTH / len(starts)
    bars = tuple(_bar(result, place * width, width, start, span, wide) for place, start in enumerate(starts))
    return Histogram(bars, str(starts[0]), str(starts[-1] + span - 1), span)


def _bar(result: Result, x: float, width: float, start: int, span: int, counts: dict[int, int]) -> Bar:
    count, most = counts.get(start, 0), max(counts.values())
    height = max(2.0, HEIGHT * count / most) if count else 0.0
    years = (start, start + span - 1)
    is_chosen = result.query.years == years
    return Bar(
        x=round(x, 2),
        y=round(HEIGHT - height, 2),
        width=round(max(1.0, width - _GAP), 2),
        height=round(height, 2),
        label=f"{years[0]}–{years[1]}" if span > 10 else facets.label("decade", str(start)),
        count=wording.counted(count),
        url=f"?{params.write(result.query, years=None if is_chosen else years)}",
        is_chosen=is_chosen,
    )
