"""A file of places comes in whole or is answered line by line; twice changes nothing; hand-made edits stay."""

import json
import unicodedata
from pathlib import Path

import osmium
import pytest
from django.core.management import CommandError, call_command

from heritage.maps.imports import Terms, UnreadableFileError, import_file
from heritage.maps.models import Place
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db

CSV = """id,name_vi,name_en,kind,category,lat,lon,phone,opening_hours,stars,price_from,wheelchair
a1,Nhà nghỉ Một (mẫu),Guest house One (sample),lodging,guest_house,21.594,105.848,0000 000 001,24/7,,250.000,có
a2,Quán Hai (mẫu),,food,restaurant,21.6,105.85,,always-ish,,,
"""
DATA = Path(__file__).parent / "data"


def write(folder, text, name="places.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def counts(report):
    return report.created, report.updated, report.unchanged, report.refused


def test_a_second_run_changes_nothing(tmp_path):
    path = write(tmp_path, CSV)
    assert counts(import_file(path)) == (2, 0, 0, 0)
    before = list(Place.objects.order_by("pk").values_list("number", "modified_at"))
    assert counts(import_file(path)) == (0, 0, 2, 0)
    assert list(Place.objects.order_by("pk").values_list("number", "modified_at")) == before
    place = Place.objects.get(source_key="a1")
    assert (place.price_from, place.wheelchair, place.hours_state) == (250_000, "yes", "read")
    assert Place.objects.get(source_key="a2").hours_state == "text"


def test_a_trial_run_writes_nothing(tmp_path):
    report = import_file(write(tmp_path, CSV), Terms(dry_run=True))
    assert counts(report) == (2, 0, 0, 0)
    assert not Place.objects.exists()


def test_what_the_source_changed_comes_in_and_what_staff_wrote_stays(tmp_path):
    import_file(write(tmp_path, CSV))
    place = Place.objects.get(source_key="a1")
    place.name_vi = "Nhà nghỉ do cán bộ sửa (mẫu)"
    place.save()
    changed = CSV.replace("Nhà nghỉ Một (mẫu)", "Nhà nghỉ Mới (mẫu)").replace("0000 000 001", "0000 000 002")
    report = import_file(write(tmp_path, changed))
    place.refresh_from_db()
    assert (place.name_vi, place.phone) == ("Nhà nghỉ do cán bộ sửa (mẫu)", "0000 000 002")
    assert [(kept["number"], kept["column"]) for kept in report.kept] == [(place.number, "name_vi")]
    assert counts(report)[:2] == (0, 1)


def test_what_is_no_longer_in_the_file_is_neither_deleted_nor_withdrawn(tmp_path):
    import_file(write(tmp_path, CSV))
    report = import_file(write(tmp_path, "\n".join(CSV.splitlines()[:2])))
    assert counts(report) == (0, 0, 1, 0)
    assert Place.objects.filter(live=True).count() == 2


def test_a_cut_off_pbf_is_refused_and_leaves_nothing(tmp_path):
    whole = tmp_path / "whole.osm.pbf"
    with osmium.SimpleWriter(str(whole)) as writer:
        for number in range(1, 9001):
            tags = {"amenity": "restaurant", "name": f"Quán {number}"} if number % 3000 == 0 else {"barrier": "gate"}
            location = (105.8 + number / 1e6, 21.6)
            writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=location, tags=tags))
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:-200])
    with pytest.raises(UnreadableFileError):
        import_file(cut)
    assert not Place.objects.exists()
    assert import_file(whole).created == 3


