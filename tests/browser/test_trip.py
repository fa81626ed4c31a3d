"""A trip taken along: printed as a booklet, and with the map kept on a device that then has no network."""

import re

import pypdfium2
import pytest
import zxingcpp
from django.core.files.images import ImageFile

from heritage.core import outbox
from heritage.core.models import ArchiveImage
from heritage.maps import pyramid
from heritage.places.archipelagos import NAMES
from tests.browser.test_map import until
from tests.factories.catalog import RecordFactory
from tests.factories.iiif import image_file
from tests.factories.maps import PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]
SHOWN = "[...document.querySelectorAll('#main img')].some((image) => image.naturalWidth > 100)"


@pytest.fixture
def stops(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with image_file(tmp_path, "gate.png", 640, 480).open("rb") as file:
        cover = ArchiveImage.objects.create(title="x", file=ImageFile(file, name="gate.png"), credit="Ảnh: Lan")
    record = RecordFactory(name_vi="Chùa Mẫu", latitude=21.594, longitude=105.848, cover=cover)
    food = PlaceFactory(
        name_vi="Quán Luôn Mở (mẫu)", kind="food", latitude=21.6, longitude=105.86, opening_hours="24/7", phone="0900"
    )
    bed = PlaceFactory(name_vi="Nhà Nghỉ Xa (mẫu)", latitude=21.7, longitude=105.9, opening_hours="Mo-Su 06:00-08:00")
    pyramid.rebuild()
    outbox.drain_all()
    return [record, food, bed]


def trip(stops, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"/vi/hanh-trinh/cua-toi/?stops={stops[0].number},{stops[1].number};{stops[2].number}&{query}"


def test_the_booklet_on_paper_says_where_when_and_how_far(page, stops):
    page.goto(trip(stops, start="2026-12-01", title="Về nguồn"))
    page.locator("[data-ready]").first.wait_for()
    page.evaluate("() => { window.asked = 0; window.print = () => { window.asked += 1; }; }")
    page.get_by_role("button", name="In thành sổ tay").click()
    until(page, "window.asked === 1")
    warned = " ".join(page.locator(".trip-stop__warning").first.inner_text().split())
    scale = page.locator(".leaflet-control-scale-line").inner_text()
    shared = page.locator(".trip-share a").first.get_attribute("href")

    document = pypdfium2.PdfDocument(page.pdf(format="A5", print_background=False))
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    text = " ".join(sheets)
    for stop in stops:
        assert stop.name_vi in text
    assert "Về nguồn" in sheets[0]
    assert len(re.findall(r"\d\d:\d\d–\d\d:\d\d", text)) == 3
    assert "Ngày 1, 1/12/2026" in text
    assert "Ngày 2, 2/12/2026" in text
    assert (
        text.index(stops[0].name_vi) < text.index(stops[1].name_vi) < text.index("Ngày 2") < text.index("Nhà Nghỉ Xa")
    )
    assert "ước tính" in text
    assert warned in text
    [drawn] = [sheet for sheet in sheets if all(name in sheet for name in NAMES)]
    assert scale in drawn
    assert re.search(r"\bB\b", drawn)  # north
    for gone in ("In thành sổ tay", "Bỏ ra", "Tính lại", "Đặt lên trang của bạn"):
        assert gone not in text
    pictures = [sheet.render(scale=3).to_pil() for sheet in document]
    assert shared in {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}


def test_map_and_trip_without_a_network_show_what_was_kept(open_context, stops, assert_accessible):
    context = open_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto("/vi/ban-do/")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    page.goto("/vi/ban-do/?at=21.6,105.85,13")
    page.locator("#map-list .map-row__name", has_text="Quán Luôn Mở").wait_for()
    page.locator(".leaflet-marker-icon.mark").first.tap()
    page.locator(".leaflet-popup-content").wait_for()
    page.goto(stops[0].get_absolute_url())
    until(page, SHOWN)
    page.goto(trip(stops, keep="1"))
    page.locator(".trip-stop").nth(2).wait_for()
    for address in ("/vi/hanh-trinh/cua-toi/", trip(stops).rstrip("&")):
        until(page, f"caches.match('{address}').then(Boolean)")
    until(page, "caches.open('heritage-marks').then((cache) => cache.keys()).then((keys) => keys.length > 0)")

    context.set_offline(True)
    page.goto("/vi/ban-do/?at=21.6,105.85,13")
    page.locator("#map-list .map-row__name", has_text="Quán Luôn Mở").wait_for()
    page.locator("#map-status", has_text="Không có mạng").wait_for()
    assert set(page.locator(".archipelago span").all_text_contents()) == NAMES
    page.locator(".map-row__name", has_text="Quán Luôn Mở").click()
    page.locator(".leaflet-popup-content", has_text="Quán Luôn Mở").wait_for()
    page.locator(".leaflet-popup-content a[href='tel:0900']").wait_for()
    page.goto(stops[0].get_absolute_url())
    until(page, SHOWN)
    page.goto("/vi/hanh-trinh/cua-toi/")  # the bare address, as links lead to it
    page.locator(".trip-stop", has_text="Nhà Nghỉ Xa").wait_for()
    page.goto("/vi/dia-diem/DD-000000/")
    assert page.locator("h1").inner_text() == "Không có mạng"
    page.locator("#kept-list a", has_text="Chuyến đi của tôi: Chùa Mẫu – Nhà Nghỉ Xa").first.wait_for()
    assert_accessible(page)
    context.set_offline(False)
    # The page asks for itself once more: only then is it left, or its reload would break the next visit off.
    page.locator("h1", has_text="Không có mạng").wait_for(state="detached")
    page.goto("/vi/ban-do/?at=21.6,105.85,13")
    page.locator("#map-status", has_text="trong khung nhìn").wait_for()
