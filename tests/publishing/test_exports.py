"""Whole collections as files that spreadsheets, maps and programs read."""

import csv
import io
import json

import pytest

from heritage.catalog.models import Record
from heritage.places.archipelagos import LABELS, NAMES
from heritage.publishing import exports
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory


def text(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_csv_for_spreadsheets(client, record, draft, withdrawn):
    body = text(client.get("/data/records.csv"))
    assert body.startswith("\ufeff")
    row, *names = csv.DictReader(io.StringIO(body.removeprefix("\ufeff")))
    assert {one["title.vi"] for one in names} == NAMES
    assert (row["number"], row["title.vi"], row["rank"], row["place.unit.code"]) == (
        "TN01",
        "Chùa Mẫu",
        "national",
        "05602",
    )
    assert row["types"] == "historical; scenic"
    assert "bí mật" not in body


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(client, record, name):
    Record.objects.update(name_vi=name)
    row, *_names = csv.DictReader(io.StringIO(text(client.get("/data/records.csv")).removeprefix("\ufeff")))
    assert row["title.vi"] == f"'{name}"


def test_geojson_has_longitude_first_and_leaves_out_what_has_no_point(client, record):
    RecordFactory(number="WA1")
    body = json.loads(text(client.get("/data/records.geojson")))
    feature, *_names = body["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [105.53, 21.81]}
    assert feature["properties"]["accuracy_m"] == 5000


def test_licences_of_sources_go_with_the_points(client, unit):
    PlaceFactory(source="OpenStreetMap", source_licence="ODbL 1.0")
    body = json.loads(text(client.get("/data/places.geojson")))
    assert body["licences"] == ["ODbL 1.0"]
    assert body["features"][0]["properties"]["source_licence"] == "ODbL 1.0"
    row, *_names = csv.DictReader(io.StringIO(text(client.get("/data/places.csv")).removeprefix("\ufeff")))
    assert row["source_licence"] == "ODbL 1.0"


def test_json_lines_say_what_the_api_says(client, record):
    (line,) = text(client.get("/data/records.jsonl")).splitlines()
    assert json.loads(line) == client.get("/api/v1/records").json()["results"][0]


def test_empty_collections_are_whole_files(client, db):
    body = json.loads(text(client.get("/data/places.geojson")))
    assert [feature["properties"]["title"]["vi"] for feature in body["features"]] == [one["text"] for one in LABELS]
    assert body["licences"] == []
    assert text(client.get("/data/places.jsonl")) == ""


@pytest.mark.parametrize(
    "name", ["records.xml", "works.geojson", "users.csv", "records.csv.gz", "units.csv", "../records.csv"]
)
def test_other_files_do_not_exist(client, db, name):
    assert client.get(f"/data/{name}").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_a_fixed_number_of_queries_for_each_batch(client, unit, monkeypatch, django_assert_num_queries, count):
    monkeypatch.setattr(exports, "BATCH", 50)
    for n in range(count):
        PlaceFactory(number=f"DD-{n:06d}", unit=unit)
    with django_assert_num_queries(4):
        assert len(text(client.get("/data/places.jsonl")).splitlines()) == count


def test_batches_join_without_gap_or_repetition(client, monkeypatch, db):
    monkeypatch.setattr(exports, "BATCH", 2)
    for n in range(5):
        RecordFactory(number=f"WA{n}")
    numbers = [json.loads(line)["number"] for line in text(client.get("/data/records.jsonl")).splitlines()]
    assert numbers == [f"WA{n}" for n in range(5)]


def test_head_reads_nothing(client, record, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.head("/data/records.csv")["Content-Type"] == "text/csv; charset=utf-8"
