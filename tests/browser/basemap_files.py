"""Real files of other people's basemaps, made small: a PMTiles archive, WMTS capabilities, a vector style."""

import json
import re
from pathlib import Path

import mapbox_vector_tile
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry import box

SQUARE = box(0, 0, 4096, 4096)
ZOOMS = range(7)


def pmtiles(path: Path) -> Path:
    """Vector tiles of the Protomaps schema over the whole region: land, water, and borders that are not to be drawn."""
    layers = [
        {"name": "earth", "features": [{"geometry": SQUARE, "properties": {"kind": "earth"}}]},
        {"name": "water", "features": [{"geometry": box(0, 0, 2048, 4096), "properties": {"kind": "ocean"}}]},
    ]
    tile = mapbox_vector_tile.encode(layers)
    with path.open("wb") as out:
        writer = Writer(out)
        for zoom in ZOOMS:
            for x in range(2**zoom):
                for y in range(2**zoom):
                    writer.write_tile(zxy_to_tileid(zoom, x, y), tile)
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.NONE, "min_zoom": 0, "max_zoom": ZOOMS[-1],
            "min_lon_e7": -1800000000, "min_lat_e7": -850000000, "max_lon_e7": 1800000000, "max_lat_e7": 850000000,
            "center_zoom": 5, "center_lon_e7": 1070000000, "center_lat_e7": 160000000,
        }  # fmt: skip
        writer.finalize(header, {"vector_layers": [{"id": "earth", "fields": {}}, {"id": "water", "fields": {}}]})
    return path


def ranged(path: Path):
    """A route's answer with the bytes that its `Range` header asks for (RFC 9110, section 14.2)."""

    def answer(route):
        data = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", route.request.headers.get("range", ""))
        first, last = (int(asked[1]), min(int(asked[2]), len(data) - 1)) if asked else (0, len(data) - 1)
        part = data[first : last + 1]
        headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}", "Accept-Ranges": "bytes", "ETag": '"1"'}
        route.fulfill(status=206 if asked else 200, body=part, headers=headers)

    return answer


def capabilities(matrices: range, template: str = "") -> str:
    """WMTS 1.0.0 capabilities (OGC 07-057r7, section 7) of one layer in two sets; tiles by template or by keys."""
    scale = 559082264.028717
    rows = "".join(
        f"<TileMatrix><ows:Identifier>EPSG:3857:{zoom}</ows:Identifier>"
        f"<ScaleDenominator>{scale / 2**zoom}</ScaleDenominator>"
        "<TopLeftCorner>-20037508.3428 20037508.3428</TopLeftCorner><TileWidth>256</TileWidth>"
        f"<TileHeight>256</TileHeight><MatrixWidth>{2**zoom}</MatrixWidth><MatrixHeight>{2**zoom}</MatrixHeight>"
        "</TileMatrix>"
        for zoom in matrices
    )
    resource = f'<ResourceURL format="image/png" resourceType="tile" template="{template}"/>' if template else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
  xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
  <ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP>
    <ows:Get xlink:href="/wmts?"><ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value>
    </ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
  <Contents>
    <Layer><ows:Title>Ảnh hàng không</ows:Title><ows:Identifier>anh_1</ows:Identifier>
      <Style isDefault="true"><ows:Identifier>goc</ows:Identifier></Style><Format>image/png</Format>
      <TileMatrixSetLink><TileMatrixSet>VN2000</TileMatrixSet></TileMatrixSetLink>
      <TileMatrixSetLink><TileMatrixSet>Luoi3857</TileMatrixSet></TileMatrixSetLink>{resource}</Layer>
    <TileMatrixSet><ows:Identifier>VN2000</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3405</ows:SupportedCRS></TileMatrixSet>
    <TileMatrixSet><ows:Identifier>Luoi3857</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>{rows}</TileMatrixSet>
  </Contents>
</Capabilities>"""


def style() -> str:
    """A MapLibre style of one colour and one source beside it, named relative to the style."""
    source = {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}
    paint = {"background-color": "#112233"}
    layers = [{"id": "nen", "type": "background", "paint": paint}]
    return json.dumps({"version": 8, "sources": {"rong": source}, "layers": layers})
