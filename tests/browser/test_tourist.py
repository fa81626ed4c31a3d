"""A tourist's day on a 390 px phone over a slow network: find a temple, see what is open, plan, share, open by QR."""

import io
import re

import pytest
import zxingcpp
from PIL import Image

from heritage.core import outbox
from heritage.maps import pyramid
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW_3G = {"offline": False, "latency": 300, "downloadThroughput": 90_000, "uploadThroughput": 40_000}


@pytest.fixture
def town():
    RecordFactory(name_vi="Chùa Mẫu", name_en="Sample pagoda", latitude=21.594, longitude=105.848)
    PlaceFactory(name_vi="Quán Luôn Mở (mẫu)", name_en="Ever Open Eatery (sample)",
                 kind="food", latitude=21.6, longitude=105.86, opening_hours="24/7",
                 zalo="0900000000")  # fmt: skip
    PlaceFactory(name_vi="Quán Luôn Đóng (mẫu)", kind="food", latitude=21.59, longitude=105.84, opening_hours="off")
    PlaceFactory(
        name_vi="Nhà Nghỉ Luôn Mở (mẫu)",
        name_en="Ever Open Guest House (sample)",
        latitude=21.58,
        longitude=105.85,
        opening_hours="24/7",
    )
    pyramid.rebuild()
    outbox.drain_all()


def add(phone, name):
    phone.locator(".map-row__name", has_text=name).click()
    popup = phone.locator(".leaflet-popup-content", has_text=name)
    popup.get_by_role("button").click()
    popup.get_by_role("button", pressed=True).wait_for()


def test_the_day_of_a_tourist(phone, open_context, town, assert_accessible):
    complaints = []
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    network = phone.context.new_cdp_session(phone)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_3G)

    phone.goto("/vi/ban-do/")
    phone.wait_for_selector("[data-marks]")
    phone.locator("#map-search-text").fill("chua mau")
    phone.keyboard.press("Enter")
    phone.locator(".mapping__found button", has_text="Chùa Mẫu").click()
    popup = phone.locator(".leaflet-popup-content", has_text="Chùa Mẫu")
    popup.get_by_role("button").click()

    phone.locator("#map-choice summary").click()
    phone.locator("[data-count-layer=food]", has_text="2").wait_for()
    phone.locator("input[name=now]").check()
    phone.locator("#map-choice summary").click()
    phone.goto(re.sub(r"at=[^&]*", "at=21.59,105.85,13", phone.url).replace("&open=", "&was="))
    phone.locator(".map-row__name", has_text="Quán Luôn Mở").wait_for()
    assert phone.locator(".map-row__name", has_text="Luôn Đóng").count() == 0
    add(phone, "Quán Luôn Mở")
    phone.locator(".leaflet-popup-content a[href='https://zalo.me/0900000000']").wait_for()
    add(phone, "Nhà Nghỉ Luôn Mở")

    phone.locator(".mapping__trip").click()
    phone.locator(".trip-stop").nth(2).wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("#trip-start").fill("2026-12-01")
    phone.locator(".trip-choices button").click()
    phone.wait_for_url(re.compile("start=2026-12-01"))
    phone.locator(".trip-stop__links a", has_text="Bỏ ra").first.wait_for()
    assert_accessible(phone)
    printed = phone.locator(".trip-share img")
    assert printed.evaluate("image => image.loading") == "lazy"
    printed.scroll_into_view_if_needed()
    printed.evaluate("image => image.decode()")
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(printed.screenshot())))
    shared = code.text
    assert shared == phone.locator(".trip-share a").first.get_attribute("href")

    friend = open_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True).new_page()
    friend.goto("/vi/" + shared.partition("/vi/")[2])
    assert friend.locator(".trip-stop").count() == 3
    friend.locator("[data-trip-save]").click()
    friend.goto("/vi/hanh-trinh/cua-toi/")
    friend.locator(".trip-stop").nth(2).wait_for()
    assert complaints == []


def test_the_position_stays_on_the_device(open_context, town):
    context = open_context(
        geolocation={"latitude": 21.59123, "longitude": 105.84567}, permissions=["geolocation"],
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto("/en/map/")
    page.wait_for_selector("[data-marks]")
    page.get_by_role("button", name="Near me").click()
    page.locator(".ring-name span", has_text="2.0 km").wait_for()
    page.wait_for_timeout(400)
    page.goto("/en/places/propose/")
    page.get_by_role("button", name="I am there now").click()
    page.locator("[data-here-said]", has_text="Filled in").wait_for()
    assert [page.locator(f"#id_{name}").input_value() for name in ("latitude", "longitude")] == [
        "21.59123",
        "105.84567",
    ]
    assert not [url for url in asked if "21.59123" in url or "105.84567" in url]


def tab_to(page, selector, text="", back=False):
    """Go on by the Tab key until what has the focus is wanted; fails where no key leads there."""
    for _press in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(
            "([selector, text]) => { const one = document.activeElement;"
            " return one.matches(selector) && one.textContent.includes(text); }",
            [selector, text],
        ):
            return
    pytest.fail(f"no key leads to {selector} {text}")


def test_the_day_by_keyboard_alone_in_english(page, town, assert_accessible):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/en/map/?at=21.59,105.85,13")
    page.wait_for_selector("[data-marks]")
    tab_to(page, "#map-search-text")
    page.keyboard.type("sample pagoda")
    page.keyboard.press("Enter")
    page.locator(".mapping__found button:focus", has_text="Sample pagoda").wait_for()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup a:focus", has_text="Sample pagoda").wait_for()
    tab_to(page, ".leaflet-popup button", "Add to my trip")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup button[aria-pressed=true]").wait_for()
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")

    tab_to(page, ".leaflet-control-zoom-out", back=True)
    page.keyboard.press("Enter")
    tab_to(page, "#map-choice summary", "Layers", back=True)
    page.keyboard.press("Enter")
    tab_to(page, "input[name=now]")
    page.keyboard.press("Space")
    page.locator("#map-status", has_text="2 ").wait_for()
    for name in ("Ever Open Eatery", "Ever Open Guest House"):
        tab_to(page, ".map-row__name", name)
        page.keyboard.press("Enter")
        popup = page.locator(".leaflet-popup", has_text=name)
        popup.locator("a:focus").wait_for()
        popup.get_by_text("Open now").wait_for()
        tab_to(page, ".leaflet-popup button", "Add to my trip")
        page.keyboard.press("Space")
        popup.locator("button[aria-pressed=true]").wait_for()
        page.keyboard.press("Escape")

    tab_to(page, ".mapping__trip", "(3)", back=True)
    page.keyboard.press("Enter")
    page.locator(".trip-stop").nth(2).wait_for()
    tab_to(page, "#trip-by")
    page.keyboard.press("ArrowUp")
    tab_to(page, ".trip-choices button", "Reckon")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("by="))
    tab_to(page, "a", "Put in the best order")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"stops=[\w,-]+(&by=\w+)?$"))  # the order is in the address, and asked for no more
    tab_to(page, ".trip-share a", "Permanent link of this trip")
    assert_accessible(page)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
