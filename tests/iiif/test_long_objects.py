"""What breaks other services at a thousand pages: every road answers, as quickly and the same each time."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heritage.iiif.image_api import derivatives
from heritage.iiif.models import Canvas, PageText
from heritage.iiif.text.reading import Word
from heritage.iiif.text.services import folded, packed

pytestmark = pytest.mark.django_db
PAGES = 1300
ROADS = [
    "/iiif/presentation/3/TN01/manifest",
    "/iiif/presentation/2/TN01/manifest",
    "/iiif/presentation/3/TN01/canvas/TN01.1300/text",
    "/iiif/presentation/3/TN01/canvas/TN01.1300/alto.xml",
    "/iiif/presentation/3/collection/all",
    "/iiif/search/2/TN01?q=tu+lieu+1299",
    "/iiif/search/1/TN01?q=tu+lieu+1299",
    "/iiif/search/2/TN01/suggest?q=tu",
    "/iiif/text/TN01.txt",
    "/vi/ban-so/TN01/",
    "/vi/ban-so/TN01/ghi-chu/",
]


@pytest.fixture
def long_object(scan):
    """1,300 pages with text; all but the first share its pyramid."""
    values = {f: getattr(scan, f) for f in ("digital_object", "pyramid", "version", "width", "height", "state")}
    canvases = [Canvas(image_identifier=f"TN01.{n}", order=n, **values) for n in range(2, PAGES + 1)]
    made = Canvas.objects.bulk_create(canvases)
    pages = []
    for number, canvas in enumerate(made, 1):
        text, rows = packed([[Word("tư", (0, 0, 9, 9)), Word("liệu", (9, 0, 9, 9)), Word(str(number), (20, 0, 9, 9))]])
        pages.append(PageText(canvas=canvas, text=text, folded=folded(text), words=rows))
    PageText.objects.bulk_create(pages)
    return scan


def test_1300_pages_are_answered_on_every_road_in_few_queries(client, long_object):
    for road in ROADS:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(road)
        assert response.status_code == 200, road
        assert len(asked) <= 25, road
    hit = client.get(ROADS[5]).json()["items"][0]
    assert hit["target"].partition("#")[0].endswith("/canvas/TN01.1300")  # on its own page, not on the first


def test_more_pages_than_one_pdf_holds_are_offered_in_parts_and_asked_for_so(client, long_object):
    manifest = client.get(ROADS[0]).json()
    parts = [one["id"].partition("pages=")[2] for one in manifest["rendering"] if one["format"] == "application/pdf"]
    assert parts == ["1-300", "301-600", "601-900", "901-1200", "1201-1300"]
    assert client.get("/iiif/pdf/TN01.pdf?pages=1-301").status_code == 400


def test_the_same_request_gives_the_same_bytes_however_often_its_derivative_is_lost(client, scan, settings):
    address = "/iiif/3/TN01.1/13,17,800,700/!400,400/0/default.jpg"
    found = set()
    for _n in range(12):
        response = client.get(address)
        assert response.status_code == 200
        found.add(response.content)
        shutil.rmtree(settings.IIIF_CACHE_DIR)
    assert len(found) == 1


def test_where_all_hands_are_busy_the_answer_is_to_come_again_and_never_an_error_of_the_server(
    client, scan, monkeypatch
):
    def busy(_key, _make):
        raise derivatives.BusyError("Too many images are being made; ask again in a few seconds.")

    monkeypatch.setattr(derivatives, "get_or_make", busy)
    response = client.get("/iiif/3/TN01.1/full/!400,400/0/default.jpg")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "5", "no-store")
    assert client.get("/iiif/3/TN01.1/0,0,512,512/512,/0/default.jpg").status_code == 200  # stored tiles go on


def test_no_tile_is_redirected_and_each_names_its_canonical_address(client, scan):
    """A redirect would double the requests of every viewer: only the base address leads on, to info.json (303)."""
    assert client.get("/iiif/3/TN01.1")["Location"] == "http://testserver/iiif/3/TN01.1/info.json"
    for spelled in ("0,0,512,512/512,", "0,0,512,512/512,512", "pct:0,0,50,50/!512,512", "full/pct:50"):
        response = client.get(f"/iiif/3/TN01.1/{spelled}/0/default.jpg")
        assert response.status_code == 200
        canonical = response["Link"].split(">")[0].removeprefix("<http://testserver")
        assert client.get(canonical).content == response.content
