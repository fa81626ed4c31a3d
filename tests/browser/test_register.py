"""The register as visitors use it: on a desk, on a phone from a QR code, in both languages, by keyboard."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from heritage.catalog.models import Kind, LunarRule, Rank, Record, Source
from heritage.places.models import Unit
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def register():
    """A temple with its festival, and enough others for a second page."""
    was = {"valid_from": dt.date(2025, 7, 1)}
    province = Unit.objects.create(code="86", level="province", name="Tỉnh Vĩnh Long", **was)
    commune = Unit.objects.create(
        code="29110", level="commune", name="Xã Ba Tri", parent=province, province=province, **was
    )
    temple = RecordFactory(
        number="XX01",
        name_vi="Đền mẫu Phú Lễ",
        name_en="Sample temple of Phu Le",
        unit=commune,
        types=["historical"],
        commune_printed="Xã An Đức",
        district_printed="Huyện Ba Tri",
        province_printed="Tỉnh Bến Tre",
        summary_vi="Ngôi đền mẫu bên sông, dùng để thử trang này.",
        summary_en="A sample temple by the river, made to try this page.",
        latitude=10.04,
        longitude=106.59,
        coord_accuracy_m=5000,
    )
    DesignationFactory(
        record=temple, rank=Rank.SPECIAL_NATIONAL, decision_number="1/QĐ-MAU", decided_on=dt.date(2016, 12, 22)
    )
    Source.objects.create(record=temple, citation="Nguồn mẫu")
    LunarRule.objects.create(record=temple, month=1, day=13, end_day=15, is_approximate=True)
    RecordFactory.create_batch(30, unit=commune, kind=Kind.ICH)
    return temple


def english(name, *args):
    with translation.override("en"):
        return reverse(name, args=args)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(page, register, assert_accessible, scheme):
    page.emulate_media(color_scheme=scheme)
    for url in (
        register.get_absolute_url(),
        english("record", register.number),
        reverse("records"),
        english("records") + "?kind=ich",
        reverse("records") + "?kind=treasure",
        reverse("festivals"),
    ):
        page.goto(url)
        assert_accessible(page)


def test_the_first_screen_of_a_phone_has_what_a_visitor_needs(phone, register, assert_accessible):
    phone.goto(register.get_absolute_url())
    assert_accessible(phone)
    for words in ("Đền mẫu Phú Lễ", "Ngôi đền mẫu bên sông, dùng để thử trang này."):
        box = phone.get_by_text(words, exact=True).first.bounding_box()
        assert box["y"] + box["height"] < 844
    assert phone.locator(".rank").first.bounding_box()["y"] < 844
    assert phone.locator(".record-actions a").first.bounding_box()["y"] < 844
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [320, 820, 1920])
def test_nothing_runs_out_of_the_window(open_context, register, width):
    window = open_context(viewport={"width": width, "height": 900}).new_page()
    for url in (register.get_absolute_url(), reverse("records"), reverse("festivals")):
        window.goto(url)
        assert window.evaluate("document.documentElement.scrollWidth") <= width, url


def test_the_list_is_narrowed_and_turned_by_keyboard(page, register):
    page.goto(reverse("records"))
    link = page.locator(".facet a").filter(has_text="1").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=**")
    assert page.locator(".record-grid .card").count() == 1
    page.goto(reverse("records"))
    page.locator(".pager__next a").press("Enter")
    page.wait_for_url("**page=2")
    assert page.locator(".record-grid .card").count() == 31 - 24


def test_a_phone_opens_the_choices_in_a_drawer(phone, register):
    phone.goto(reverse("records"))
    choices = phone.locator("#narrow")
    assert not choices.is_visible()
    phone.locator(".narrow-button").tap()
    assert choices.is_visible()
    choices.locator(".facet a").first.tap()
    phone.wait_for_url("**kind=**")


def test_the_language_switch_keeps_the_record(page, register):
    page.goto(register.get_absolute_url())
    page.locator("a[hreflang=en]").first.click()
    page.wait_for_url(f"**{english('record', register.number)}")
    assert page.locator("h1").inner_text() == "Sample temple of Phu Le"


def test_nothing_moves_while_the_page_comes(page, register):
    page.goto(register.get_absolute_url())
    shift = page.evaluate(
        """() => new Promise(done => {
             let sum = 0;
             new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
               .observe({type: 'layout-shift', buffered: true});
             setTimeout(() => done(sum), 800);
           })"""
    )
    assert shift < 0.02


def test_a_record_is_printed_with_its_facts_and_without_the_frame(page, register):
    page.goto(register.get_absolute_url())
    page.emulate_media(media="print")
    assert page.get_by_text("1/QĐ-MAU").first.is_visible()
    assert not page.locator(".record-actions").is_visible()
    assert not page.locator(".site-footer").is_visible()


def test_a_withdrawn_record_leads_on(page, register):
    from heritage.catalog import services

    services.withdraw(Record.objects.get(number="XX01"), "Ghi trùng hồ sơ khác")
    answer = page.goto(register.get_absolute_url())
    assert answer.status == 410
    assert page.get_by_text("Ghi trùng hồ sơ khác").is_visible()
    page.locator(".tombstone .button").first.click()
    page.wait_for_url("**unit=86")
