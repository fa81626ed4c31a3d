"""Basemaps of others, drawn from real files: PMTiles by ranges, WMTS by its capabilities, a vector style by WebGL."""

import re
import shutil

import pytest

from heritage.maps.folium_elements.archipelagos import LABELS
from tests.browser import basemap_files
from tests.browser.test_map import TILE, labels_in_view, until, watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GPU = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture
def basemaps(settings, tmp_path):
    """Routes to serve the files by, once `settings` names them."""
    settings.MAP_BASEMAPS = [
        {"kind": "pmtiles", "url": "/nen/vung.pmtiles", "name": "Nền PMTiles"},
        {"kind": "wmts", "url": "/nen/mau.xml", "layer": "anh_1", "name": "Nền theo mẫu"},
        {"kind": "wmts", "url": "/nen/khoa.xml", "layer": "anh_1", "name": "Nền theo khóa"},
        {"kind": "wmts", "url": "/nen/mau.xml", "layer": "khong_co", "name": "Nền không có"},
        {"kind": "style", "url": "/nen/kieu.json", "name": "Nền vector"},
    ]
    archive = basemap_files.pmtiles(tmp_path / "vung.pmtiles")
    asked = []

    def serve(page):
        def tile(route):
            asked.append(route.request.url)
            route.fulfill(body=TILE, content_type="image/png")

        texts = {
            "mau.xml": basemap_files.capabilities(
                range(13), "/o/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}"
            ),
            "khoa.xml": basemap_files.capabilities(range(13)),
            "kieu.json": basemap_files.style(),
        }
        for name, text in texts.items():
            page.route(f"**/nen/{name}", _answering(text))
        page.route("**/nen/vung.pmtiles", basemap_files.ranged(archive))
        page.route(re.compile(r"/o/goc/|/wmts\?"), tile)
        return asked

    return serve


def _answering(text):
    return lambda route: route.fulfill(body=text)


def choose(page, name):
    page.get_by_label(name, exact=True).click()


def test_a_tile_archive_and_a_tile_service_are_drawn_as_their_files_describe(page, live_server, basemaps):
    asked = basemaps(page)
    strangers, complaints = watched(page, live_server)
    page.goto("/vi/ban-do/?at=16.2,109.5,6")
    until(page, "document.querySelector('.map--foreign .leaflet-tile-pane canvas')")
    seen = "[...document.querySelectorAll('.leaflet-tile-pane canvas')].some(one => one.width && "
    until(page, seen + "one.getContext('2d').getImageData(one.width / 4, one.height / 2, 1, 1).data[3] === 255)")
    page.locator(".map-panel__button").click()
    choose(page, "Nền theo mẫu")
    until(page, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert re.search(r"/o/goc/Luoi3857/EPSG%3A3857%3A6/\d+/\d+$", asked[0])
    asked.clear()
    choose(page, "Nền theo khóa")
    until(page, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert (
        "layer=anh_1&style=goc&format=image%2Fpng&tilematrixset=Luoi3857&tilematrix=EPSG%3A3857%3A6&tilerow="
        in asked[0]
    )
    assert complaints == []
    choose(page, "Nền không có")
    page.locator(".map-notice", has_text="Không tải được bản đồ nền").wait_for()
    assert set(labels_in_view(page)) == {label["text"] for label in LABELS}
    assert strangers == []


def test_a_vector_style_is_drawn_by_webgl_under_the_page_s_policy(browser, live_server, basemaps):
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    own = browser.browser_type.launch(executable_path=path, args=["--headless", "--no-sandbox", *GPU])
    try:
        page = own.new_page(base_url=live_server.url, viewport={"width": 900, "height": 700})
        basemaps(page)
        strangers, complaints = watched(page, live_server)
        page.goto("/vi/ban-do/?at=16.2,109.5,5&base=b5")
        until(page, "document.querySelector('canvas.maplibregl-canvas')?.width > 0", 20)
        page.wait_for_timeout(500)
        assert page.locator(".map-notice").count() == 0
        assert complaints == []
        assert strangers == []
        assert set(labels_in_view(page)) == {label["text"] for label in LABELS}
    finally:
        own.close()