def test_a_place_on_the_spot_with_the_same_name_is_the_same_place(tmp_path):
    own = PlaceFactory(name_vi="Nhà nghỉ một (mẫu)", latitude=21.5943, longitude=105.8482, source="", phone="")
    report = import_file(write(tmp_path, CSV))
    own.refresh_from_db()
    assert counts(report) == (1, 1, 0, 0)
    assert own.source_key == "a1"
    assert own.name_vi == "Nhà nghỉ một (mẫu)"
    assert own.phone == "0000 000 001"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("b1,Tên,,lodging,,0,0,,,,,", "latitude"),
        ("b1,Tên,,lodging,,105.8,21.5,,,,,", "latitude"),
        ("b1,Tên,,lodging,,15.0,110.2,,,,,", "latitude"),
        ("b1,Tên,,lodging,,abc,105.8,,,,,", "latitude"),
        ("b1,Tên,,lodging,,21.5,,,,,,", "latitude"),
        ("b1,Tên,,palace,,21.5,105.8,,,,,", "kind"),
        ("b1,,,lodging,,21.5,105.8,,,,,", "name_vi"),
        ("b1,Tên,,lodging,,21.5,105.8,,,4,,", "stars"),
        ("b1,Tên,,food,hotel,21.5,105.8,,,,,", "category"),
        ("b1,Tên,,lodging,,21.5,105.8,,,,,,,,extra", ""),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_the_others_come_in(tmp_path, cells, column):
    report = import_file(write(tmp_path, CSV + cells + "\n"))
    assert counts(report) == (2, 0, 0, 1)
    assert [(refusal.line, refusal.column) for refusal in report.refusals] == [(4, column)]
    assert all(refusal.reason for refusal in report.refusals)


def test_the_same_key_twice_in_a_file_is_refused(tmp_path):
    report = import_file(write(tmp_path, CSV + CSV.splitlines()[1] + "\n"))
    assert counts(report) == (2, 0, 0, 1)


def tone_last(letter):
    """A letter as Windows-1258 keeps it: its tone, where it has one, after it."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_other_encodings(tmp_path, encoding):
    text = CSV
    if encoding == "cp1258":
        text = "".join(map(tone_last, text))
    assert counts(import_file(write(tmp_path, text, encoding=encoding))) == (2, 0, 0, 0)
    assert Place.objects.filter(name_vi="Nhà nghỉ Một (mẫu)").exists()


def test_vietnamese_headers(tmp_path):
    text = "Tên;Loại;Vĩ độ;Kinh độ;Giờ mở cửa\nChợ (mẫu);mua sắm;21,6;105,85;Mo-Su 05:00-11:00\n"
    assert counts(import_file(write(tmp_path, text))) == (1, 0, 0, 0)
    place = Place.objects.get()
    assert (place.kind, place.latitude) == ("shopping", 21.6)


def test_geojson():
    path = DATA / "places.geojson"
    report = import_file(path, Terms(kind="attraction"))
    assert counts(report) == (2, 0, 0, 1)
    assert Place.objects.get(kind="attraction").latitude == 21.55
    assert counts(import_file(path, Terms(kind="attraction"))) == (0, 0, 2, 1)


def test_openstreetmap():
    path = DATA / "extract.osm"
    report = import_file(path)
    assert counts(report) == (2, 0, 0, 0)
    hotel, market = Place.objects.get(source_key="node/1"), Place.objects.get(source_key="way/9")
    assert (hotel.category, hotel.stars, hotel.source_licence) == ("hotel", None, "ODbL 1.0")
    assert hotel.name_vi == "Khách sạn Mẫu </script>"
    assert (market.kind, market.latitude) == ("shopping", 21.61)
    assert counts(import_file(path)) == (0, 0, 2, 0)


def test_the_licence_of_openstreetmap_stands_on_the_map(client):
    from django.core.cache import cache

    cache.clear()
    import_file(DATA / "extract.osm")
    assert "OpenStreetMap" in client.get("/vi/ban-do/").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"a,b\n1,2\n"),
        ("x.csv", b""),
        ("x.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF\x81\x8d"),
        ("x.geojson", b"{}"),
        ("x.geojson", b"[1,2"),
        ("x.geojson", b'{"features": 3}'),
        ("x.osm", b"<osm><node id="),
        ("x.osm.pbf", b"\x00\x00\x00\x0d not a pbf"),
        ("x.docx", b"x"),
    ],
)
def test_a_file_that_cannot_be_taken_says_so_and_leaves_nothing(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError):
        import_file(path)
    assert not Place.objects.exists()


def test_the_command_prints_counts_as_json(tmp_path, capsys):
    call_command("maps", "import", str(write(tmp_path, CSV)), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert {name: printed[name] for name in ("created", "updated", "unchanged", "refused")} == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "refused": 0,
    }
    with pytest.raises(CommandError):
        call_command("maps", "import", str(tmp_path / "nothing.csv"))
