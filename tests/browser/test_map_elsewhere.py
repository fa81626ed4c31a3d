"""The map in other hands: in a frame of another site, and on paper."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pypdfium2
import pytest

from heritage.core import outbox
from heritage.maps import pyramid
from heritage.maps.models import Itinerary, ItineraryStop, ThematicMap
from heritage.places.archipelagos import NAMES
from tests.browser.test_map import watched
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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


def test_another_site_shows_every_kind_of_map_in_the_frames_that_oembed_gives(page, live_server, elsewhere, settings):
    settings.BASE_URL = live_server.url
    record = RecordFactory(name_vi="Chùa Mẫu", latitude=21.594, longitude=105.848)
    place = PlaceFactory(name_vi="Quán (mẫu)", kind="food", latitude=21.61, longitude=105.86)
    pyramid.rebuild()
    outbox.drain_all()
    thematic = ThematicMap.objects.create(
        slug="mot-vung", title_vi="Một vùng (mẫu)", latitude=16, longitude=110, zoom=5
    )
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="Một ngày (mẫu)")
    for one in ({"record": record}, {"place": place}):
        ItineraryStop.objects.create(itinerary=itinerary, **one)
    framed = {
        "/vi/ban-do/?at=21.6,105.85,14": ".mark",
        "/en/map/?layers=food": ".mark",
        thematic.get_absolute_url(): ".mark",
        itinerary.get_absolute_url(): ".route-mark",
        record.get_absolute_url(): ".mark--own",
        place.get_absolute_url(): ".mark--own",
    }
    told = [page.request.get("/oembed", params={"url": live_server.url + url}).json() for url in framed]
    assert all(one["type"] == "rich" and one["title"] for one in told)
    strangers, complaints = watched(page, live_server)
    page.goto(elsewhere("".join(one["html"] for one in told)))
    for number, mark in enumerate(framed.values()):
        page.locator("iframe").nth(number).scroll_into_view_if_needed()
        frame = page.frame_locator(f"iframe >> nth={number}")
        frame.locator(mark).first.wait_for()
        assert set(frame.locator(".archipelago span").all_text_contents()) == NAMES
    assert {url.rpartition(":")[0] for url in strangers} == {"http://localhost"}
    assert complaints == []


@pytest.mark.parametrize("address", ["/vi/ban-do/", "/vi/ban-do/?at=21.6,105.86,12", "/vi/ban-do/chuyen-de/mot-vung/"])
def test_a_page_printed_by_the_browser_names_both_archipelagos(page, address):
    PlaceFactory(name_vi="Quán (mẫu)", kind="food", latitude=21.61, longitude=105.86)
    pyramid.rebuild()
    ThematicMap.objects.create(slug="mot-vung", title_vi="Một vùng (mẫu)", latitude=21.6, longitude=105.8, zoom=11)
    page.goto(address)
    page.locator("[data-ready]").first.wait_for()
    document = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document)
    assert all(name in text for name in NAMES)


def test_paper_and_code_of_a_thematic_map_follow_where_it_was_moved(page):
    ThematicMap.objects.create(slug="mot-vung", title_vi="Một vùng (mẫu)", latitude=21.6, longitude=105.8, zoom=11)
    page.goto("/vi/ban-do/chuyen-de/mot-vung/")
    page.locator("[data-ready]").first.wait_for()
    assert "at=" not in page.url
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url("**/mot-vung/?at=21.6*,12")
    moved = page.url.partition("at=")[2]
    followers = page.locator("[data-follows-view]").all()
    assert len(followers) == 5
    assert all(f"at={moved}" in (one.get_attribute("href") or one.get_attribute("src")) for one in followers)
