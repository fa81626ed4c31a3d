"""The page as visitors and machines ask it: bounded, escaped, never an error, few queries."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils.html import escape

from heritage.core import outbox
from heritage.search import indexing
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


@pytest.fixture
def filled():
    for number in range(12):
        record = RecordFactory(
            number=f"XX{number:02d}", name_vi=f"Đình Thử số {number}", latitude=21.5, longitude=105.8
        )
        DesignationFactory(record=record)
    RecordFactory(number="XX90", name_vi="=HYPERLINK(1)<script>alert(1)</script>", summary_vi='<b>đậm</b> & "nháy"')
    indexing.rebuild()


def page(client, path="/vi/tim-kiem/", **params):
    return client.get(path, params)


def test_the_query_is_said_back_and_results_are_marked(client, filled):
    answer = page(client, q="dinh thu").content.decode()
    assert "12" in answer
    assert "“dinh thu”" in answer
    assert "<mark>Đình Thử</mark> số" in answer
    assert page(client, "/en/search/", q="communal house").status_code == 200


def test_any_page_number_answers(client, filled):
    for number in ["-1", "0", "abc", "1000000000", "9" * 400, "١", "2.5"]:
        assert page(client, q="dinh", page=number).status_code == 200, number


HOSTILE = [
    "x" * 10_000, "chùa " * 2_500, '"' * 99, '"chùa', "a* " * 200, "(AND OR) [1 TO 2] {x} ^2 ~1 /a/ \\ && || !",
    "'; DROP TABLE catalog_record; --", "\x00\x01\x1b \u202e", "🏯", "<script>alert(1)</script>", "%s %(x)s {0}",
    "field:value a:b:c :", "-", "--", "*", "？", "1..2..3", "{{ 7 }}{% x %}",
]  # fmt: skip


def test_nothing_typed_breaks_or_enters_the_page(client, filled):
    for text in HOSTILE:
        for path in ("/vi/tim-kiem/", "/vi/tim-kiem/goi-y/"):
            answer = page(client, path, q=text)
            assert answer.status_code == 200, text
            assert len(answer.content) < 120_000, text
            assert "<script>alert(1)" not in answer.content.decode() or path.endswith("goi-y/")


ODD_PARAMETERS = [
    {"near": "x"}, {"near": "nan,1,2"}, {"near": "91,0,5"}, {"box": "1,2,3"}, {"box": "inf,0,1,1"},
    {"years": "x"}, {"sort": "nosuch"}, {"kind": "nosuch"}, {"unit": "\x00"}, {"rank": ["a"] * 500},
    {"format": "exe"}, {"near": "21.5,105.8"}, {"box": "105,21,106,22"}, {"years": "1428..1527"},
    {"unit": 'a(b[c*d|e\\f"#@&<>~'}, {"like": "XX01"}, {"like": "\x00" * 500}, {"view": "map"}, {"view": "x"},
    {"decade": "1440"}, {"decade": "x"}, {"near": "21.5,105.8,1000", "sort": "nearest"},
]  # fmt: skip


def test_any_parameter_answers(client, filled):
    for params in ODD_PARAMETERS:
        answer = client.get("/vi/tim-kiem/", params)
        assert answer.status_code == 200, params
        assert (
            "notice--warning" not in answer.content.decode() or "box" in params or "near" in params or "years" in params
        )


def test_titles_and_texts_are_escaped(client, filled):
    answer = page(client, q="hyperlink").content.decode()
    assert "<script>alert" not in answer
    assert escape("<script>") in answer


def test_a_page_costs_few_queries_however_many_results(client, filled, django_assert_max_num_queries):
    page(client, q="dinh")
    with django_assert_max_num_queries(10):
        page(client, q="dinh")


def test_a_count_is_a_link_that_gives_as_many(client, filled):
    answer = page(client, q="dinh thu", rank="national").content.decode()
    assert "12" in answer
    assert 'aria-current="true"' in answer


def test_the_empty_page_helps(client, filled):
    answer = page(client, q="zzzzqqqq").content.decode()
    assert "zzzzqqqq" in answer
    assert "search-nothing" in answer


def test_suggestions_answer_with_marked_parts(client, filled):
    found = json.loads(page(client, "/vi/tim-kiem/goi-y/", q="dinh t").content)["suggestions"]
    assert len(found) == 8
    assert found[0]["parts"][0] == ["Đình Thử", True]
    assert found[0]["url"].startswith("/vi/di-san/XX")


def test_results_as_json_csv_geojson_and_rss(client, filled):
    body = json.loads(page(client, q="dinh thu", format="json").content)
    assert (body["count"], len(body["results"]), body["next"]) == (12, 12, None)
    assert body["results"][0]["location"] == {"latitude": 21.5, "longitude": 105.8}
    rows = list(csv.DictReader(io.StringIO(page(client, q="hyperlink", format="csv").content.decode("utf-8-sig"))))
    assert rows[0]["title_vi"].startswith("'=HYPERLINK")
    shapes = json.loads(page(client, q="dinh thu", format="geojson").content)
    assert shapes["features"][0]["geometry"]["coordinates"] == [105.8, 21.5]
    feed = ET.fromstring(page(client, q="hyperlink", format="rss").content)
    assert feed.find("channel/item/title").text.startswith("=HYPERLINK")


def test_a_browser_can_add_the_search(client, filled):
    described = ET.fromstring(client.get("/vi/opensearch.xml").content)
    addresses = [url.get("template") for url in described.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert addresses[0] == "http://testserver/vi/tim-kiem/?q={searchTerms}"
    typed, names, _places, links = json.loads(page(client, "/vi/opensearch/suggest/", q="dinh").content)
    assert typed == "dinh"
    assert len(names) == len(links) == 8


def test_the_map_of_the_results_comes_only_when_asked(client, filled):
    assert "leaflet" not in page(client, q="dinh thu").content.decode()
    answer = page(client, q="dinh thu", view="map").content.decode()
    assert 'data-hits="?q=dinh%20thu&amp;format=geojson"' in answer
    assert "data-map=" in answer


def test_decades_stand_as_bars_that_are_links(client):
    from heritage.catalog.models import Period

    for number, (first, last) in enumerate([(1428, 1459), (1440, 1449), (1802, 1802)]):
        period = Period.objects.create(code=f"t{number}", name_vi=f"Thời {number}", first_year=first, last_year=last)
        record = RecordFactory(name_vi=f"Đình Thử {number}")
        record.periods.add(period)
        record.save()
    indexing.rebuild()
    answer = page(client, q="dinh thu").content.decode()
    assert 'href="?q=dinh%20thu&amp;years=1440..1449"' in answer
    assert page(client, q="dinh thu", years="1440..1449").content.decode().count('class="hit"') == 2


def test_only_reading_is_allowed():
    assert Client().post("/vi/tim-kiem/", {"q": "x"}).status_code == 405


def test_without_an_index_the_page_says_so_and_still_finds_names(client):
    RecordFactory(number="XX01", name_vi="Đình Thử")
    answer = page(client, q="dinh thu").content.decode()
    assert "XX01" in answer
    assert "notice--warning" in answer
    outbox.drain_all()
    assert "notice--warning" not in page(client, q="dinh thu").content.decode()
