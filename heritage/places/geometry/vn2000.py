"""VN-2000 plane coordinates to WGS 84 by PROJ, and the central meridian of each province.

VN-2000 has the WGS 84 ellipsoid on a datum of its own; zones of 3 degrees have the scale 0.9999, those of 6 degrees
0.9996 (Circular 973/2001/TT-TCĐC). The shift is EPSG operation 6960, right to about a metre. The table of provinces
(`data/vn2000_meridians.csv`) is that of the 63 provinces before 1 July 2025, as the circular and the EPSG registry
give it; a province that took in others has several, and the drawing says which one it was made in. The whole table
was compared with the areas of use in the EPSG registry (a test does it again) and, for 62 provinces, with a public
table that names Circular 24/2024/TT-BTNMT, appendix VI, as its source: no difference. Whether a newer circular gives
the 34 provinces one meridian each was not found out.
"""

import csv
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from pyproj.transformer import Transformer, TransformerGroup

from heritage.places.geometry.shapes import Problem, refuse
from heritage.places.models import Unit
from heritage.places.queries import predecessors
from heritage.places.tables import DATA

THREE_DEGREES = {
    102.0: 5896,
    103.0: 9205,
    104.0: 9206,
    104.5: 9207,
    104.75: 9208,
    105.0: 5897,
    105.5: 9209,
    105.75: 9210,
    106.0: 9211,
    106.25: 9212,
    106.5: 9213,
    107.0: 9214,
    107.25: 9215,
    107.5: 9216,
    107.75: 5899,
    108.0: 5898,
    108.25: 9217,
    108.5: 9218,
}
"""EPSG codes of the 3-degree zones by central meridian in degrees."""
SIX_DEGREES = {105.0: 3405, 111.0: 3406}
"""EPSG codes of the 6-degree zones (UTM 48 and 49)."""
WIDTHS = {3: THREE_DEGREES, 6: SIX_DEGREES}
NORTHINGS = (850_000, 2_650_000)
EASTINGS = (100_000, 900_000)

Point = tuple[float, float]


def label(meridian: float) -> str:
    """`106.5` -> `106°30′`."""
    whole, minutes = divmod(round(meridian * 60), 60)
    return f"{whole}°{minutes:02d}′"


@lru_cache(maxsize=len(THREE_DEGREES) + len(SIX_DEGREES))
def _transformer(epsg: int) -> Transformer:
    # The group's first is the newest operation for all of Viet Nam, wherever the point lies in its zone.
    return TransformerGroup(epsg, 4326, always_xy=True).transformers[0]


def to_degrees(points: list[Point], meridian: float, width: int = 3) -> list[Point]:
    """(easting, northing) in metres -> (longitude, latitude) in degrees of WGS 84.

    Raises:
        BadGeometryError: there is no such zone.
    """
    epsg = WIDTHS.get(width, {}).get(meridian)
    if epsg is None:
        message = _("There is no VN-2000 zone of %(width)s degrees with the central meridian %(meridian)s.")
        raise refuse("meridian", message % {"width": width, "meridian": label(meridian)})
    xs, ys = _transformer(epsg).transform([x for x, _y in points], [y for _x, y in points])
    return list(zip(xs, ys, strict=True))


@lru_cache(maxsize=1)
def _by_province() -> dict[str, float]:
    with (DATA / "vn2000_meridians.csv").open(encoding="utf-8", newline="") as file:
        return {row["province"]: float(row["meridian"]) for row in csv.DictReader(file)}


def of_province(code: str) -> float | None:
    """The central meridian that the circular gives the province of this code before 1 July 2025."""
    return _by_province().get(code)


def meridians_of(unit: Unit | None) -> list[float]:
    """The meridians in which drawings of `unit`'s province may have been made: its own first, then those it took in."""
    return list(named_meridians(unit))


def named_meridians(unit: Unit | None) -> dict[float, list[Unit]]:
    """As `meridians_of`, each with the provinces of before 1 July 2025 that drew by it."""
    if unit is None:
        return {}
    province = unit.province or unit
    before = [change.predecessor for change in predecessors(province)] or [province]
    before.sort(key=lambda one: one.code != province.code)
    found: dict[float, list[Unit]] = {}
    for one in before:
        if (meridian := of_province(one.code)) is not None:
            found.setdefault(meridian, []).append(one)
    return found


def unusual(meridian: float, unit: Unit | None) -> Problem | None:
    """What to look at where no drawing of `unit`'s province is made in `meridian`; some are all the same."""
    usual = named_meridians(unit)
    if not usual or meridian in usual:
        return None
    message = _("Drawings here are made with %(usual)s; you chose %(chosen)s. Take what the drawing itself says.")
    values = {"usual": ", ".join(label(one) for one in usual), "chosen": label(meridian)}
    return Problem("meridian", message % values)


def suggestion(points: list[Point], chosen: float, near: Point, within_m: float) -> Problem | None:
    """The other meridian with which `points` lie near the record, where `chosen` puts them far away."""
    from heritage.places.geometry.measuring import distance_m

    def away(meridian: float) -> float:
        return min(distance_m(point, near) for point in to_degrees(points, meridian))

    if away(chosen) <= within_m:
        return None
    best = min((meridian for meridian in THREE_DEGREES if meridian != chosen), key=away)
    if away(best) > within_m:
        return None
    message = _(
        "With the central meridian %(chosen)s the area lies %(far)s km from the record's own point, with %(best)s only "
        "%(near)s km: choose %(best)s if the drawing says so."
    )
    values = {"chosen": label(chosen), "best": label(best)}
    return Problem(
        "meridian",
        message % {**values, "far": number_format(away(chosen) / 1000, 1), "near": number_format(away(best) / 1000, 1)},
    )
