"""What is near a point: distance along the ellipsoid (WGS 84), nearest first, a radius for each layer.

Candidates come from strips of latitude; the database sorts them by straight-line distance through the earth, which
sorts as the geodesic does and minds neither the antimeridian nor a pole; the few that remain are measured exactly.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models.query import RawQuerySet
from pyproj import Geod

from heritage.maps import grid, layers
from heritage.maps.models import Mark

GEOD = Geod(ellps="WGS84")
METRES_PER_DEGREE = 110_574.0
"""A degree of latitude where it is shortest, at the equator: boxes made with it are never too small."""
FIRST_TRY = 4
"""A quarter of the radius is looked at first; the whole only for layers that had too little there."""
SPARE = 4
"""More than asked for: one may be left out, and straight lines of a hair's difference may change places."""
LARGEST_RADIUS = 100_000.0


@dataclass(frozen=True)
class Near:
    """A mark and how far it is, in metres along the ellipsoid."""

    mark: Mark
    metres: float


def radius_of(slug: str) -> float:
    """Metres within which a layer counts as near, by setting."""
    return float(min(settings.NEARBY_RADIUS_M.get(slug, settings.NEARBY_RADIUS_M["default"]), LARGEST_RADIUS))


def nearest(
    latitude: float,
    longitude: float,
    slugs: Iterable[str],
    limit: int = 5,
    radii: Mapping[str, float] | None = None,
    leave_out: str = "",
) -> dict[str, list[Near]]:
    """Up to `limit` marks of each layer, nearest first, empty layers left out; one query, or two where few are close.

    `radii` (metres by layer) replaces the settings; `leave_out` is a number not to list, such as the page's own.
    """
    reach = {layers.BY_SLUG[slug].code: (radii or {}).get(slug, radius_of(slug)) for slug in slugs}
    if not reach:
        return {}
    first = max(reach.values()) / FIRST_TRY
    found = _measured(
        latitude, longitude, {code: min(radius, first) for code, radius in reach.items()}, limit, leave_out
    )
    short = {code: radius for code, radius in reach.items() if len(found.get(code, [])) < limit and radius > first}
    if short:
        found |= _measured(latitude, longitude, short, limit, leave_out)
    return {layer.slug: found[layer.code] for layer in layers.LAYERS if found.get(layer.code)}


def _measured(
    latitude: float, longitude: float, reach: Mapping[int, float], limit: int, leave_out: str
) -> dict[int, list[Near]]:
    marks = [mark for mark in _candidates(latitude, longitude, reach, limit) if mark.number != leave_out]
    if not marks:
        return {}
    count = len(marks)
    _there, _back, metres = GEOD.inv(
        [longitude] * count, [latitude] * count, [m.longitude for m in marks], [m.latitude for m in marks]
    )
    found: dict[int, list[Near]] = {}
    for near in sorted(map(Near, marks, metres), key=lambda near: (near.metres, near.mark.number)):
        rows = found.setdefault(near.mark.layer, [])
        if near.metres <= reach[near.mark.layer] and len(rows) < limit:
            rows.append(near)
    return found


def _candidates(latitude: float, longitude: float, reach: Mapping[int, float], limit: int) -> RawQuerySet:
    """The nearest few of each layer by the straight line; written out: the ORM takes longer to write it than to run."""
    x, y, z = grid.ecef(latitude, longitude)
    radius = max(reach.values())
    box, ends = _box(latitude, longitude, radius)
    layer_codes = list(reach)
    sql = _NEAREST.format(columns=_COLUMNS, box=box, layers=", ".join(["%s"] * len(layer_codes)))
    return Mark.objects.raw(sql, [x, y, z, *ends, *layer_codes, (radius + 1) ** 2, limit + SPARE])


_COLUMNS = ", ".join(f"found.{field.column}" for field in Mark._meta.concrete_fields)
_NEAREST = """
SELECT {columns} FROM (
  SELECT id, ROW_NUMBER() OVER (PARTITION BY layer ORDER BY chord, id) AS place FROM (
    SELECT mark.id, mark.layer,
      (ecef_x - here.x) * (ecef_x - here.x) + (ecef_y - here.y) * (ecef_y - here.y)
      + (ecef_z - here.z) * (ecef_z - here.z) AS chord
    FROM maps_mark mark
    CROSS JOIN (SELECT CAST(%s AS double precision) AS x, CAST(%s AS double precision) AS y,
      CAST(%s AS double precision) AS z) here
    WHERE {box} AND layer IN ({layers})
  ) near WHERE chord <= %s
) ranked JOIN maps_mark found ON found.id = ranked.id WHERE ranked.place <= %s
"""


def _box(latitude: float, longitude: float, radius: float) -> tuple[str, list[float]]:
    """Strips and longitudes that hold every point within `radius` metres, as SQL with its values.

    All longitudes where the circle takes in a pole; two spans where it crosses the antimeridian.
    """
    reach = radius / METRES_PER_DEGREE
    south, north = max(-90.0, latitude - reach), min(90.0, latitude + reach)
    strips = list(range(grid.strip_of(south), grid.strip_of(north) + 1))
    box = f"lat_row IN ({', '.join(['%s'] * len(strips))})"
    widest = max(abs(south), abs(north))
    # The parallel nearest to the pole is the shortest; no point of the circle is farther along it than this.
    metres = grid.SEMI_MAJOR * math.cos(math.radians(min(widest, 90.0)))
    width = math.degrees(radius / metres) * 1.01 if metres > 1 else 360.0
    if width >= 180:
        return box, [*strips]
    west, east = longitude - width, longitude + width
    if west < -180:
        return f"{box} AND (longitude <= %s OR longitude >= %s)", [*strips, east, west + 360]
    if east > 180:
        return f"{box} AND (longitude >= %s OR longitude <= %s)", [*strips, west, east - 360]
    return f"{box} AND longitude BETWEEN %s AND %s", [*strips, west, east]
