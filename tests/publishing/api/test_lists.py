"""Every collection pages and filters alike, refuses what it does not understand by name, and shows nothing private."""

import datetime as dt

import pytest
from django.utils import timezone

from heritage.catalog import services
from heritage.catalog.models import Record, RecordObject
from heritage.core import outbox
from heritage.iiif.models import Canvas
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.iiif import DigitalObjectFactory
from tests.factories.library import WorkFactory
from tests.factories.maps import PlaceFactory
from tests.factories.places import ProvinceFactory, UnitFactory

LISTS = ["records", "places", "works", "units", "nearby?lat=21.6&lon=105.8"]
PAGED = ["records", "places", "works", "units"]


def get(client, path, **params):
    return client.get(f"/api/v1/{path}", params)


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


def test_the_root_lists_collections_that_answer(client, db):
    body = get(client, "").json()
    assert {"records", "places", "works", "units", "nearby"} <= {one["name"] for one in body["collections"]}
    assert body["openapi"] == "http://testserver/api/v1/openapi.json"


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_the_same_envelope(client, db, path):
    body = client.get(f"/api/v1/{path}").json()
    assert set(body) == {"count", "next", "previous", "results"}


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize(
    ("name", "value"),
    [("page", "-1"), ("page", "0"), ("page", "abc"), ("page", "9" * 400), ("page_size", "101"), ("page_size", "0")],
)
def test_pages_out_of_bounds_are_named(client, db, path, name, value):
    answer = get(client, path, **{name: value})
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["errors"][0]["parameter"] == name


@pytest.mark.parametrize("path", PAGED)
def test_a_page_after_the_last_says_which_is_the_last(client, db, path):
    answer = get(client, path, page="999")
    assert answer.status_code == 404
    assert "last" in answer.json()["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_unknown_parameters_are_refused_by_name(client, db, path):
    answer = client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}knid=monument")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "knid"


@pytest.mark.parametrize("path", LISTS)
def test_ten_thousand_characters_are_answered(client, db, path):
    join = "&" if "?" in path else "?"
    for name in ("q", "unit", "bbox", "modified_since", "kind", "x" * 10_000):
        answer = client.get(f"/api/v1/{path}{join}{name}={'a' * 10_000}")
        assert answer.status_code == 400
        assert len(answer.content) < 3000


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("records", "kind", "castle"),
        ("records", "rank", "' OR 1=1 --"),
        ("records", "type", "%"),
        ("records", "ich_category", "x"),
        ("records", "unit", "99999"),
        ("records", "bbox", "1,2,3"),
        ("records", "bbox", "106,21,105,22"),
        ("records", "bbox", "nan,nan,nan,nan"),
        ("records", "bbox", "-inf,0,inf,1"),
        ("records", "bbox", "0,0,0,91"),
        ("records", "modified_since", "32/13/2020"),
        ("records", "modified_since", "2026-02-30"),
        ("places", "kind", "bar"),
        ("places", "category", "x"),
        ("works", "language", "xx"),
        ("works", "kind", "vinyl"),
        ("units", "level", "village"),
        ("units", "on", "yesterday"),
        ("nearby", "lat", "91"),
        ("nearby", "kinds", "castle"),
        ("nearby", "radius", "1e9"),
        ("nearby", "limit", "0"),
        ("nearby", "by", "plane"),
        ("clusters", "bbox", "106,22,105,21"),
        ("clusters", "zoom", "19"),
        ("clusters", "kinds", "castle"),
        ("clusters", "ranks", "royal"),
    ],
)
def test_values_that_cannot_be_understood_are_named(client, db, path, name, value):
    params = {"nearby": {"lat": "21.6", "lon": "105.8"}, "clusters": {"bbox": "105,21,106,22", "zoom": "9"}}.get(
        path, {}
    )
    answer = get(client, path, **params | {name: value})
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["parameter"] == name


def test_next_and_previous_walk_through_all(client, db):
    for n in range(7):
        RecordFactory(number=f"WA{n}")
    seen, address = [], "/api/v1/records?page_size=3&kind=monument"
    while address:
        body = client.get(address.removeprefix("http://testserver"), HTTP_HOST="evil.example").json()
        seen += [row["number"] for row in body["results"]]
        address = body["next"]
        assert address is None or address.startswith("http://testserver/api/v1/records?")
    assert seen == [f"WA{n}" for n in range(7)]
    assert body["previous"] == "http://testserver/api/v1/records?page_size=3&kind=monument&page=2"


