"""What is asked of the map beyond a box: a name, counts, what is open, what a popup adds."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from heritage.core.models import ArchiveImage
from heritage.maps import finding, hours, pyramid
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
BOX = "bbox=105,21,106,22&zoom=12"


@pytest.fixture
def places():
    found = [
        PlaceFactory(name_vi="Đình Làng (mẫu)", kind="food", opening_hours="24/7", zalo="0900 000 000"),
        PlaceFactory(name_vi="Quán Đêm (mẫu)", kind="food", latitude=21.61, opening_hours="off"),
        PlaceFactory(name_vi="Nhà Nghỉ Đình (mẫu)", latitude=21.7),
    ]
    RecordFactory(name_vi="Chùa Mẫu", latitude=21.6, longitude=105.85)
    pyramid.rebuild()
    return found


def test_names_are_found_without_marks_and_those_that_begin_so_come_first(client, places):
    found = client.get("/vi/ban-do/tim.json?q=dinh").json()["features"]
    assert [one["properties"]["name"]["vi"] for one in found] == ["Đình Làng (mẫu)", "Nhà Nghỉ Đình (mẫu)"]


@pytest.mark.parametrize("text", ["", "a", "%00", "%25%25", "x" * 5000, "'\" OR 1=1", "\\"])
def test_any_text_is_borne(client, places, text):
    assert client.get("/en/map/find.json", {"q": text}).json()["features"] == []


def test_counts_by_layer_and_rank_are_one_query(client, places, django_assert_num_queries):
    client.get(f"/vi/ban-do/so-luong.json?{BOX}")
    with django_assert_num_queries(1):
        found = client.get(f"/vi/ban-do/so-luong.json?{BOX}").json()
    assert found["layers"] == {"food": 2, "lodging": 1, "monument": 1}
    assert sum(found["ranks"].values()) == 1
    assert client.get("/vi/ban-do/so-luong.json?bbox=1,2").status_code == 400


def test_only_what_is_open_and_says_so(client, places):
    answer = client.get(f"/vi/ban-do/diem.json?{BOX}&open=1").json()
    assert [one["properties"]["name"]["vi"] for one in answer["features"]] == ["Đình Làng (mẫu)"]
    assert answer["tooMany"] is False


def test_too_many_to_look_up_is_said(client, places, monkeypatch):
    monkeypatch.setattr(finding, "MOST_HOURS", 1)
    answer = client.get(f"/vi/ban-do/diem.json?{BOX}&open=1").json()
    assert (answer["features"], answer["tooMany"]) == ([], True)


def test_a_popup_gets_zalo_hours_and_whose_picture_it_shows(client, places):
    details = client.get(f"/vi/ban-do/diem.json?number={places[0].number}").json()["details"]
    assert details["zalo"] == "0900 000 000"
    assert details["now"]["open"] is True
    assert "credit" not in details
    cover = ArchiveImage.objects.create(
        title="x", file="original_images/x.png", width=9, height=9, credit="Ảnh: Lan", licence="CC BY 4.0"
    )
    record = RecordFactory(cover=cover)
    places[0].cover = cover
    places[0].save()
    for number in (places[0].number, record.number):
        assert finding.details(number)["credit"] == "Ảnh: Lan · CC BY 4.0"
    places[0].live = False
    places[0].save()
    assert finding.details(places[0].number) == {}


def test_the_list_of_places_is_in_vietnamese_order(client):
    for name in ("Đá Bạc (mẫu)", "Dừa (mẫu)", "Ẩm Thực (mẫu)", "An Nhiên (mẫu)", "Ca Dao (mẫu)"):
        PlaceFactory(name_vi=name)
    names = [place.name_vi.split(" (")[0] for place in client.get("/vi/dia-diem/").context["page"].object_list]
    assert names == ["An Nhiên", "Ẩm Thực", "Ca Dao", "Dừa", "Đá Bạc"]


def test_hours_are_those_of_viet_nam(places):
    moment = dt.datetime(2026, 11, 25, 1, 30, tzinfo=ZoneInfo("UTC"))
    assert hours.now("Mo-Su 08:00-09:00", moment).is_open
