"""Heritage in figures in Chromium: the slider from 1962 on moves map, table, address and prints; loaded outlines."""

import datetime as dt

import pytest
from django.core.cache import cache

from heritage.catalog.models import ConditionGrade, Record
from heritage.places.models import UnitBoundary
from tests.browser.test_map import labels_in_view, until, watched
from tests.browser.test_moderation import log_in
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory
from tests.factories.surveys import SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[105.2, 21.4], [106.2, 21.4], [106.2, 22.2], [105.2, 22.2], [105.2, 21.4]]],
}


@pytest.fixture
def ranked():
    """A site of 1962 in a commune with an outline and one of 1990 in a commune without."""
    cache.clear()
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên")
    outlined, bare = [UnitFactory(province=province, parent=province) for _commune in range(2)]
    UnitBoundary.objects.create(unit=outlined, geometry=SQUARE, source="Sở <b>mẫu", licence="CC BY 4.0")
    for unit, day in ((outlined, dt.date(1962, 4, 28)), (bare, dt.date(1990, 1, 5))):
        record = RecordFactory(unit=unit, latitude=21.8, longitude=105.5)
        DesignationFactory(record=record, decided_on=day, rank="national")


def test_the_slider_moves_map_table_and_address_by_keyboard(page, live_server, ranked, assert_accessible):
    strangers, complaints = watched(page, live_server)
    page.goto("/en/map/figures/?division=commune&year=2000")
    page.wait_for_selector("[data-areas='2']")
    assert page.locator("path.area").count() == 2
    assert "Sở <b>mẫu · CC BY 4.0" in page.locator(".with-aside").text_content()
    assert page.locator("[data-total]").text_content() == "2"
    page.locator("#figures-year").focus()
    page.keyboard.press("Home")
    until(page, "location.search.includes('year=1962')")
    assert page.locator("[data-total]").text_content() == "1"
    assert page.locator("[data-area]:visible").count() == 1
    assert sorted(page.locator(".area-number").all_text_contents()) == ["", "1"]
    assert all("year=1962" in link.get_attribute("href") for link in page.locator("[data-follows-year]").all())
    page.keyboard.press("PageUp")
    page.keyboard.press("End")
    until(page, "document.querySelector('[data-total]').textContent === '2'")
    assert len(labels_in_view(page)) == 2
    assert_accessible(page)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert strangers == []
    assert complaints == []


def test_a_layer_of_the_staff_that_knows_no_years_is_shaded_too(page, live_server, ranked):
    SurveyFactory(record=Record.objects.order_by("pk").first(), grade=ConditionGrade.CRITICAL)
    UserFactory(username="quan-tri", is_superuser=True, is_staff=True)
    log_in(page, "quan-tri")
    _strangers, complaints = watched(page, live_server)
    for measure, numbers in (("condition", ["1"]), ("visits", [])):
        page.goto(f"/en/map/figures/?measure={measure}&division=commune")
        page.wait_for_selector(f"[data-areas='{len(numbers)}']")
        assert page.locator(".area-number").all_text_contents() == numbers
        assert page.locator(".map-notice").count() == 0
    assert complaints == []
