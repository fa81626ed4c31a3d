"""Bulk exports: a whole collection in one file, streamed, a few hundred objects in memory at a time.

GeoJSON and CSV with points end with both archipelagos' names, which then stand on whatever map is made of the file.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from heritage.places import archipelagos
from heritage.publishing.api import places as places_api
from heritage.publishing.api import records as records_api
from heritage.publishing.api import works as works_api
from heritage.publishing.resources import Resource, every

BATCH = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula; such a text gets an apostrophe before it."""

MANY: dict[str, Callable[[list[Any]], list[dict[str, Any]]]] = {
    "records": records_api.in_lists,
    "places": places_api.in_lists,
    "works": works_api.in_lists,
}
COLUMNS = {
    "records": ["number", "title.vi", "title.en", "kind", "rank", "types", "ich_categories", "place.printed",
                "place.unit.code", "place.unit.full_name.vi", "location.latitude", "location.longitude",
                "location.accuracy_m", "location.basis", "manifest", "id", "modified"],
    "places": ["number", "title.vi", "title.en", "kind", "category", "address", "unit.code", "unit.full_name.vi",
               "location.latitude", "location.longitude", "phone", "website", "opening_hours", "price_band", "stars",
               "wheelchair", "source", "source_licence", "verified_on", "is_sample", "id", "modified"],
    "works": ["number", "title.vi", "title.en", "contributors", "language", "audience", "publication_year", "licence",
              "is_sample", "id", "modified"],
}  # fmt: skip
"""Columns of the CSV: where each stands in the JSON."""


@dataclass(frozen=True)
class Format:
    media_type: str
    write: Callable[[Resource], Iterator[str]]


def resource_of(collection: str) -> Resource | None:
    return next((resource for resource in every() if resource.collection == collection and collection in MANY), None)


def objects(resource: Resource) -> Iterator[dict[str, Any]]:
    """Every public object as the API's lists give it, by primary key; a fixed number of queries for each batch."""
    last = 0
    while rows := list(resource.published().filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from MANY[resource.collection](rows)
        last = _key(rows[-1])


def _key(row: Model) -> int:
    return int(row.pk)


def as_jsonl(resource: Resource) -> Iterator[str]:
    """One object to a line (JSON Lines)."""
    for one in objects(resource):
        yield json.dumps(one, ensure_ascii=False) + "\n"


def as_geojson(resource: Resource) -> Iterator[str]:
    """A FeatureCollection of all that has a point (RFC 7946: longitude first).

    A member of our own (section 6.1) follows the features: the licences of their sources.
    """
    yield '{"type": "FeatureCollection", "features": [\n'
    separator, licences = "", set()
    for one in objects(resource):
        licences.add(one.get("source_licence") or one.get("licence") or "")
        if point := one.pop("location", None):
            feature = {
                "type": "Feature",
                "id": one["number"],
                "geometry": {"type": "Point", "coordinates": [point["longitude"], point["latitude"]]},
                "properties": {**one, "accuracy_m": point["accuracy_m"], "basis": point["basis"]},
            }
            yield separator + json.dumps(feature, ensure_ascii=False)
            separator = ",\n"
    for feature in archipelagos.features(lambda name: {"title": {"vi": name}}):
        yield separator + json.dumps(feature, ensure_ascii=False)
        separator = ",\n"
    told = json.dumps({"licences": sorted(filter(None, licences))}, ensure_ascii=False)
    yield f"\n], {told[1:-1]}}}\n"


def as_csv(resource: Resource) -> Iterator[str]:
    """A table with a byte order mark, so that spreadsheets read Vietnamese (RFC 4180)."""
    columns = COLUMNS[resource.collection]
    yield "\ufeff" + _line(columns)
    for one in objects(resource):
        yield _line([_cell(one, column) for column in columns])
    if "location.latitude" in columns:
        for name, latitude, longitude in archipelagos.points():
            point = {"latitude": latitude, "longitude": longitude}
            named = {"title": {"vi": name}, "kind": archipelagos.KIND, "location": point}
            yield _line([_cell(named, column) for column in columns])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(one: dict[str, Any], column: str) -> str:
    value: Any = one
    for part in column.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, list):
        value = "; ".join(part["name"] if isinstance(part, dict) else str(part) for part in value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else str(value)


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "jsonl": Format("application/jsonl; charset=utf-8", as_jsonl),
    "geojson": Format("application/geo+json; charset=utf-8", as_geojson),
}
PLACELESS = {("works", "geojson")}
"""Collections that have no points to export."""
EXPORTS = [(name, kind) for name in MANY for kind in FORMATS if (name, kind) not in PLACELESS]
