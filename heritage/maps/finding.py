"""What a visitor asks of the map beyond a box: a name, how many of each layer, what is open at this moment."""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from heritage.catalog.queries import published as published_records
from heritage.core.folding import fold
from heritage.maps import grid, hours, layers, viewport
from heritage.maps.models import Mark, Place
from heritage.maps.pyramid import TOP_ZOOM

FOUND = 10
WORDS = 6
MOST_HOURS = 3000
"""Marks of a view whose hours are computed for one answer; a view with more is asked to come closer."""


def by_name(text: str) -> list[dict[str, Any]]:
    """Up to ten marks whose names hold every word of `text`, folded; those that begin with it first."""
    folded = fold(text)[:80]
    words = folded.split()[:WORDS]
    if not words or len(folded) < 2:
        return []
    rows = Mark.objects.all()
    for word in words:
        rows = rows.filter(folded__contains=word)
    begins = Case(When(folded__startswith=folded, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.order_by(begins, "layer", "folded", "number").values("latitude", "longitude", *viewport.MARK_COLUMNS)
    return [viewport.feature_of(mark) for mark in found[:FOUND]]


def counts(view: viewport.Viewport) -> dict[str, dict[str, int]]:
    """How many marks of each layer and of each rank lie in the view's cells, whatever is chosen; one query."""
    zoom = min(view.cell_zoom, TOP_ZOOM)
    top, bottom = view.rows(zoom)
    rows, columns, symbols = list(range(top, bottom + 1)), view.columns(zoom), layers.symbols()
    spans = " OR ".join(["cell_x BETWEEN %s AND %s"] * len(columns))
    sql = (
        "SELECT symbol, SUM(count) FROM maps_cluster WHERE zoom = %s "  # noqa: S608  # own names only
        f"AND cell_y IN ({', '.join(['%s'] * len(rows))}) AND ({spans}) "
        f"AND symbol IN ({', '.join(['%s'] * len(symbols))}) GROUP BY symbol"
    )
    by_layer: Counter[str] = Counter()
    by_band: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(sql, [zoom, *rows, *(end for span in columns for end in span), *symbols])
        for symbol, count in cursor.fetchall():
            by_layer[layers.layer_of(symbol).slug] += int(count)
            if layers.layer_of(symbol).family == layers.HERITAGE:
                by_band[layers.band_of(symbol).slug] += int(count)
    return {"layers": dict(by_layer), "ranks": dict(by_band)}


def open_now(view: viewport.Viewport) -> list[dict[str, Any]] | None:
    """Marks of the view that are open at this moment, as features and clusters; None where the view holds too many."""
    zoom = view.cell_zoom
    top, bottom = view.rows(zoom)
    south, north = grid.bounds(zoom, bottom, 0)[0], grid.bounds(zoom, top, 0)[2]
    cells: dict[tuple[int, int], list[dict[str, Any]]] = {}
    shift, looked_at = grid.BASE_ZOOM - zoom, 0
    for left, right in view.columns(zoom):
        rows = Mark.objects.filter(
            lat_row__range=(grid.strip_of(south), grid.strip_of(north)),
            cell_y__range=(top << shift, ((bottom + 1) << shift) - 1),
            cell_x__range=(left << shift, ((right + 1) << shift) - 1),
            symbol__in=view.symbols,
        ).exclude(opening_hours="")
        wanted = ("latitude", "longitude", "opening_hours", "cell_y", "cell_x", *viewport.MARK_COLUMNS)
        found = list(rows.values(*wanted)[: MOST_HOURS + 1])
        looked_at += len(found)
        if looked_at > MOST_HOURS:
            return None
        for mark in found:
            now = hours.now(mark["opening_hours"])
            if now and now.is_open:
                cells.setdefault((mark["cell_y"] >> shift, mark["cell_x"] >> shift), []).append(mark)
    return [_cell(zoom, x, y, marks) for (y, x), marks in cells.items()]


def _cell(zoom: int, x: int, y: int, marks: list[dict[str, Any]]) -> dict[str, Any]:
    if len(marks) == 1:
        return viewport.feature_of(marks[0])
    count = len(marks)
    longitude = sum(mark["longitude"] for mark in marks) / count
    latitude = sum(mark["latitude"] for mark in marks) / count
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]},
        "properties": {"cluster": f"{zoom}/{x}/{y}", "count": count, "heritage": 0},
    }


def details(number: str) -> dict[str, Any]:
    """What a popup adds once it is open: Zalo, web site, hours and whether open now, whose picture it shows.

    Of a record the picture's credit only; {} for what is not public.
    """
    place = Place.objects.filter(number=number, live=True).select_related("cover").first()
    if place is None:
        return _credited(published_records().filter(number=number).select_related("cover").first())
    now = hours.now(place.hours_in_force)
    values = {name: getattr(place, name) for name in ("zalo", "website", "opening_hours", "address", "phone")}
    told: dict[str, Any] = {name: value for name, value in values.items() if value}
    if now:
        local = now.changes_at
        told["now"] = {"open": now.is_open, "until": f"{local:%H:%M}" if local else ""}
    return told | _credited(place)


def _credited(thing: Any) -> dict[str, str]:
    """Who made the cover and under which licence, in one line."""
    cover = thing.cover if thing else None
    if cover is None:
        return {}
    words = [_("illustration") if cover.is_illustration else "", cover.credit, cover.licence]
    line = " · ".join(filter(None, words))
    return {"credit": line} if line else {}
