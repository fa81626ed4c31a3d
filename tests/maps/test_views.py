"""Pages and answers of maps as visitors get them: both languages, bounded, escaped, few queries."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from heritage.maps import pyramid, services
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.settings import basemaps
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x` ${y} \" '"


def spec_of(html):
    return json.loads(re.search(r'<script type="application/json" id="[^"]+-spec">(.*?)</script>', html, re.DOTALL)[1])


def address(name, language="vi", **kwargs):
    with translation.override(language):
        return reverse(name, **kwargs)


@pytest.mark.parametrize(("language", "url"), [("vi", "/vi/ban-do/"), ("en", "/en/map/")])
def test_the_map_s_shell_is_small_and_holds_no_record(client, language, url, django_assert_max_num_queries):
    PlaceFactory(name_vi="Nhà nghỉ Không Có Trong Vỏ")
    pyramid.rebuild()
    assert address("map", language) == url
    client.get(url)
    with django_assert_max_num_queries(2):
        html = client.get(url).content.decode()
    assert "Không Có Trong Vỏ" not in html
    spec = spec_of(html)
    assert {part["kind"] for part in spec["parts"]} == {"basemap", "archipelagos", "historical", "heat", "marks"}
    assert len(json.dumps(spec)) < 6300


@pytest.mark.parametrize("url", ["/vi/ban-do/", "/en/map/"])
def test_both_archipelagos_are_named_on_every_map(client, url):
    labels = next(part for part in spec_of(client.get(url).content.decode())["parts"] if part["kind"] == "archipelagos")
    assert labels["labels"] == LABELS
    place = PlaceFactory()
    page = client.get(place.get_absolute_url()).content.decode()
    assert [label["text"] for label in LABELS] == [
        label["text"] for part in spec_of(page)["parts"] if part["kind"] == "archipelagos" for label in part["labels"]
    ]


def test_no_inline_script_or_style(client):
    place = PlaceFactory()
    for url in ("/vi/ban-do/", place.get_absolute_url(), "/vi/dia-diem/"):
        html = client.get(url).content.decode()
        scripts = re.findall(r"<script\b[^>]*>", html)
        assert all("src=" in script or 'type="application/' in script for script in scripts), url
        assert " style=" not in html
        assert not re.search(r"\son\w+=", html)
        assert "//cdn" not in html


def test_a_name_that_is_markup_is_shown_as_text(client):
    place = PlaceFactory(
        name_vi=NASTY, name_en=NASTY, address=NASTY, opening_hours=NASTY, phone=NASTY, zalo=NASTY, description_vi=NASTY
    )
    pyramid.rebuild()
    for url in (place.get_absolute_url(), "/vi/dia-diem/", f"/vi/dia-diem/?q={NASTY}"):
        html = client.get(url).content.decode()
        assert "<img src=x" not in html
        assert "</script><img" not in html
    answer = client.get("/vi/ban-do/diem.json?bbox=105,21,106,22&zoom=18")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json()["features"][0]["properties"]["name"]["vi"] == NASTY


def test_a_javascript_address_that_got_in_is_no_link(client):
    from heritage.maps.models import Place

    place = PlaceFactory()
    Place.objects.filter(pk=place.pk).update(website="javascript:alert(1)")
    assert 'href="javascript' not in client.get(place.get_absolute_url()).content.decode()


def test_a_map_asks_by_box_and_is_answered_by_one_query(client, django_assert_num_queries):
    PlaceFactory()
    pyramid.rebuild()
    client.get("/vi/ban-do/diem.json?bbox=105,21,106,22&zoom=9")
    with django_assert_num_queries(1):
        answer = client.get("/vi/ban-do/diem.json?bbox=105,21,106,22&zoom=9")
    assert len(answer.json()["features"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bbox=nan,1,2,3&zoom=3", "bbox"),
        ("bbox=105,22,106,21&zoom=3", "bbox"),
        ("bbox=105,21,106,22&zoom=x", "zoom"),
        ("", "bbox"),
    ],
)
def test_a_box_that_is_none_is_refused_with_the_remedy(client, query, field):
    answer = client.get(f"/en/map/points.json?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field
    assert len(answer.json()["error"]["message"]) > 20


def test_one_mark_by_its_number(client):
    place = PlaceFactory()
    pyramid.rebuild()
    found = client.get(f"/vi/ban-do/diem.json?number={place.number}").json()["features"]
    assert [one["properties"]["number"] for one in found] == [place.number]
    assert client.get("/vi/ban-do/diem.json?number=nothing").json()["features"] == []


def test_a_cluster_opens(client):
    PlaceFactory(name_vi="Một (mẫu)")
    PlaceFactory(name_vi="Hai (mẫu)")
    pyramid.rebuild()
    feature = client.get("/vi/ban-do/diem.json?bbox=105,21,106,22&zoom=9").json()["features"][0]["properties"]
    assert feature["count"] == 2
    answer = client.get(f"/vi/ban-do/cum.json?cell={feature['cluster']}").json()
    assert (answer["count"], len(answer["features"])) == (2, 2)
    assert client.get("/vi/ban-do/cum.json?cell=x").status_code == 400


def test_a_place_s_page_in_both_languages(client):
    place = PlaceFactory(
        opening_hours="Mo-Su 08:00-17:00", stars=3, stars_verified_by="Sở mẫu", stars_verified_on="2026-01-02"
    )
    vi = client.get(address("place", "vi", args=[place.number])).content.decode()
    en = client.get(address("place", "en", args=[place.number])).content.decode()
    assert place.name_vi in vi
    assert "08:00–17:00" in vi
    assert "Mục mẫu" in vi
    assert "A sample entry" in en
    assert "Sở mẫu" in en


def test_hours_that_cannot_be_read_are_shown_as_written(client):
    place = PlaceFactory(opening_hours="always-ish")
    html = client.get(address("place", "en", args=[place.number])).content.decode()
    assert "always-ish" in html
    assert "not checked by this site" in html
    assert 'class="open' not in html


def test_a_check_older_than_a_year_is_said(client):
    old = PlaceFactory(verified_on="2020-01-01", verified_by="Cán bộ mẫu")
    assert "more than a year ago" in client.get(address("place", "en", args=[old.number])).content.decode()


def test_a_withdrawn_place_says_why(client):
    place = PlaceFactory()
    url = place.get_absolute_url()
    services.withdraw(place, "Cơ sở đã đóng cửa.")
    answer = client.get(url)
    assert answer.status_code == 410
    assert "Cơ sở đã đóng cửa." in answer.content.decode()
    assert client.get("/vi/dia-diem/DD-999999/").status_code == 404


def test_heritage_around_and_places_around_both_ways(client):
    place, record = PlaceFactory(), RecordFactory(latitude=21.6, longitude=105.85)
    pyramid.rebuild()
    assert record.name_vi in client.get(place.get_absolute_url()).content.decode()
    page = client.get(record.get_absolute_url())
    assert place.name_vi in page.content.decode()


def test_a_place_s_page_costs_the_same_with_many_neighbours(client, django_assert_max_num_queries):
    place = PlaceFactory()
    PlaceFactory.create_batch(30)
    pyramid.rebuild()
    client.get(place.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(place.get_absolute_url())


@pytest.mark.parametrize("count", [2, 60])
def test_the_list_costs_the_same_with_many_rows(client, count, django_assert_max_num_queries):
    PlaceFactory.create_batch(count)
    client.get("/vi/dia-diem/")
    with django_assert_max_num_queries(10):
        client.get("/vi/dia-diem/?q=nha&kind=lodging&price=budget")


def test_the_list_finds_without_marks_and_narrows(client):
    PlaceFactory(name_vi="Quán cơm Đồi Chè (mẫu)", kind="food", category="restaurant")
    PlaceFactory(name_vi="Khách sạn Đồi Chè (mẫu)")
    assert client.get("/vi/dia-diem/?q=doi che").context["count"] == 2
    assert client.get("/vi/dia-diem/?q=doi che&kind=food").context["count"] == 1
    assert client.get("/vi/dia-diem/?category=restaurant").context["count"] == 1
    assert client.get("/vi/dia-diem/?kind=nonsense&price='").context["count"] == 2


@pytest.mark.parametrize(
    "query", ["page=-1", "page=abc", "page=999999999999", f"q={'x' * 10000}", "province=0000000", "q=%00"]
)
def test_the_list_bears_nonsense(client, query):
    assert client.get(f"/vi/dia-diem/?{query}").status_code == 200


@pytest.mark.parametrize("at", ["", "nan,1,2", "1,2", "999,0,5", "21.6,105.8,inf", "21.6,105.8,99", "x"])
def test_the_map_bears_nonsense_in_its_address(client, at):
    assert client.get(f"/vi/ban-do/?at={at}&layers=zzz&ranks=%00&open={'9' * 900}").status_code == 200


def test_tiles_by_setting(client, settings):
    settings.MAP_BASEMAPS = basemaps.read("", "https://tiles.example/{z}/{x}/{y}.png", "<b>tiles</b>")
    parts = spec_of(client.get("/vi/ban-do/").content.decode())["parts"]
    assert [part["kind"] for part in parts][:2] == ["basemap", "tiles"]
