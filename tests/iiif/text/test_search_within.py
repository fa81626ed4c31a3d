"""Search within: phrases of syllables, marks or none, with a box for every line, for clients of both versions."""

import pytest

from heritage.iiif import services
from heritage.iiif.models import Canvas, PageText
from heritage.iiif.text.reading import Word
from heritage.iiif.text.services import folded, packed, set_text

pytestmark = pytest.mark.django_db
LINES = [["Bản", "dập", "bia", "chùa", "Keo"], ["Bàn", "đập", "nước", "cạnh", "chùa"], ["Keo,", "xã", "Đông"]]


def words(lines):
    return [[Word(text, (100 * x, 50 * y, 90, 40)) for x, text in enumerate(line)] for y, line in enumerate(lines)]


@pytest.fixture
def page(scan):
    set_text(scan, words(LINES), language="vi")
    return scan


def search(client, query, version=2):
    return client.get(f"/iiif/search/{version}/TN01", {"q": query}).json()


def test_a_phrase_is_found_with_its_box(client, page):
    found = search(client, "bản dập")
    assert found["items"][0]["target"].endswith("/canvas/TN01.1#xywh=0,0,190,40")
    assert found["items"][0]["body"]["value"] == "Bản dập"


def test_marks_do_not_matter_but_those_that_have_them_come_first(client, page):
    assert [item["body"]["value"] for item in search(client, "ban dap")["items"]] == ["Bản dập", "Bàn đập"]
    assert [item["body"]["value"] for item in search(client, "bàn đập")["items"]] == ["Bàn đập", "Bản dập"]
    assert search(client, "dong")["items"][0]["body"]["value"] == "Đông"


def test_a_phrase_over_two_lines_has_two_boxes(client, page):
    found = search(client, "chùa keo")
    assert len(found["items"]) == 3
    targets = [item["target"].split("xywh=")[1] for item in found["items"]]
    assert targets == ["300,0,190,40", "400,50,90,40", "0,100,90,40"]
    context = found["annotations"][0]["items"][0]["target"]["selector"][0]
    assert (context["prefix"], context["exact"], context["suffix"][:3]) == ("Bản dập bia", "chùa Keo", "Bàn")


def test_version_1_gives_the_same_as_hits(client, page):
    found = search(client, "chùa keo", 1)
    assert found["@type"] == "sc:AnnotationList"
    assert [len(hit["annotations"]) for hit in found["hits"]] == [1, 2]
    assert found["resources"][0]["on"].endswith("#xywh=300,0,190,40")
    assert found["within"]["total"] == 3


def test_suggestions(client, page):
    terms = client.get("/iiif/search/2/TN01/suggest", {"q": "ch"}).json()["items"]
    assert [(term["value"], term["total"]) for term in terms] == [("chùa", 2)]
    assert client.get("/iiif/search/1/TN01/suggest", {"q": "ke"}).json()["terms"][0]["match"] == "keo"


@pytest.mark.parametrize("query", ["", " ", "%", "()[*", "x" * 10_000, "\x00", "'; drop table"])
@pytest.mark.parametrize("version", [1, 2])
def test_any_query_is_answered(client, page, query, version):
    response = client.get(f"/iiif/search/{version}/TN01", {"q": query})
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"


ROADS = [
    "/iiif/search/2/TN01?q=bia",
    "/iiif/search/1/TN01?q=bia",
    "/iiif/search/2/TN01/suggest?q=b",
    "/iiif/presentation/3/TN01/canvas/TN01.1/text",
    "/iiif/text/TN01.txt",
]


@pytest.mark.parametrize("road", ROADS)
def test_the_text_is_as_private_as_the_scan(client, page, road):
    assert client.get(road).status_code == 200
    services.set_access(page.digital_object, "staff")
    assert client.get(road).status_code == 401
    services.set_access(page.digital_object, "closed")
    assert client.get(road).status_code == 404


def test_lines_are_annotations_of_the_canvas_and_plain_text(client, page):
    found = client.get(ROADS[3]).json()
    assert [item["body"]["value"] for item in found["items"]][2] == "Keo, xã Đông"
    assert found["items"][2]["target"].endswith("#xywh=0,100,290,40")
    assert client.get(ROADS[4]).content.decode() == "Bản dập bia chùa Keo\nBàn đập nước cạnh chùa\nKeo, xã Đông\n"
    manifest = client.get("/iiif/presentation/3/TN01/manifest").json()
    assert manifest["items"][0]["annotations"][0]["id"] == found["id"]
    assert "text/plain" in [one["format"] for one in manifest["rendering"]]


def test_a_thousand_pages_are_searched_by_a_few_queries(client, page, django_assert_max_num_queries):
    values = {f: getattr(page, f) for f in ("digital_object", "pyramid", "version", "width", "height", "state")}
    canvases = Canvas.objects.bulk_create(
        [Canvas(image_identifier=f"TN01.{n}", order=n, **values) for n in range(2, 1001)]
    )
    text, rows = packed(words([["tư", "liệu", "số", str(n)] for n in range(60)]))
    PageText.objects.bulk_create(
        [PageText(canvas=canvas, text=text, folded=folded(text), words=rows) for canvas in canvases]
    )
    with django_assert_max_num_queries(3) as asked:  # the object, the pages that may have it, what is said
        assert len(search(client, "chua keo")["items"]) == 3
    assert "LIKE" in asked.captured_queries[1]["sql"]  # the database leaves out the 999 pages without the first word
