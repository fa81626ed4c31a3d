"""The map in other hands: in a frame of another site, on paper by the browser, as figures with a slider of years."""

import datetime as dt
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from heritage.core import outbox
from heritage.maps import pyramid
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.models import ThematicMap
from tests.browser.test_map import labels_in_view, ready, until, watched
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.maps import PlaceFactory
from tests.factories.places import ProvinceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = {label["text"] for label in LABELS}


@pytest.fixture
def register():
    cache.clear()  # figures are kept for five minutes
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên", name_en="Thái Nguyên province")
    for year in (1962, 1990):
        record = RecordFactory(name_vi=f"Đình {year}", unit=province, latitude=21.6, longitude=105.85)
        DesignationFactory(record=record, decided_on=dt.date(year, 4, 28), rank="national")
    PlaceFactory(name_vi="Quán (mẫu)", kind="food", latitude=21.61, longitude=105.86)
    pyramid.rebuild()
    outbox.drain_all()
    return province


@pytest.fixture
def elsewhere():
    """Another origin that answers one page; a browser lets no public name frame what runs on this machine."""
    pages = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[0].encode())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda html: pages.append(html) or f"http://localhost:{server.server_port}/"
    server.shutdown()


def test_another_site_shows_the_map_in_a_frame(page, live_server, register, elsewhere):
    ThematicMap.objects.create(slug="mot-vung", title_vi="Một vùng (mẫu)", latitude=16, longitude=110, zoom=5)
    strangers, complaints = watched(page, live_server)
    html = f'<iframe width="800" height="600" src="{live_server.url}/vi/ban-do/nhung/mot-vung/"></iframe>'
    page.goto(elsewhere(html))
    frame = page.frame_locator("iframe")
    frame.locator("[data-marks] .leaflet-marker-icon.mark").first.wait_for()
    assert set(frame.locator(".archipelago span").all_text_contents()) == NAMES
    assert {url.rpartition(":")[0] for url in strangers} == {"http://localhost"}
    assert complaints == []
    page.goto("/vi/ban-do/chuyen-de/mot-vung/")
    ready(page)
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages)
    squeezed = "".join(text.split())
    assert all("".join(name.split()) in squeezed for name in NAMES)


def test_figures_follow_the_slider_on_map_table_and_address(phone, live_server, register, assert_accessible):
    strangers, complaints = watched(phone, live_server)
    phone.goto("/en/map/figures/")
    until(phone, "document.querySelector('[data-map]').dataset.areas === '1'")
    row = f"[data-area='{register.pk}'] [data-count]"
    assert phone.locator(row).text_content() == "2"
    assert phone.locator(".area-number span").text_content() == "2"
    phone.locator("#figures-year").fill("1970")
    assert phone.locator(row).text_content() == "1"
    assert phone.locator(".area-number span").text_content() == "1"
    assert "year=1970" in phone.url
    assert "year=1970" in phone.locator("a[data-follows-year]").first.get_attribute("href")
    assert phone.locator(".area--1").count() >= 2  # the area and its line of the legend
    assert set(phone.locator(".archipelago span").all_text_contents()) == NAMES
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 700})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(phone)
    phone.keyboard.press("Tab")
    phone.locator("#figures-year").focus()
    phone.keyboard.press("End")
    assert phone.locator(row).text_content() == "2"
    assert complaints == []
    assert strangers == []


@pytest.mark.parametrize("zoom", [4, 8, 12])
def test_both_archipelagos_stand_above_figures_and_density(page, register, zoom):
    for label in LABELS:
        latitude, longitude = label["at"]
        page.goto(f"/vi/ban-do/?at={latitude},{longitude},{zoom}&heat=1")
        page.wait_for_selector("[data-marks]")
        assert label["text"] in labels_in_view(page)
