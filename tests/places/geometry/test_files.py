"""Files that people have are read; files made to do harm are refused in time and say why."""

import contextlib
import io
import json
import time
import zipfile

import pytest
import shapefile
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from heritage.places.geometry import files, measuring, shapes
from heritage.places.geometry.files import archive

SQUARE = [(105.60, 21.90), (105.61, 21.90), (105.61, 21.91), (105.60, 21.91), (105.60, 21.90)]
WGS84 = CRS.from_epsg(4326).to_wkt("WKT1_ESRI")


def zipped(**contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in contents.items():
            made.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def a_shapefile(rings, prj=WGS84, name="Khu vực I", **more):
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=shapefile.POLYGON, encoding="utf-8") as writer:
        writer.field("name", "C", size=60)
        for ring in rings:
            writer.poly([ring])
            writer.record(name)
    parts = {"zone__shp": shp.getvalue(), "zone__shx": shx.getvalue(), "zone__dbf": dbf.getvalue()}
    return zipped(**parts, **({"zone__prj": prj} if prj else {}), **more)


def kml(inner, head=""):
    return (
        f"""<?xml version="1.0"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inner}</Document></kml>"""
    )


def placemark(points, name="Khu vực I"):
    text = " ".join(f"{x},{y},0" for x, y in points)
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{text}</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Placemark><name>{name}</name><Polygon>{ring}</Polygon></Placemark>"


def gpx(points):
    walked = "".join(f'<trkpt lat="{y}" lon="{x}"></trkpt>' for x, y in points)
    space = "http://www.topografix.com/GPX/1/1"
    return f'<gpx xmlns="{space}"><trk><name>Đi quanh</name><trkseg>{walked}</trkseg></trk></gpx>'


