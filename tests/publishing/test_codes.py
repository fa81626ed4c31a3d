"""Short codes and their QR codes lead to the thing, however the code is typed."""

import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from heritage.core.models import Identifier
from heritage.publishing import qr


@pytest.fixture
def known(record):
    Identifier.objects.filter(number="TN01").update(code="1A0B2C")
    return record


@pytest.mark.parametrize("typed", ["1A0B2C", "1a0b2c", "IAOB2C", "lao-b2c", "1A0 B2C"])
def test_look_alikes_lead_to_the_same_page(client, known, typed):
    answer = client.get(f"/q/{typed}")
    assert (answer.status_code, answer["Location"]) == (303, "/vi/di-san/TN01/")


def test_the_visitors_language(client, known):
    assert client.get("/q/1A0B2C", HTTP_ACCEPT_LANGUAGE="en")["Location"] == "/en/heritage/TN01/"


@pytest.mark.parametrize("typed", ["ZZZZZZ", "1A0B2U", "1", "x" * 300, "<script>", "%F0%9F%8F%AF"])
def test_an_unknown_code_gets_a_helpful_page(client, known, typed):
    answer = client.get(f"/q/{typed}")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'name="code"' in page
    assert "<script>" not in page.split("<main")[1].split("</main")[0]


def test_the_form_leads_to_the_code(client, known):
    assert client.get("/q/", {"code": " iao-b2c "})["Location"] == "/q/1A0B2C"
    assert client.get("/q/").status_code == 200
    assert client.get("/q/", {"code": "?"}).status_code == 404


def test_withdrawn_and_merged_say_so(client, withdrawn, merged, code):
    assert client.get(f"/q/{code(withdrawn)}").status_code == 410
    page = client.get(f"/q/{code(merged)}")
    assert page.status_code == 410
    assert "/vi/di-san/TN01/" in page.content.decode()


def test_svg_is_titled_and_scales(client, known):
    answer = client.get("/qr/TN01.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == "QR TN01: Chùa Mẫu"
    assert root.find(f"{space}desc").text == "http://testserver/q/1A0B2C"
    assert root.get("viewBox")
    assert root.get("width") is None


@pytest.mark.parametrize(("size", "least"), [("64", 33), ("600", 520), ("2048", 1990)])
def test_png_fits_the_size_with_whole_pixels_per_module(client, known, size, least):
    answer = client.get("/qr/TN01.png", {"size": size})
    image = Image.open(io.BytesIO(answer.content), formats=["PNG"])
    modules = qr.make("1A0B2C").symbol_size(border=qr.QUIET_ZONE)[0]
    assert image.width == image.height
    assert image.width % modules == 0
    assert least <= image.width <= max(int(size), modules)


@pytest.mark.parametrize("size", ["-1", "0", "63", "2049", "9" * 400, "abc", ""])
def test_a_size_out_of_bounds_is_named(client, known, size):
    answer = client.get("/qr/TN01.png", {"size": size})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "size"


def test_a_quarter_may_be_damaged(known):
    assert qr.make("1A0B2C").error == "Q"


def test_unchanged_is_not_sent_again(client, known):
    tag = client.get("/qr/TN01.svg")["ETag"]
    assert client.get("/qr/TN01.svg", HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_unpublishing_stops_even_a_cached_code(client, known):
    from heritage.catalog import services

    tag = client.get("/qr/TN01.svg")["ETag"]
    services.withdraw(known, "Nhập trùng")
    assert client.get("/qr/TN01.svg", HTTP_IF_NONE_MATCH=tag).status_code == 410
    services.restore(known)
    services.unpublish(known)
    assert client.get("/qr/TN01.svg", HTTP_IF_NONE_MATCH=tag).status_code == 404
