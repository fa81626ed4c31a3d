"""Vector tiles against GeoJSON by viewport, for the same views and the same properties (docs/adr/0009)."""

import gzip
import json
import math
import statistics
import time
from typing import Any

from benchmarks._maps_data import views
from benchmarks.support import ratio

TILE = 256
EXTENT = 4096


def tiles(_size: int) -> dict[str, Any]:
    """Requests, bytes (compressed) and milliseconds of encoding for one screen of 1440 x 900, by zoom and in all."""
    from django.http import QueryDict

    from heritage.maps import viewport

    rows = [_both(viewport.parse(QueryDict(query))) for query in views(200)]
    figures = {name: round(statistics.mean(row[name] for row in rows), 2) for name in rows[0]}
    figures["bytes_to_geojson"] = ratio(figures["tile_bytes"], figures["geojson_bytes"])
    figures["ms_to_geojson"] = ratio(figures["tile_ms"], figures["geojson_ms"])
    return figures


def _both(view: Any) -> dict[str, float]:
    from heritage.maps import viewport

    features = viewport.features(view)
    started = time.perf_counter()
    geojson = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    encoded = time.perf_counter()
    parts = _tiles(view, features)
    done = time.perf_counter()
    return {
        "marks": len(features),
        "geojson_bytes": len(gzip.compress(geojson, 6)),
        "geojson_ms": (encoded - started) * 1000,
        "tile_requests": len(parts),
        "tile_bytes": sum(len(gzip.compress(part, 6)) for part in parts),
        "tile_ms": (done - encoded) * 1000,
    }


def _tiles(view: Any, features: list[dict[str, Any]]) -> list[bytes]:
    """The screen cut into tiles of 256 pixels, each encoded as Mapbox Vector Tile 2.1; empty ones are asked for too."""
    import mapbox_vector_tile

    size = 2**view.zoom
    left, right = (math.floor((edge + 180) / 360 * size) for edge in (view.west, view.east))
    top, bottom = (math.floor(_row(edge) * size) for edge in (view.north, view.south))
    by_tile: dict[tuple[int, int], list[dict[str, Any]]] = {
        (x, y): [] for x in range(left, right + 1) for y in range(top, bottom + 1)
    }
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        x, y = (longitude + 180) / 360 * size, _row(latitude) * size
        inside = by_tile.get((math.floor(x), math.floor(y)))
        if inside is not None:
            point = f"POINT({int(x % 1 * EXTENT)} {int((1 - y % 1) * EXTENT)})"
            inside.append({"geometry": point, "properties": _flat(feature["properties"])})
    return [mapbox_vector_tile.encode([{"name": "marks", "features": inside}]) for inside in by_tile.values()]


def _row(latitude: float) -> float:
    sine = math.sin(math.radians(max(-85.05, min(85.05, latitude))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    """A tile's properties are flat: names by language stand side by side."""
    flat = {key: value for key, value in properties.items() if not isinstance(value, dict)}
    return flat | {f"name_{code}": text for code, text in properties.get("name", {}).items() if text}
