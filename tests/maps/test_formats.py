"""Workbooks, KML and GPX in; KML and GPX out."""

import openpyxl
import pytest
from lxml import etree

from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.imports import Terms, UnreadableFileError, import_file
from heritage.maps.models import Place
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db


def counts(report):
    return report.created, report.updated, report.unchanged, report.refused


def test_a_workbook_comes_in_and_a_second_run_changes_nothing(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "Tên", "Loại", "Vĩ độ", "Kinh độ", "Số phòng", "Điện thoại"])
    book.active.append(["a1", "Nhà nghỉ Một (mẫu)", "lodging", 21.6, 105.85, 12.0, "0000 000 001"])
    book.active.append(["a2", "Nhà nghỉ Hai (mẫu)", "lodging", 0, 0, None, None])
    book.save(tmp_path / "places.xlsx")
    assert counts(import_file(tmp_path / "places.xlsx")) == (1, 0, 0, 1)
    assert Place.objects.get().rooms == 12
    assert counts(import_file(tmp_path / "places.xlsx")) == (0, 0, 1, 1)


@pytest.mark.parametrize("name", ["a.xlsx", "a.kml", "a.gpx", "a.doc"])
def test_a_file_that_is_none_says_so(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 no")
    with pytest.raises(UnreadableFileError, match=r"\w{3}"):
        import_file(tmp_path / name)


@pytest.mark.parametrize("kind", ["kml", "gpx"])
def test_a_file_that_holds_only_the_first_says_so(client, monkeypatch, kind):
    PlaceFactory.create_batch(3)
    assert "open data" not in client.get(f"/en/places/file.{kind}").content.decode()
    monkeypatch.setattr("heritage.maps.exports.MOST", 2)
    text = client.get(f"/en/places/file.{kind}").content.decode()
    assert "the first 2 of 3 places" in text


def test_what_leaves_as_kml_or_gpx_comes_back_as_the_same_places(client, tmp_path):
    PlaceFactory(name_vi="Quán <b>&</b> (mẫu)", kind="food", source="OSM", source_licence="ODbL 1.0")
    PlaceFactory(name_vi="Không Vị Trí (mẫu)", latitude=None, longitude=None)
    for kind in ("kml", "gpx"):
        answer = client.get(f"/vi/dia-diem/tep.{kind}?kind=food")
        text = " ".join(etree.fromstring(answer.content).itertext())
        assert all(label["text"] in text for label in LABELS)
        assert "ODbL" in text
        (tmp_path / f"places.{kind}").write_bytes(answer.content)
        report = import_file(tmp_path / f"places.{kind}", Terms(kind="food"))
        assert (report.created, report.refused) == (0, 0)
    assert Place.objects.count() == 2
    assert client.get("/vi/dia-diem/tep.exe").status_code == 404