def test_a_record_carries_what_was_promised(client, record):
    body = get(client, "records/TN01").json()
    promised = {"number", "title", "kind", "rank", "url", "manifest", "qr", "location", "designations", "modified"}
    assert promised <= set(body)
    assert body["url"] == "http://testserver/vi/di-san/TN01/"
    assert body["location"] == {"latitude": 21.81, "longitude": 105.53, "accuracy_m": 5000, "basis": "commune"}
    assert body["designations"][0]["decision_number"] == "548/QĐ-TTg"
    assert body["designations"][0]["decided_on"] == "2012-05-10"
    assert body["place"]["printed"] == "Xã Phú Đình, Huyện Định Hóa, Tỉnh Bắc Thái"
    assert body["place"]["unit"]["full_name"]["vi"] == "xã Phú Đình, tỉnh Thái Nguyên"
    assert dt.datetime.fromisoformat(body["modified"]).tzinfo
    assert client.get(body["qr"].removeprefix("http://testserver")).status_code == 200


def test_nothing_internal_goes_out(client, record):
    for path in ("records", "records/TN01"):
        content = get(client, path).content.decode()
        assert "bí mật" not in content
        assert "internal" not in content


def test_drafts_and_withdrawn_records_are_in_no_list(client, record, draft, withdrawn, merged):
    assert numbers(get(client, "records")) == ["TN01"]
    assert get(client, "records/TN02").status_code == 404
    assert get(client, "records/TN03").status_code == 410
    assert get(client, "records/TN04").json()["successor_number"] == "TN01"


def test_a_draft_of_a_public_record_does_not_show(client, record):
    record.name_vi = "Tên nháp"
    record.save_revision()
    assert "Tên nháp" not in get(client, "records/TN01").content.decode()


def test_a_number_answers_in_its_own_collection_only(client, record):
    assert get(client, "works/TN01").status_code == 404
    assert get(client, "records/tn01").json()["number"] == "TN01"


def test_filters_of_records(client, record):
    other = RecordFactory(number="GL01", kind="ich", ich_categories=["festival"], latitude=13.9, longitude=108.9)
    DesignationFactory(record=other, rank="provincial", decided_on=dt.date(2010, 1, 1))
    Record.objects.filter(pk=other.pk).update(modified_at=timezone.now() - dt.timedelta(days=30))
    shared = RecordFactory(
        number="SH01", unit=UnitFactory(province=ProvinceFactory(code="48", name="Thành phố Đà Nẵng"))
    )
    shared.shared_units.add(record.unit)
    shared.save()
    since = (timezone.now() - dt.timedelta(days=1)).isoformat()
    for params, expected in [
        ({"kind": "ich"}, ["GL01"]),
        ({"rank": "national"}, ["TN01"]),
        ({"rank": "provincial"}, ["GL01"]),
        ({"type": "scenic"}, ["TN01"]),
        ({"ich_category": "festival"}, ["GL01"]),
        ({"unit": "05602"}, ["SH01", "TN01"]),
        ({"unit": "19"}, ["SH01", "TN01"]),
        ({"unit": "48"}, ["SH01"]),
        ({"bbox": "105,21,106,22"}, ["TN01"]),
        ({"modified_since": since}, ["SH01", "TN01"]),
        ({"modified_since": "2999-01-01"}, []),
        ({"unit": "19", "kind": "ich"}, []),
    ]:
        assert numbers(get(client, "records", **params)) == expected, params


def test_a_rank_that_was_lost_is_not_todays(client, record):
    DesignationFactory(record=record, act="cancel", rank="", decided_on=dt.date(2020, 1, 1))
    assert get(client, "records/TN01").json()["rank"] is None
    assert numbers(get(client, "records", rank="national")) == []


def test_filters_of_places(client, unit):
    PlaceFactory(number="DD-000001", unit=unit, latitude=21.6, longitude=105.8)
    PlaceFactory(number="DD-000002", kind="food", latitude=13.9, longitude=108.9)
    PlaceFactory(number="DD-000003", live=False)
    assert numbers(get(client, "places")) == ["DD-000001", "DD-000002"]
    assert numbers(get(client, "places", kind="food")) == ["DD-000002"]
    assert numbers(get(client, "places", unit="19")) == ["DD-000001"]
    assert numbers(get(client, "places", bbox="105,21,106,22")) == ["DD-000001"]
    assert get(client, "places/DD-000003").status_code == 404
    assert get(client, "places/DD-000001").json()["is_sample"] is True


def test_units_before_and_now(client, unit):
    body = get(client, "units", q="phu dinh").json()
    assert [row["code"] for row in body["results"]] == ["05602"]
    assert get(client, "units", on="2025-06-30").json()["count"] == 0
    assert get(client, "units", level="commune", province="19").json()["count"] == 1


