"""What the public sees of zones: the plan, the areas, the GeoJSON; never a boundary that is kept back."""

import datetime as dt

import pytest
from django.urls import reverse

from heritage.catalog.models import ProtectionZone, ZoneKind
from heritage.catalog.zones import page as zones
from tests.factories.catalog import DesignationFactory, RecordFactory, ZoneFactory, square

pytestmark = pytest.mark.django_db


def shown(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def geojson(client, record):
    return client.get(reverse("zones_geojson", args=[record.number]))


def test_zones_stand_on_the_page_with_their_plan(client):
    record = RecordFactory()
    act = DesignationFactory(record=record, decision_number="12/QĐ-MAU")
    ZoneFactory(record=record, stated_area_m2="11437.5", designation=act, source="Biên bản mẫu")
    ZoneFactory(record=record, kind=ZoneKind.TWO, geometry=square(side=0.003), stated_area_m2="90000")
    page = shown(client, record)
    assert 'class="zone-plan"' in page
    assert page.index("zone-plan__area--II") < page.index('zone-plan__area--I"')
    for words in ("11.437,5 m²", "12/QĐ-MAU", "Biên bản mẫu", reverse("zones_geojson", args=[record.number])):
        assert words in page


def test_a_record_without_zones_asks_nothing_more(client, django_assert_num_queries):
    record = RecordFactory()
    assert "zone-plan" not in shown(client, record)
    assert geojson(client, record).json() == {"type": "FeatureCollection", "features": []}


def test_geojson_is_what_the_standard_says(client):
    zone = ZoneFactory(valid_from=dt.date(2012, 9, 28))
    answer = geojson(client, zone.record)
    assert answer["Content-Type"] == "application/geo+json"
    feature, *_names = answer.json()["features"]
    assert feature["geometry"] == square()
    assert feature["properties"]["zone"] == "I"
    assert feature["properties"]["area_m2"] == zone.area_m2
    assert feature["properties"]["valid_from"] == "2012-09-28"


def test_a_boundary_kept_back_is_on_no_road(client):
    zone = ZoneFactory(is_public=False, stated_area_m2="11000")
    roads = [
        shown(client, zone.record),
        geojson(client, zone.record).content.decode(),
        client.get(f"/api/v1/records/{zone.record.number}").content.decode(),
    ]
    for text in roads:
        assert "105.601" not in text
        assert '<path class="zone-plan__area' not in text
        assert "11437" not in text.replace(".", "")
    assert geojson(client, zone.record).json()["features"][0]["geometry"] is None


def test_the_api_gives_public_zones(client):
    zone = ZoneFactory()
    answer = client.get(f"/api/v1/records/{zone.record.number}").json()
    assert answer["zones"][0]["geometry"] == square()
    assert answer["zones"][0]["zone"] == "I"


def test_a_record_that_is_not_public_has_no_geojson(client):
    zone = ZoneFactory(record=RecordFactory(live=False))
    assert geojson(client, zone.record).status_code == 404
    assert client.get(reverse("zones_geojson", args=["KHONG-CO"])).status_code == 404


def test_zones_hold_from_their_day_to_their_day():
    record = RecordFactory()
    ZoneFactory(record=record, valid_from=dt.date(1994, 1, 1), valid_to=dt.date(2012, 9, 28), note="cũ")
    ZoneFactory(record=record, valid_from=dt.date(2012, 9, 28), note="mới")
    rows = ProtectionZone.objects.filter(record=record)
    for day, notes in [("1993-12-31", []), ("2012-09-27", ["cũ"]), ("2012-09-28", ["mới"])]:
        assert [zone.note for zone in zones.in_force(rows, dt.date.fromisoformat(day))] == notes


def test_a_draft_shows_its_own_zones_in_the_preview(rf):
    record = RecordFactory()
    record.zones.add(ProtectionZone(geometry=square()))
    request = rf.get("/")
    assert "zone-plan" in record.serve_preview(request, "vi").content.decode()
