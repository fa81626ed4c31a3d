"""Historical maps: scans with control points, laid on the ground by an affine transformation of the Mercator plane.

The Georeference extension's polynomial of order 1, fitted by least squares as Allmaps fits it (in EPSG:3857). Only what
the public may see as pictures is here: open objects, in full or in their reduced size.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from django.db.models import Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from heritage.core import languages
from heritage.iiif import addresses
from heritage.iiif.image_api import reduced
from heritage.iiif.models import Access, Audience, Canvas, ControlPoint

MOST = 40
"""Maps of one answer."""
EARTH_M = 40_075_016.686
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x = a·column + c·row + e, y = b·column + d·row + f; the world is 0 to 1 on each axis."""
_COLUMNS = (
    "canvas__image_identifier", "canvas__width", "canvas__height", "canvas__digital_object__identifier",
    "canvas__digital_object__label_vi", "canvas__digital_object__label_en",
    "canvas__digital_object__attribution_vi", "canvas__digital_object__attribution_en",
    "canvas__digital_object__audience", "x", "y", "longitude", "latitude",
)  # fmt: skip


@dataclass(frozen=True)
class HistoricalMap:
    """One sheet. `box` is south, west, north, east in degrees; `error_m` the root mean square of its misfit."""

    identifier: str
    width: int
    height: int
    digital_object: str
    label_vi: str
    label_en: str
    credit_vi: str
    credit_en: str
    is_reduced: bool
    matrix: Matrix
    points: int
    error_m: float

    @property
    def service(self) -> str:
        """Path of the image service that the public may ask."""
        return addresses.image_path(self.identifier + (reduced.SUFFIX if self.is_reduced else ""))

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Longitude, latitude of the sheet's corners, clockwise from its upper left."""
        return [
            self.at(column, row)
            for column, row in ((0, 0), (self.width, 0), (self.width, self.height), (0, self.height))
        ]

    @property
    def box(self) -> tuple[float, float, float, float]:
        longitudes, latitudes = zip(*self.corners, strict=True)
        return min(latitudes), min(longitudes), max(latitudes), max(longitudes)

    def at(self, column: float, row: float) -> tuple[float, float]:
        """Longitude, latitude of a pixel."""
        a, b, c, d, e, f = self.matrix
        return _degrees(a * column + c * row + e, b * column + d * row + f)


def _plane(longitude: float, latitude: float) -> tuple[float, float]:
    sine = math.sin(math.radians(max(-85.05, min(85.05, latitude))))
    return (longitude + 180) / 360, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _degrees(x: float, y: float) -> tuple[float, float]:
    return x * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


@lru_cache(maxsize=512)
def fit(points: tuple[tuple[float, float, float, float], ...]) -> tuple[Matrix, float] | None:
    """The transformation of (column, row, longitude, latitude) points and its error in metres.

    None where they lie on one line or two sides of the sheet would fall together: such points lay no map.
    """
    pixels = np.array([(x, y, 1.0) for x, y, _lon, _lat in points])
    scale = max(float(np.abs(pixels[:, :2]).max()), 1.0)
    pixels[:, :2] /= scale
    plane = np.array([_plane(longitude, latitude) for _x, _y, longitude, latitude in points])
    if len(points) < 3 or np.linalg.matrix_rank(pixels, tol=1e-4) < 3:
        return None
    middle = plane.mean(axis=0)
    solved = np.linalg.lstsq(pixels, plane - middle, rcond=None)[0]
    (a, b), (c, d), (e, f) = solved.tolist()
    if abs(a * d - b * c) < 1e-6 * (math.hypot(a, b) * math.hypot(c, d) or 1):
        return None
    missed = float(np.sqrt(((pixels @ solved - plane + middle) ** 2).sum(axis=1).mean()))
    latitude = math.radians(sum(point[3] for point in points) / len(points))
    matrix = (a / scale, b / scale, c / scale, d / scale, e + float(middle[0]), f + float(middle[1]))
    return matrix, missed * EARTH_M * math.cos(latitude)


def shown() -> QuerySet[Canvas]:
    """Scans with control points that the public may see as pictures."""
    georeferenced = ControlPoint.objects.order_by().values("canvas")
    return Canvas.objects.filter(
        pk__in=georeferenced,
        digital_object__access=Access.OPEN,
        digital_object__audience__in=[Audience.FULL, Audience.REDUCED],
    ).exclude(pyramid="")


def within(box: tuple[float, float, float, float]) -> list[HistoricalMap]:
    """Maps whose control points reach into a box (west, south, east, north in degrees); one query."""
    west, south, east, north = box
    extents = (
        ControlPoint.objects.order_by()
        .values("canvas")
        .annotate(west=Min("longitude"), east=Max("longitude"), south=Min("latitude"), north=Max("latitude"))
    )
    near = extents.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    return _made(shown().filter(pk__in=near.values("canvas")))


def named(identifiers: Iterable[str]) -> list[HistoricalMap]:
    """The maps of these image identifiers that the public may see, in the order given; one query."""
    wanted = list(dict.fromkeys(identifiers))[:MOST]
    found = {one.identifier: one for one in _made(shown().filter(image_identifier__in=wanted))} if wanted else {}
    return [found[identifier] for identifier in wanted if identifier in found]


def asked(text: str) -> dict[str, str]:
    """Identifiers and percents of opacity in `identifier:percent,...`, as the large map's address names its sheets."""
    return dict(part.partition(":")[::2] for part in text[:2000].split(",") if part)


def choices() -> list[tuple[str, str]]:
    """Every map that can be shown, for forms."""
    rows = shown().order_by("digital_object__label_vi", "order").select_related("digital_object")
    return [(one.image_identifier, f"{one.digital_object.label_vi} ({one.image_identifier})") for one in rows[:500]]


def _made(canvases: QuerySet[Canvas]) -> list[HistoricalMap]:
    kept = canvases.order_by("image_identifier").values("pk")[:MOST]
    rows = ControlPoint.objects.filter(canvas__in=kept).order_by("canvas__image_identifier", "order", "pk")
    made = [_one(list(points)) for _key, points in groupby(rows.values_list(*_COLUMNS), key=lambda row: row[0])]
    return [one for one in made if one is not None]


def _one(rows: Sequence[tuple[Any, ...]]) -> HistoricalMap | None:
    found = fit(tuple((x, y, longitude, latitude) for *_rest, x, y, longitude, latitude in rows))
    if found is None:
        return None
    identifier, width, height, holder, label_vi, label_en, credit_vi, credit_en, audience = rows[0][:9]
    is_reduced = audience == Audience.REDUCED
    return HistoricalMap(
        identifier, width, height, holder, label_vi, label_en, credit_vi, credit_en, is_reduced,
        found[0], len(rows), found[1],
    )  # fmt: skip


def told(one: HistoricalMap) -> dict[str, Any]:
    """What the map's panel shows of a sheet, in the page's language."""
    words = _("Laid by %(points)s points, off by about %(metres)s m.")
    metres = max(round(one.error_m, -1 if one.error_m < 1000 else -2), 10)
    exact = _("Laid by 3 points, which fit by themselves: how far it is off elsewhere is not known.")
    return {
        "id": one.identifier,
        "title": languages.in_language(one, "label"),
        "credit": languages.in_language(one, "credit"),
        "fit": exact if one.points == 3 else words % {"points": one.points, "metres": f"{metres:.0f}"},
        "page": reverse("digital_object", args=[one.digital_object]),
        "service": one.service,
        "width": one.width,
        "height": one.height,
        "matrix": list(one.matrix),
        "box": [round(edge, 6) for edge in one.box],
    }
