"""Permanent addresses answer machines with data, people with the page, and never forget what they stood for."""

import pytest
from django.utils import translation

from heritage.catalog import services
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.mark.parametrize(
    ("accept_language", "page"),
    [("vi", "/vi/di-san/TN01/"), ("en-GB,en;q=0.8", "/en/heritage/TN01/"), ("fr", "/vi/di-san/TN01/")],
)
def test_people_are_led_to_the_page_in_their_language(client, record, accept_language, page):
    with translation.override(None):
        answer = client.get("/id/TN01", HTTP_ACCEPT="text/html,*/*;q=0.8", HTTP_ACCEPT_LANGUAGE=accept_language)
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert {"Accept", "Accept-Language"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_the_language_chosen_before_wins(client, record, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/id/TN01", HTTP_ACCEPT_LANGUAGE="vi")["Location"] == "/en/heritage/TN01/"


@pytest.mark.parametrize(
    ("address", "headers"), [("/id/TN01", JSON), ("/id/TN01.json", {}), ("/id/tn01.json", {"HTTP_ACCEPT": "text/html"})]
)
def test_machines_get_json(client, record, address, headers):
    answer = client.get(address, **headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")
    body = answer.json()
    assert body == client.get("/api/v1/records/TN01").json()
    assert (body["number"], body["title"], body["rank"]) == (
        "TN01",
        {"vi": "Chùa Mẫu", "en": "Sample Pagoda"},
        "national",
    )


def test_json_ld_by_accept(client, record):
    answer = client.get("/id/TN01", HTTP_ACCEPT="application/ld+json")
    assert answer["Content-Type"].startswith("application/ld+json")
    assert answer.json()["@id"] == "http://testserver/id/TN01"
    assert answer.json()["geo"]["latitude"] == 21.81


def test_a_work_has_an_identifier_too(client, work):
    assert client.get("/id/TL-000001")["Location"] == "/vi/thu-vien/TL-000001/"
    assert len(client.get("/id/TL-000001.json").json()["editions"]) == 1


def test_withdrawn_says_why(client, withdrawn):
    answer = client.get("/id/TN03", **JSON)
    assert answer.status_code == 410
    body = answer.json()
    assert (body["state"], body["reason"]) == ("withdrawn", {"vi": "Nhập trùng", "en": "Entered twice"})
    assert body["successor"] is None
    page = client.get("/id/TN03")
    assert page.status_code == 410
    assert "Nhập trùng" in page.content.decode()
    assert "Entered twice" in client.get("/id/TN03", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_merged_says_where_to_go(client, merged):
    body = client.get("/id/TN04.json").json()
    assert (body["state"], body["successor"], body["successor_number"]) == (
        "merged",
        "http://testserver/id/TN01",
        "TN01",
    )
    page = client.get("/id/TN04")
    assert page.status_code == 410
    assert "/vi/di-san/TN01/" in page.content.decode()


def test_a_successor_that_is_hidden_is_not_named(client, merged, record):
    services.unpublish(record)
    answer = client.get("/id/TN04.json")
    assert (answer.status_code, answer.json()["successor"]) == (410, None)
    assert "Chùa Mẫu" not in client.get("/id/TN04").content.decode()


def test_merges_that_go_round_end(client, merged, record):
    of_record = Identifier.objects.get(number="TN01")
    of_merged = Identifier.objects.get(number="TN04")
    Identifier.objects.filter(pk=of_record.pk).update(state=State.MERGED, successor=of_merged)
    assert client.get("/id/TN04.json").json()["successor"] is None


def test_restored_answers_again(client, withdrawn):
    services.restore(withdrawn)
    assert client.get("/id/TN03.json").status_code in (200, 404)


@pytest.mark.parametrize("number", ["XX99", "TN02", "TN01.xml", "a" * 41, "TN01 ", "../etc/passwd", "TN01%00"])
def test_never_issued_or_not_public_is_not_found(client, record, draft, number):
    assert client.get(f"/id/{number}").status_code == 404
    assert client.get(f"/id/{number}", **JSON).status_code == 404


def test_a_draft_is_as_unknown_as_a_number_never_given(client, draft):
    assert client.get("/id/TN02.json").content == client.get("/id/XX99.json").content


def test_only_reading(client, record):
    for address in ("/id/TN01", "/q/ABCDEF", "/qr/TN01.svg"):
        assert client.post(address).status_code == 405
    assert client.head("/id/TN01").status_code == 303


def test_a_hidden_record_is_hidden_on_every_road(client, draft, code):
    for address in ("/id/TN02", "/id/TN02.json", f"/q/{code(draft)}", "/qr/TN02.svg", "/qr/TN02.png"):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Bản nháp" not in answer.content.decode()
    assert "TN02" not in client.get("/api/v1/records").content.decode()
