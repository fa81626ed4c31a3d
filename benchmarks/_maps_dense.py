"""A sheet of marks one to a cell, so that a screen of 3840 x 2160 pixels has about a thousand in view."""

from collections.abc import Iterator
from contextlib import contextmanager

ZOOM = 14
SIDE = 140
"""Cells on each side of the sheet: more than three screens wide, to pan in."""
MIDDLE = (21.2, 105.8)
START = f"{MIDDLE[0]},{MIDDLE[1]},{ZOOM}"


@contextmanager
def laid() -> Iterator[None]:
    """The sheet in place of whatever else is on the map below; taken away again."""
    from heritage.maps import grid, layers
    from heritage.maps.marks import at
    from heritage.maps.models import Mark

    row, column = grid.row_of(MIDDLE[0], ZOOM), grid.column_of(MIDDLE[1], ZOOM)
    slugs, made = list(layers.BY_SLUG), []
    for number in range(SIDE * SIDE):
        south, west, north, east = grid.bounds(
            ZOOM, row - SIDE // 2 + number // SIDE, column - SIDE // 2 + number % SIDE
        )
        symbol = layers.symbol_of(slugs[number % len(slugs)])
        mark = Mark(model="dense", object_id=number, number=f"DD-{number:06d}", symbol=symbol, name_vi=f"Mẫu {number}")
        made.append(at(mark, (south + north) / 2, (west + east) / 2))
    Mark.objects.bulk_create(made, batch_size=500)
    try:
        yield
    finally:
        Mark.objects.filter(model="dense").delete()
