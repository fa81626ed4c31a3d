"""Both archipelagos' names stand in every file of points, on every paper and in every frame that leaves the archive."""

import csv
import io
import json
import re
import zipfile

import pytest
import shapefile
from django.core.cache import cache
from lxml import etree
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from heritage.catalog.exports import FORMATS, rows
from heritage.catalog.models import Record
from heritage.core import outbox
from heritage.maps import pyramid
from heritage.maps.imports import Terms, import_file
from heritage.maps.models import Itinerary, ItineraryStop, Place, ThematicMap
from heritage.maps.printing import sheet
from heritage.places.archipelagos import LABELS, NAMES
from heritage.search import indexing
from tests.factories.catalog import RecordFactory, ZoneFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
OSM = "© OpenStreetMap contributors (ODbL)"
"""What its licence asks for, wherever a place that came from there is shown."""
POINTS = {(label["text"], *label["at"]) for label in LABELS}


@pytest.fixture
def shown(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    record = RecordFactory(number="XX01", name_vi="Đình Thử", latitude=21.5, longitude=105.8)
    ZoneFactory(record=record)
    place = PlaceFactory(name_vi="Quán Thử (mẫu)", kind="food", source="OSM", source_licence="ODbL 1.0")
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="Một ngày (mẫu)")
    ItineraryStop.objects.create(itinerary=itinerary, place=place)
    ThematicMap.objects.create(slug="mot-vung", title_vi="Một vùng (mẫu)", latitude=21.6, longitude=105.8, zoom=11)
    cache.delete("maps.licensed")
    pyramid.rebuild()
    outbox.drain_all()
    indexing.rebuild()
    return {"record": record, "place": place, "itinerary": itinerary}


def body(answer):
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer) if answer.streaming else answer.content


def in_geojson(content):
    for feature in json.loads(content)["features"]:
        if feature["geometry"]["type"] != "Point":
            continue
        longitude, latitude = feature["geometry"]["coordinates"]
        own = feature["properties"]
        name = own.get("name_vi") or own.get("name") or own["title"]
        yield name["vi"] if isinstance(name, dict) else name, latitude, longitude


def in_csv(content):
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        latitude = next(float(cell or 0) for name, cell in row.items() if name.endswith("latitude"))
        longitude = next(float(cell or 0) for name, cell in row.items() if name.endswith("longitude"))
        yield from ((cell, latitude, longitude) for cell in row.values() if cell)


def in_kml(content):
    for mark in etree.fromstring(content).iter("{*}Placemark"):
        if (at := mark.findtext("{*}Point/{*}coordinates")) is not None:
            longitude, latitude = map(float, at.split(",")[:2])
            yield mark.findtext("{*}name"), latitude, longitude


def in_gpx(content):
    for point in etree.fromstring(content).iter("{*}wpt"):
        yield point.findtext("{*}name"), float(point.get("lat")), float(point.get("lon"))


def in_shapefile(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {end: io.BytesIO(archive.read(f"di-san.{end}")) for end in ("shp", "shx", "dbf")}
    for one in shapefile.Reader(encoding="utf-8", **parts).iterShapeRecords():
        longitude, latitude = one.shape.points[0]
        yield one.record["name_vi"], latitude, longitude


READERS = {"geojson": in_geojson, "csv": in_csv, "kml": in_kml, "gpx": in_gpx, "zip": in_shapefile}


@pytest.mark.parametrize(
    "url",
    [
        "/data/places.geojson",
        "/data/places.csv",
        "/data/records.geojson",
        "/data/records.csv",
        "/vi/dia-diem/tep.kml",
        "/en/places/file.gpx?kind=food",
        "/vi/hanh-trinh/cua-toi/tep.kml?stops=XX01",
        "/vi/hanh-trinh/cua-toi/tep.gpx?stops=XX01",
        "/vi/tim-kiem/?q=dinh&format=geojson",
        "/vi/tim-kiem/?q=dinh&format=csv",
        "/vi/di-san/XX01/khu-vuc-bao-ve.geojson",
    ],
)
def test_every_file_of_points_names_both_where_they_are(client, shown, url):
    ending = re.search(r"(geojson|csv|kml|gpx)", url)[1]
    content = body(client.get(url))
    assert set(READERS[ending](content)) >= POINTS
    assert ("ODbL" in content.decode()) == ("records" not in url and "di-san" not in url)


@pytest.mark.parametrize("suffix", ["geojson", "kml", "zip"])
def test_the_register_s_layers_name_both(shown, suffix):
    content = b"".join(FORMATS[suffix].write(rows(Record.objects.all())))
    assert set(READERS[suffix](content)) >= POINTS


def test_counts_for_somebody_else_s_map_bring_names_and_licences(client, shown):
    told = client.get("/api/v1/clusters?bbox=105,21,106,22&zoom=12").json()
    assert (told["labels"], told["licences"]) == (LABELS, [OSM])


def test_the_names_are_no_places_when_a_file_comes_back(client, shown, tmp_path):
    table = list(csv.reader(io.StringIO(body(client.get("/data/places.csv")).decode("utf-8-sig"))))
    named = {"title.vi": "name_vi", "location.latitude": "latitude", "location.longitude": "longitude"}
    table[0] = [named.get(name, name) for name in table[0]]
    with (tmp_path / "places.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    report = import_file(tmp_path / "places.csv", Terms(kind="food"))
    assert (report.created, report.refused, report.left_out) == (0, 0, 2)
    assert Place.objects.count() == 1


@pytest.mark.front_end
@pytest.mark.parametrize("url", ["/vi/ban-do/in.{}?at=21.6,105.8,12", "/vi/ban-do/chuyen-de/mot-vung/in.{}?size=A3"])
def test_both_papers_show_both(client, shown, url, monkeypatch):
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(body(client.get(url.format("pdf")))))
    assert all(name in " ".join(text.split()) for name in NAMES)
    assert OSM in " ".join(text.split())
    drawn = Image.open(io.BytesIO(body(client.get(url.format("png")))))
    monkeypatch.setattr(sheet, "LABELS", [])
    bare = Image.open(io.BytesIO(body(client.get(url.format("png")))))
    left, top, right, bottom = ImageChops.difference(drawn.convert("RGB"), bare.convert("RGB")).getbbox()
    assert left > drawn.width * 0.7  # in the small map of the whole country, at both names' heights
    assert bottom - top > drawn.height * 0.05
    assert right < drawn.width


@pytest.mark.parametrize(
    "page", ["/vi/ban-do/?at=21.6,105.8,11", "thematic", "itinerary", "record", "place", "/en/map/?layers=food"]
)
def test_every_frame_that_oembed_gives_names_both(client, shown, settings, page):
    if page == "thematic":
        page = ThematicMap.objects.get().get_absolute_url()
    elif page in shown:
        page = shown[page].get_absolute_url()
    told = client.get("/oembed", {"url": f"{settings.BASE_URL}{page}"}).json()["html"]
    framed = re.search(r'src="[^"]*?(/(?:vi|en)/[^"]*)"', told)[1].replace("&amp;", "&")
    spec = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', client.get(framed).content.decode(), re.S)
    (labels,) = [part["labels"] for part in json.loads(spec[1])["parts"] if part["kind"] == "archipelagos"]
    assert labels == LABELS