def feature(points=SQUARE, **properties):
    geometry = {"type": "Polygon", "coordinates": [[list(point) for point in points]]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


GOOD = {
    "a.geojson": json.dumps({"type": "FeatureCollection", "features": [feature(name="Khu vực I")]}).encode(),
    "a.json": b"\xef\xbb\xbf" + json.dumps(feature()).encode(),
    "a.KML": kml(placemark(SQUARE)).encode(),
    "a.kmz": zipped(doc__kml=kml(placemark(SQUARE))),
    "a.gpx": gpx([*SQUARE[:-1], (105.6001, 21.9)]).encode(),
    "a.zip": a_shapefile([SQUARE[::-1]]),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_format_gives_the_same_area(name):
    (found,) = files.read(name, GOOD[name])
    expected = measuring.area_m2(shapes.from_rings([SQUARE]))
    assert measuring.area_m2(found.area) == pytest.approx(expected, rel=1e-2)
    assert name == "a.json" or found.name in ("Khu vực I", "Đi quanh")


def test_a_shapefile_in_vn2000_gets_the_shift_that_its_prj_lacks():
    plane = Transformer.from_crs(4326, 9213, always_xy=True)
    ring = [plane.transform(*point) for point in SQUARE[::-1]]
    for prj in (CRS.from_epsg(9213).to_wkt("WKT1_ESRI"), CRS.from_epsg(9213).to_wkt()):
        (found,) = files.read("vn2000.zip", a_shapefile([ring], prj))
        corner = min(shapes.points(found.area), key=lambda point: measuring.distance_m(point, SQUARE[0]))
        assert measuring.distance_m(corner, SQUARE[0]) < 0.05


def test_a_shapefile_in_another_system_is_turned_into_degrees():
    plane = Transformer.from_crs(4326, 32648, always_xy=True)
    ring = [plane.transform(*point) for point in SQUARE[::-1]]
    (found,) = files.read("utm.zip", a_shapefile([ring], CRS.from_epsg(32648).to_wkt("WKT1_ESRI")))
    assert found.area.bounds == pytest.approx((105.60, 21.90, 105.61, 21.91), abs=1e-6)


def refused(name, data):
    began = time.monotonic()
    with pytest.raises(shapes.BadGeometryError) as error:
        files.read(name, data)
    assert time.monotonic() - began < 2
    return error.value.problems[0].code


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("suffix", ["kml", "gpx"])
def test_xml_that_explodes_or_reads_files_is_refused(suffix):
    bomb = f'<!DOCTYPE kml [<!ENTITY a0 "ha">{LAUGHS}]>'
    outside = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    other = '<!DOCTYPE kml SYSTEM "http://127.0.0.1:1/evil.dtd">'
    for head in (bomb, outside, other):
        assert refused(f"a.{suffix}", kml("<Placemark><name>&a11;</name></Placemark>", head).encode()) == "dangerous"
        assert refused("a.kmz", zipped(doc__kml=kml(placemark(SQUARE), head))) == "dangerous"


@pytest.mark.parametrize("name", ["../../zone.shp", "/etc/zone.shp", "..\\zone.shp", "C:\\zone.shp", "a/../../b.shp"])
def test_names_that_lead_out_of_an_archive_are_refused(name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo()
        entry.filename = name
        archive.writestr(entry, b"x")
    assert refused("a.zip", buffer.getvalue()) == "dangerous"
    assert refused("a.kmz", buffer.getvalue()) == "dangerous"


def test_size_bombs_are_refused():
    huge = b"\0" * (archive.LARGEST_CONTENT + 1)
    assert refused("a.zip", zipped(zone__shp=huge)) == "size"
    assert refused("a.kmz", zipped(**{f"f{n}__txt": b"" for n in range(60)})) == "size"
    assert refused("a.geojson", b" " * (files.LARGEST_FILE + 1)) == "size"
    many = {"type": "FeatureCollection", "features": [feature()] * 501}
    assert refused("a.geojson", json.dumps(many).encode()) == "size"
    line = " ".join("105.6,21.9" for _n in range(20_001))
    ring = f"<outerBoundaryIs><LinearRing><coordinates>{line}</coordinates></LinearRing></outerBoundaryIs>"
    assert refused("a.kml", kml(f"<Placemark><Polygon>{ring}</Polygon></Placemark>").encode()) == "size"


def test_a_header_that_lies_about_its_size_is_not_believed():
    data = bytearray(zipped(doc__kml=b"<kml>" + b" " * 5_000_000 + b"</kml>"))
    where = data.index(b"PK\x01\x02") + 24
    data[where : where + 4] = (10).to_bytes(4, "little")
    assert refused("a.kmz", bytes(data)) in ("format", "size", "empty")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "format"),
        ("khong-duoi", b"", "format"),
        ("a.geojson", b"{", "format"),
        ("a.geojson", b"\xff\xfe", "format"),
        ("a.geojson", b"[" * 200_000, "format"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "empty"),
        ("a.geojson", b'{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5]]]}', "format"),
        ("a.kml", b"<kml>", "format"),
        ("a.kml", b"<html></html>", "format"),
        ("a.kml", kml("<Placemark></Placemark>").encode(), "empty"),
        ("a.kml", kml(placemark([("a", "b")])).encode(), "format"),
        ("a.gpx", gpx([(105.6, 21.9), (105.7, 21.9), (105.7, 22.0)]).encode(), "open"),
        ("a.gpx", gpx([("x", "y")]).encode(), "format"),
        ("a.zip", b"PK", "format"),
        ("a.zip", zipped(readme__txt=b"x"), "format"),
        ("a.zip", zipped(zone__shp=b"x" * 200, zone__prj=WGS84), "kind"),
        ("a.zip", zipped(zone__shp=b"x", zone__prj=WGS84), "format"),
        ("a.zip", a_shapefile([SQUARE[::-1]], prj=""), "system"),
        ("a.zip", a_shapefile([SQUARE[::-1]], prj="LOCAL"), "system"),
        ("a.kmz", zipped(readme__txt=b"x"), "format"),
    ],
)
def test_what_cannot_be_read_says_why(name, data, code):
    assert refused(name, data) == code


def test_old_geojson_in_another_system_is_refused():
    data = {"type": "FeatureCollection", "features": [feature()]}
    data["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
    assert refused("a.geojson", json.dumps(data).encode()) == "system"


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_broken_bytes_are_read_or_refused(name, at, noise):
    data = bytearray(GOOD[name])
    at %= len(data)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(shapes.BadGeometryError):
        files.read(name, bytes(data))
