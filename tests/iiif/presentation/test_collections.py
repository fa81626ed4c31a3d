"""Collections by unit and by what staff put together: whole, paged, valid, and never with what is not open."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.iiif.models import Access, SavedSet, SavedSetEntry
from heritage.iiif.presentation import collections
from tests.factories.accounts import UserFactory
from tests.factories.iiif import CanvasFactory, DigitalObjectFactory
from tests.factories.places import UnitFactory
from tests.iiif.presentation.validators import complaints

pytestmark = pytest.mark.django_db
ROOT = "/iiif/presentation/3/collection/"
SNIPPET = "wagtailsnippets_iiif_savedset"


@pytest.fixture
def read(client):
    return lambda name: client.get(f"{ROOT}{name}").json()


def scan(identifier, **values):
    found = DigitalObjectFactory(identifier=identifier, **values)
    CanvasFactory(digital_object=found)
    return found


def names(document):
    return [item["id"].removeprefix("http://testserver/iiif/presentation/3/") for item in document["items"]]


def saved(name, objects, **values):
    found = SavedSet.objects.create(name=name, label_vi="Bản dập chuông", is_public=True, **values)
    for place, one in enumerate(objects):
        SavedSetEntry.objects.create(saved_set=found, digital_object=one, sort_order=place)
    return found


@pytest.fixture
def commune():
    return UnitFactory(code="05710", name="Xã Phú Đình")


def test_units_lead_from_the_root_by_province_and_commune_to_their_objects(read, commune):
    scan("A1", unit=commune)
    scan("A2", unit=commune.province)
    scan("A3", unit=UnitFactory(code="05711"), access=Access.STAFF)
    scan("A4")
    UnitFactory(code="05712")
    assert "collection/units" in names(read("top"))
    assert names(read("units")) == ["collection/unit-19"]
    province = read("unit-19")
    assert province["label"]["vi"] == ["Tỉnh Thái Nguyên"]
    assert names(province) == ["collection/unit-05710", "A2/manifest"]
    found = read("unit-05710")
    assert found["partOf"][0]["id"].endswith("collection/unit-19")
    assert names(found) == ["A1/manifest"]
    assert names(read("unit-05711")) == []


def test_a_unit_that_changed_its_name_keeps_its_collection(read, commune):
    former = UnitFactory(code="05710", name="Xã Cũ", valid_from=None, valid_to="2025-07-01")
    scan("A1", unit=former)
    assert read("unit-05710")["label"]["vi"] == ["Xã Phú Đình"]
    assert names(read("unit-05710")) == ["A1/manifest"]


def test_a_set_keeps_the_order_of_its_curator_and_lists_open_objects_only(read):
    first, second, third = scan("B9"), scan("B1"), scan("B5")
    saved("chuong", [first, third, second, scan("B2", access=Access.CLOSED)], summary_en="Bells")
    found = read("set-chuong")
    assert names(found) == ["B9/manifest", "B5/manifest", "B1/manifest"]
    assert found["summary"] == {"en": ["Bells"]}
    assert names(read("sets")) == ["collection/set-chuong"]
    third.access = Access.STAFF
    third.save()
    assert names(read("set-chuong")) == ["B9/manifest", "B1/manifest"]


def test_a_set_that_is_not_shown_is_nowhere(client, read):
    saved("kin", [scan("B1")])
    SavedSet.objects.update(is_public=False)
    assert client.get(f"{ROOT}set-kin").status_code == 404
    assert read("sets")["items"] == []
    assert "collection/sets" not in names(read("top"))


@pytest.mark.parametrize("name", ["set-none", "unit-00000", "rank-none", "unit-", "set-../top", "none"])
def test_a_collection_that_is_not_there(client, db, name):
    assert client.get(f"{ROOT}{name}").status_code == 404


def test_the_number_of_queries_does_not_grow(client, commune):
    def count(name):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{ROOT}{name}").status_code == 200
        return len(seen)

    group = saved("chuong", [scan("C1", unit=commune)])
    asked = ["top", "units", "unit-19", "unit-05710", "sets", "set-chuong"]
    before = {name: count(name) for name in asked}
    for number in range(2, 8):
        one = scan(f"C{number}", unit=UnitFactory(code=f"0572{number}"))
        SavedSetEntry.objects.create(saved_set=group, digital_object=one, sort_order=number)
        saved(f"s{number}", [one])
        scan(f"D{number}", unit=commune)
    assert {name: count(name) for name in asked} == before
    assert max(before.values()) < 40


def test_long_collections_are_paged_and_every_document_is_valid(client, read, commune, monkeypatch):
    monkeypatch.setattr(collections, "PAGE", 2)
    objects = [scan(f"E{n}", unit=commune) for n in (3, 1, 2)]
    scan("E9", unit=commune.province)
    saved("lon", objects)
    pages = names(read("set-lon"))
    assert pages == ["collection/set-lon?page=1", "collection/set-lon?page=2"]
    first, second = (client.get(f"/iiif/presentation/3/{page}").json() for page in pages)
    assert names(first) + names(second) == ["E3/manifest", "E1/manifest", "E2/manifest"]
    assert first["partOf"][0]["id"].endswith("collection/set-lon")
    asked = ["top", "units", "unit-19", "unit-05710", "sets", "set-lon", "all"]
    assert complaints({name: read(name) for name in asked} | {"page": first}) == {}


def test_staff_put_a_set_together_and_others_leave_it_alone(client, read, commune):
    one, other = scan("F1", unit=commune), scan("F2", unit=commune)
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=commune))
    values = {
        "name": "hoanh-phi",
        "label_vi": "Hoành phi",
        "label_en": "",
        "summary_vi": "",
        "summary_en": "",
        "unit": commune.pk,
        "is_public": "on",
        "entries-TOTAL_FORMS": 2,
        "entries-INITIAL_FORMS": 0,
        "entries-MIN_NUM_FORMS": 0,
        "entries-MAX_NUM_FORMS": 500,
        "entries-0-digital_object": other.pk,
        "entries-0-ORDER": 1,
        "entries-1-digital_object": one.pk,
        "entries-1-ORDER": 2,
    }
    response = client.post(reverse(f"{SNIPPET}:add"), values)
    assert response.status_code == 302, response.context["form"].errors
    assert names(read("set-hoanh-phi")) == ["F2/manifest", "F1/manifest"]
    response = client.post(reverse(f"{SNIPPET}:add"), {**values, "name": "Hoành Phi"})
    assert "name" in response.context["form"].errors
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=UnitFactory()))
    edit = reverse(f"{SNIPPET}:edit", args=[SavedSet.objects.get().pk])
    assert client.get(edit).status_code in (302, 403, 404)
