"""What a map shows of a box at a zoom: single marks and clusters, by one query whatever is in the database."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from heritage.maps import grid, layers
from heritage.maps.models import Mark
from heritage.maps.pyramid import TOP_ZOOM

MAX_ZOOM = grid.BASE_ZOOM
MAX_CELLS = 1200
"""A screen of 3840 x 2160 pixels at 85 pixels a cell; a larger box is answered at a lower zoom."""
MARK_COLUMNS = ["number", "symbol", "name_vi", "name_en", "rank", "picture", "phone", "is_sample", "accuracy_m"]


class BadViewport(ValueError):  # noqa: N818  # named for what the visitor sent
    """A box or zoom that is none; `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Viewport:
    """A box in degrees and the cells that cover it; where west > east the box crosses the antimeridian."""

    south: float
    west: float
    north: float
    east: float
    zoom: int
    symbols: tuple[int, ...]

    def columns(self, zoom: int) -> list[tuple[int, int]]:
        """First and last columns that cover the box: two pairs across the antimeridian."""
        left, right = grid.column_of(self.west, zoom), grid.column_of(self.east, zoom)
        return [(left, right)] if self.west <= self.east else [(left, grid.size(zoom) - 1), (0, right)]

    def rows(self, zoom: int) -> tuple[int, int]:
        return grid.row_of(self.north, zoom), grid.row_of(self.south, zoom)

    @property
    def cell_zoom(self) -> int:
        """The asked-for zoom, or the nearest lower one at which the box has a bounded number of cells."""
        for zoom in range(self.zoom, 0, -1):
            top, bottom = self.rows(zoom)
            if (bottom - top + 1) * sum(right - left + 1 for left, right in self.columns(zoom)) <= MAX_CELLS:
                return zoom
        return 0


def parse(params: Mapping[str, str]) -> Viewport:
    """The viewport of `bbox=west,south,east,north` (RFC 7946, section 5), `zoom`, `layers` and `ranks`.

    Raises:
        BadViewport: the box or the zoom is none; the message says what one looks like.
    """
    west, south, east, north = box_of(params.get("bbox", ""))
    zoom = params.get("zoom", "")
    if not (zoom.isascii() and zoom.isdigit() and len(zoom) <= 2):
        raise BadViewport("zoom", _("A zoom is a whole number from 0 to %(most)d.") % {"most": MAX_ZOOM})
    chosen = layers.symbols(_names(params, "layers"), _names(params, "ranks"))
    return Viewport(south, west, north, east, min(int(zoom), MAX_ZOOM), tuple(chosen))


def _names(params: Mapping[str, str], name: str) -> list[str]:
    return [part for part in params.get(name, "")[:400].split(",") if part]


def box_of(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north of a `bbox`.

    Raises:
        BadViewport: it is none.
    """
    help_text = _("A box is west,south,east,north in degrees, such as 105.2,21.2,106.3,22.1.")
    try:
        numbers = [float(part) for part in text[:200].split(",")]
    except ValueError:
        raise BadViewport("bbox", help_text) from None
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        raise BadViewport("bbox", help_text)
    west, south, east, north = numbers
    if south > north:
        raise BadViewport("bbox", _("The box is upside down: its south lies north of its north.") + " " + help_text)
    if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 540:
        raise BadViewport("bbox", help_text)
    if east - west >= 360:
        return -180.0, south, 180.0, north
    return _wrapped(west), south, _wrapped(east), north


def _wrapped(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def features(view: Viewport) -> list[dict[str, Any]]:
    """GeoJSON features of the marks that stand alone in their cell and of the clusters; one query."""
    zoom = view.cell_zoom
    sql, params = cells_of(view, zoom)
    wanted = ", ".join(f"m.{name}" for name in MARK_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.y, c.x, c.n, c.lat, c.lon, c.heritage, {wanted} FROM ({sql}) c "  # noqa: S608  # own names only
            "LEFT JOIN maps_mark m ON c.n = 1 AND m.id = c.id",
            params,
        )
        return [_feature(zoom, row) for row in cursor.fetchall()]


def cells_of(view: Viewport, zoom: int) -> tuple[str, list[Any]]:
    """SQL and parameters for the cells of `zoom` in a view: y, x, n, lat, lon, heritage, id."""
    return (_of_pyramid if zoom <= TOP_ZOOM else _of_marks)(view, zoom)


def _of_pyramid(view: Viewport, zoom: int) -> tuple[str, list[Any]]:
    """Rows are named one by one, so that the index leads straight to each strip of cells."""
    top, bottom = view.rows(zoom)
    rows = list(range(top, bottom + 1))
    columns = view.columns(zoom)
    spans = " OR ".join(["cell_x BETWEEN %s AND %s"] * len(columns))
    symbols = layers.summed(view.symbols)
    sql = (
        "SELECT cell_y AS y, cell_x AS x, SUM(count) AS n, SUM(sum_latitude) / (1000000.0 * SUM(count)) AS lat, "  # noqa: S608
        "SUM(sum_longitude) / (1000000.0 * SUM(count)) AS lon, "
        f"SUM(CASE WHEN {layers.IS_HERITAGE} THEN count ELSE 0 END) AS heritage, SUM(sum_id) AS id "
        f"FROM maps_cluster WHERE zoom = %s AND cell_y IN ({_marks_of(rows)}) AND ({spans}) "
        f"AND symbol IN ({_marks_of(symbols)}) GROUP BY cell_y, cell_x"
    )
    return sql, [zoom, *rows, *(end for span in columns for end in span), *symbols]


def _of_marks(view: Viewport, zoom: int) -> tuple[str, list[Any]]:
    """At high zooms the marks themselves, found by strip of latitude, counted by cell."""
    shift = grid.BASE_ZOOM - zoom
    top, bottom = view.rows(zoom)
    south, north = grid.bounds(zoom, bottom, 0)[0], grid.bounds(zoom, top, 0)[2]
    strips = list(range(grid.strip_of(south), grid.strip_of(north) + 1))
    columns = view.columns(zoom)
    spans = " OR ".join(["longitude BETWEEN %s AND %s AND cell_x BETWEEN %s AND %s"] * len(columns))
    sql = (
        f"SELECT cell_y >> {shift} AS y, cell_x >> {shift} AS x, COUNT(*) AS n, AVG(latitude) AS lat, "  # noqa: S608
        f"AVG(longitude) AS lon, SUM(CASE WHEN {layers.IS_HERITAGE} THEN 1 ELSE 0 END) AS heritage, MIN(id) AS id "
        f"FROM maps_mark WHERE lat_row IN ({_marks_of(strips)}) AND ({spans}) AND cell_y BETWEEN %s AND %s "
        f"AND symbol IN ({_marks_of(view.symbols)}) GROUP BY 1, 2"
    )
    ends: list[Any] = []
    for left, right in columns:
        west, east = grid.bounds(zoom, 0, left)[1], grid.bounds(zoom, 0, right)[3]
        ends += [west, east, left << shift, ((right + 1) << shift) - 1]
    return sql, [*strips, *ends, top << shift, ((bottom + 1) << shift) - 1, *view.symbols]


def _marks_of(values: Any) -> str:
    return ", ".join(["%s"] * len(values))


def _feature(zoom: int, row: tuple[Any, ...]) -> dict[str, Any]:
    y, x, count, latitude, longitude, heritage, *values = row
    if count == 1 and values[0] is not None:
        properties = properties_of(dict(zip(MARK_COLUMNS, values, strict=True)))
    else:
        properties = {"cluster": f"{zoom}/{x}/{y}", "count": int(count), "heritage": int(heritage)}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(float(longitude), 6), round(float(latitude), 6)]},
        "properties": properties,
    }


def properties_of(mark: dict[str, Any]) -> dict[str, Any]:
    """What a popup and a list line show of a mark; what is blank is left out."""
    values = {
        "number": mark["number"],
        "layer": layers.layer_of(mark["symbol"]).slug,
        "band": layers.band_of(mark["symbol"]).slug,
        "name": {"vi": mark["name_vi"], "en": mark["name_en"]},
        "picture": mark["picture"],
        "phone": mark["phone"],
        "sample": bool(mark["is_sample"]),
        "accuracy": mark["accuracy_m"],
    }
    return {key: value for key, value in values.items() if value}


MEMBERS = 60


def members(cell: str, chosen: tuple[int, ...]) -> tuple[list[dict[str, Any]], int]:
    """The first marks of a cluster (`zoom/x/y`) as features, and how many it has in all.

    Raises:
        BadViewport: the cell is none.
    """
    parts = cell.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts):
        raise BadViewport("cell", _("A cell is zoom/x/y, as the map's own clusters name it."))
    zoom, x, y = map(int, parts)
    if zoom > MAX_ZOOM or max(x, y) >= grid.size(zoom):
        raise BadViewport("cell", _("A cell is zoom/x/y, as the map's own clusters name it."))
    shift = grid.BASE_ZOOM - zoom
    south, west, north, east = grid.bounds(zoom, y, x)
    rows = Mark.objects.filter(
        lat_row__range=(grid.strip_of(south), grid.strip_of(north)),
        longitude__range=(west, east),
        cell_y__range=(y << shift, ((y + 1) << shift) - 1),
        cell_x__range=(x << shift, ((x + 1) << shift) - 1),
        symbol__in=chosen,
    )
    found = list(rows.order_by("layer", "name_vi").values("latitude", "longitude", *MARK_COLUMNS)[: MEMBERS + 1])
    total = len(found) if len(found) <= MEMBERS else rows.count()
    return [feature_of(mark) for mark in found[:MEMBERS]], total


def by_number(number: str) -> list[dict[str, Any]]:
    """The feature of the mark with this permanent number; none where it is not on the map."""
    rows = Mark.objects.filter(number=number).values("latitude", "longitude", *MARK_COLUMNS)
    return [feature_of(mark) for mark in rows[:1]]


def feature_of(mark: dict[str, Any]) -> dict[str, Any]:
    """A mark's row of values as a GeoJSON feature (RFC 7946)."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [mark["longitude"], mark["latitude"]]},
        "properties": properties_of(mark),
    }
