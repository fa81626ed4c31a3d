"""Marks made from what is published: the one place that knows how a record or a place looks on the map."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from heritage.catalog.queries import published as published_records
from heritage.core.folding import fold
from heritage.core.models import ArchiveImage
from heritage.maps import grid, layers
from heritage.maps.models import Mark
from heritage.maps.queries import published as published_places

logger = logging.getLogger(__name__)

RECORD, PLACE = "catalog.record", "maps.place"
PICTURE = "fill-240x160|format-webp"
POINT_FIELDS = [
    "latitude",
    "longitude",
    "latitude_micro",
    "longitude_micro",
    "cell_y",
    "cell_x",
    "lat_row",
    "ecef_x",
    "ecef_y",
    "ecef_z",
]
FIELDS = [
    "number",
    "layer",
    "symbol",
    "name_vi",
    "name_en",
    "rank",
    "category",
    "accuracy_m",
    "picture",
    "phone",
    "opening_hours",
    "is_sample",
    "folded",
    *POINT_FIELDS,
]


def sources() -> dict[str, tuple[QuerySet[Any], Callable[[Any], Mark | None]]]:
    """What goes on the map: by model label, the published objects and how each becomes a mark."""
    places = published_places().filter(latitude__isnull=False)
    return {
        RECORD: (published_records().filter(latitude__isnull=False).select_related("cover"), of_record),
        PLACE: (places.select_related("cover").prefetch_related("hours_exceptions"), of_place),
    }


def build(model: str, pks: Iterable[int]) -> list[Mark]:
    """Unsaved marks of those of `pks` that are published and have a point."""
    rows, make = sources()[model]
    return [mark for mark in map(make, rows.filter(pk__in=list(pks))) if mark]


def build_all(model: str, batch: int = 2000) -> Iterator[tuple[int, int, list[Mark]]]:
    """Unsaved marks of everything published, in slices of primary keys: first key, last key, marks."""
    rows, make = sources()[model]
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:batch]):
        first, last = last + 1, found[-1].pk
        yield first, last, [mark for mark in map(make, found) if mark]


def of_record(record: Any) -> Mark | None:
    """The mark of a catalogue record that carries `rank`; None where its kind has no layer."""
    if record.kind not in layers.BY_SLUG:
        return None
    mark = Mark(
        model=RECORD,
        object_id=record.pk,
        number=record.number,
        symbol=layers.symbol_of(record.kind, record.rank or ""),
        name_vi=record.name_vi,
        name_en=record.name_en,
        rank=record.rank or "",
        accuracy_m=record.coord_accuracy_m,
        picture=picture_of(record.cover),
    )
    return at(mark, record.latitude, record.longitude)


def of_place(place: Any) -> Mark | None:
    mark = Mark(
        model=PLACE,
        object_id=place.pk,
        number=place.number,
        symbol=layers.symbol_of(place.kind),
        name_vi=place.name_vi,
        name_en=place.name_en,
        category=place.category,
        accuracy_m=place.coord_accuracy_m,
        picture=picture_of(place.cover),
        phone=place.phone,
        opening_hours=place.hours_in_force,
        is_sample=place.is_sample,
    )
    return at(mark, place.latitude, place.longitude)


def picture_of(image: ArchiveImage | None) -> str:
    """The address of a small rendition, "" where there is none or its file cannot be read."""
    if image is None:
        return ""
    try:
        return image.get_rendition(PICTURE).url
    except OSError as error:  # a lost file must not take its record off the map
        logger.warning("No picture on the map for image %s: %s", image.pk, error)
        return ""


def at(mark: Mark, latitude: float, longitude: float) -> Mark:
    """`mark` put at a point in degrees, with all that is derived from it."""
    mark.layer = mark.symbol // 10
    mark.folded = fold(f"{mark.name_vi} {mark.name_en}")
    mark.latitude, mark.longitude = latitude, longitude
    mark.latitude_micro, mark.longitude_micro = round(latitude * 1e6), round(longitude * 1e6)
    mark.cell_y, mark.cell_x = grid.row_of(latitude), grid.column_of(longitude)
    mark.lat_row = grid.strip_of(latitude)
    mark.ecef_x, mark.ecef_y, mark.ecef_z = grid.ecef(latitude, longitude)
    return mark