def test_nearby_is_sorted_and_public(client, record):
    PlaceFactory(number="DD-000001", latitude=21.82, longitude=105.53)
    hidden = PlaceFactory(number="DD-000002", latitude=21.811, longitude=105.53)
    outbox.drain_all()
    hidden.live = False
    hidden.save()  # the map has not heard of it yet
    body = get(client, "nearby", lat="21.81", lon="105.53", radius="5000").json()
    found = [(row["number"], row["collection"]) for row in body["results"]]
    assert found == [("TN01", "records"), ("DD-000001", "places")]
    assert 1100 < body["results"][1]["distance_m"] < 1115


def test_nearby_by_the_time_along_roads(client, db, settings, monkeypatch):
    settings.ROUTING_URL = "http://routing.invalid"
    for number, latitude in (("DD-000001", 21.811), ("DD-000002", 21.812), ("DD-000003", 21.813)):
        PlaceFactory(number=number, latitude=latitude, longitude=105.53)
    outbox.drain_all()
    monkeypatch.setattr("heritage.maps.routing.table", lambda *_asked: [None, (900.0, 600.0), (500.0, 300.0)])
    rows = get(client, "nearby", lat="21.81", lon="105.53", kinds="lodging", by="walk").json()["results"]
    told = [(row["number"], row["travel"] and row["travel"]["minutes"]) for row in rows]
    assert told == [("DD-000003", 5.0), ("DD-000002", 10.0), ("DD-000001", None)]


def test_clusters_count_what_a_map_shows_by_one_query(client, record, django_assert_num_queries):
    PlaceFactory(number="DD-000001", latitude=21.82, longitude=105.53)
    PlaceFactory(latitude=21.82, longitude=105.53, live=False)
    outbox.drain_all()
    get(client, "clusters", bbox="100,5,115,24", zoom="5")  # licences of sources are looked up once in five minutes
    with django_assert_num_queries(1):
        body = get(client, "clusters", bbox="100,5,115,24", zoom="5").json()
    [one] = body["features"]
    assert (body["count"], one["properties"]["count"], one["properties"]["heritage"]) == (2, 2, 1)
    body = get(client, "clusters", bbox="105,21,106,22", zoom="16", kinds="lodging").json()
    assert [one["properties"]["number"] for one in body["features"]] == ["DD-000001"]


@pytest.mark.parametrize("count", [10, 100])
def test_a_list_costs_the_same_queries_at_any_length(client, unit, django_assert_max_num_queries, count):
    for n in range(count):
        DesignationFactory(record=RecordFactory(unit=unit))
        PlaceFactory(number=f"DD-{n:06d}", unit=unit)
    for path, most in [("records", 6), ("places", 5), ("units", 7)]:
        with django_assert_max_num_queries(most):
            assert get(client, path, page_size=100).json()["results"]


def test_one_record_costs_few_queries(client, record, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        get(client, "records/TN01")


def test_unpublishing_takes_effect_at_once(client, record):
    assert get(client, "records/TN01").status_code == 200
    services.unpublish(record)
    assert get(client, "records/TN01").status_code == 404


def test_works_and_their_public_editions(client, work):
    WorkFactory(number="TL-000002", live=False)
    body = get(client, "works").json()
    assert [row["number"] for row in body["results"]] == ["TL-000001"]
    assert [one["kind"] for one in body["results"][0]["editions"]] == ["ebook"]
    assert numbers(get(client, "works", kind="ebook")) == ["TL-000001"]
    assert numbers(get(client, "works", kind="scan")) == []  # only staff have that one
    assert numbers(get(client, "works", language="en")) == []


def test_only_open_scans_have_their_manifest_named(client, record):
    def scan(identifier, **values):
        link = {"is_restricted": values.pop("is_restricted", False)}
        digital_object = DigitalObjectFactory(identifier=identifier, **values)
        Canvas.objects.create(
            digital_object=digital_object, image_identifier=f"{identifier}.1", width=9, height=9, pyramid="x.tif"
        )
        RecordObject.objects.create(record=record, digital_object=digital_object, **link)

    scan("TN01", access="closed")
    scan("TN01-2", is_restricted=True)
    scan("TN01-3")
    scan("TN01-4")
    RecordObject.objects.create(record=record, digital_object=DigitalObjectFactory(identifier="TN01-5"))  # no image yet
    body = get(client, "records/TN01").json()
    assert body["manifest"] == "http://testserver/iiif/presentation/3/TN01-3/manifest"
    assert [one.split("/")[-2] for one in body["manifests"]] == ["TN01-3", "TN01-4"]


def test_a_kept_count_follows_every_change(client, db):
    first, second = RecordFactory(), RecordFactory()
    assert client.get("/api/v1/records").json()["count"] == 2
    third = RecordFactory()
    assert client.get("/api/v1/records").json()["count"] == 3
    services.withdraw(third, reason_vi="Trùng")
    assert client.get("/api/v1/records").json()["count"] == 2
    assert {first.number, second.number} == {row["number"] for row in client.get("/api/v1/records").json()["results"]}
