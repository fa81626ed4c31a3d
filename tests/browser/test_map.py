"""The map as a visitor meets it in Chromium: marks, names, popups, list, keyboard, phone, and no other host."""

import re
import time

import pytest
from django.core.files.images import ImageFile

from heritage.core import outbox
from heritage.core.models import ArchiveImage
from heritage.iiif import services, structure
from heritage.iiif.georeference import Point
from heritage.maps import grid, layers, marks, pyramid
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.models import Mark
from tests.factories.catalog import RecordFactory
from tests.factories.iiif import DigitalObjectFactory, image_file
from tests.factories.maps import PlaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NASTY = "Quán </script><img src=x onerror=window.hurt=1> {{ 7*7 }} `x` (mẫu)"


@pytest.fixture
def sites():
    """A temple with a bed, a meal with a hostile name on one spot with a shop, and a far one."""
    record = RecordFactory(name_vi="Chùa Mẫu", name_en="Sample pagoda", latitude=21.594, longitude=105.848)
    places = [
        PlaceFactory(name_vi="Nhà nghỉ Gần (mẫu)", latitude=21.6, longitude=105.86, phone="0000 000 000"),
        PlaceFactory(name_vi=NASTY, name_en="", kind="food", latitude=21.58, longitude=105.84),
        PlaceFactory(name_vi="Cửa hàng Cùng Chỗ (mẫu)", kind="shopping", latitude=21.58, longitude=105.84),
        PlaceFactory(name_vi="Nhà nghỉ Xa (mẫu)", latitude=16.46, longitude=107.58),
    ]
    pyramid.rebuild()
    outbox.drain_all()
    return record, places


def until(page, expression, seconds=10):
    """Wait for an expression; Playwright's own way would evaluate text in the page, which its policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def ready(page):
    page.wait_for_selector("[data-marks]")
    until(page, "document.querySelector('[data-map]').leafletMap.provinces")


def watched(page, live_server):
    """Requests that left for another host, and what the page's policy or code complained of."""
    strangers, complaints = [], []
    page.on(
        "request",
        lambda request: (
            strangers.append(request.url) if not request.url.startswith((live_server.url, "data:", "blob:")) else None
        ),
    )
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return strangers, complaints


def labels_in_view(page):
    """Texts of the archipelago labels whose middle lies in the map and that nothing covers."""
    return page.evaluate(
        """() => {
          const map = document.querySelector('[data-map]').getBoundingClientRect();
          return [...document.querySelectorAll('.archipelago span')].filter((label) => {
            const box = label.getBoundingClientRect();
            const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
            return box.width > 20 && x > map.left && x < map.right && y > map.top && y < map.bottom;
          }).map((label) => label.textContent);
        }"""
    )


def test_the_map_draws_marks_and_asks_no_other_host(page, live_server, sites):
    strangers, complaints = watched(page, live_server)
    page.goto("/vi/ban-do/")
    ready(page)
    assert page.locator(".leaflet-marker-icon.mark").count() >= 2
    assert "5" in page.locator("#map-status").text_content()
    assert "Natural Earth" in page.locator(".leaflet-control-attribution").text_content()
    assert strangers == []
    assert complaints == []


@pytest.mark.parametrize("zoom", range(4, 13))
def test_both_archipelagos_are_named_at_every_zoom(page, sites, zoom):
    for label in LABELS:
        latitude, longitude = label["at"]
        page.goto(f"/en/map/?at={latitude},{longitude},{zoom}&layers=service")
        page.wait_for_selector("[data-marks]")
        assert label["text"] in labels_in_view(page)


def test_both_archipelagos_are_in_the_first_view(page, phone, sites):
    for window in (page, phone):
        window.goto("/vi/ban-do/")
        ready(window)
        assert sorted(labels_in_view(window)) == sorted(label["text"] for label in LABELS)


def test_they_are_named_with_all_layers_off_and_above_a_popup(page, sites):
    page.goto("/vi/ban-do/?at=16.5,112.1,6&layers=none")
    ready(page)
    pane = "getComputedStyle(document.querySelector('.leaflet-{}-pane')).zIndex"
    assert len(labels_in_view(page)) == 2
    assert int(page.evaluate(pane.format("archipelagos"))) > int(page.evaluate(pane.format("popup")))


def test_a_popup_has_both_names_the_picture_with_its_credit_and_the_next_steps(page, sites, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    record, _places = sites
    with image_file(tmp_path, "gate.png", 300, 200).open("rb") as file:
        record.cover = ArchiveImage.objects.create(title="x", file=ImageFile(file, name="gate.png"), credit="Ảnh: Lan")
    record.save()
    pyramid.rebuild()
    page.goto(f"/vi/ban-do/?open={record.number}")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "Chùa Mẫu" in popup.text_content()
    assert "Sample pagoda" in popup.text_content()
    links = popup.locator("a").evaluate_all("links => links.map((link) => link.href)")
    until(page, "document.querySelector('.card-popup img').naturalWidth > 0")
    popup.locator(".card-popup__credit", has_text="Ảnh: Lan").wait_for()
    assert links[0].endswith(f"/vi/di-san/{record.number}/")
    assert {link.split("/")[2] for link in links[1:]} == {"www.google.com", "maps.apple.com", "www.openstreetmap.org"}


def test_a_hostile_name_is_text_in_list_popup_and_cluster(page, live_server, sites):
    _strangers, complaints = watched(page, live_server)
    page.goto("/vi/ban-do/?at=21.58,105.84,18")
    ready(page)
    page.locator(".map-row--cluster .map-row__name").click()
    page.locator(".card-popup__choose", has_text="onerror").click()
    until(page, "document.querySelector('.card-popup__name')?.textContent.includes('{{ 7*7 }}')")
    assert page.evaluate("window.hurt") is None
    assert page.locator(".leaflet-popup-content img").count() == 0
    assert complaints == []


def test_layers_narrow_and_the_address_keeps_them(page, sites):
    page.goto("/vi/ban-do/?at=21.59,105.85,13")
    ready(page)
    page.locator("#map-choice summary").click()
    for box in page.locator("input[name=layers]").all():
        if box.get_attribute("value") != "lodging":
            box.uncheck()
    until(page, "document.querySelector('[data-map]').dataset.marks === '1'")
    assert "layers=lodging" in page.url
    page.reload()
    ready(page)
    assert page.locator("[data-map]").get_attribute("data-marks") == "1"
    assert page.locator("input[name=layers]:checked").count() == 1


def test_the_back_button_closes_what_was_opened(page, sites):
    page.goto("/vi/ban-do/?at=21.6,105.86,16")
    ready(page)
    page.locator(".map-row__name", has_text="Nhà nghỉ Gần").click()
    page.locator(".leaflet-popup-content").wait_for()
    assert "open=DD-" in page.url
    page.go_back()
    until(page, "!document.querySelector('.leaflet-popup')")
    assert "open=" not in page.url


def test_by_keyboard_alone(page, sites):
    page.goto("/vi/ban-do/?at=21.6,105.86,16")
    ready(page)
    mark = page.locator(".leaflet-marker-icon.mark").first
    assert "Nhà nghỉ Gần" in mark.get_attribute("aria-label")
    mark.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup-content").wait_for()
    assert page.evaluate("document.activeElement.closest('.leaflet-popup') !== null")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('.leaflet-popup')")


def test_an_edit_shows_on_the_map(page, sites):
    _record, places = sites
    page.goto("/vi/ban-do/?at=21.6,105.86,16")
    ready(page)
    places[0].name_vi = "Nhà nghỉ Đổi Tên (mẫu)"
    places[0].save()
    outbox.drain_all()
    page.reload()
    page.locator(".map-row__name", has_text="Nhà nghỉ Đổi Tên").wait_for()


def test_a_phone_has_map_and_list_without_sideways_scrolling(phone, sites):
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 844})
        for url in ("/vi/ban-do/?at=21.59,105.85,13", "/en/places/", sites[1][0].get_absolute_url()):
            phone.goto(url)
            assert phone.evaluate("document.documentElement.scrollWidth") <= width, url
    phone.goto("/vi/ban-do/?at=21.59,105.85,13")
    ready(phone)
    assert phone.locator(".map-row").count() >= 3


def test_the_map_and_its_pages_are_accessible(page, sites, assert_accessible):
    page.goto("/vi/ban-do/?at=21.59,105.85,13")
    ready(page)
    assert_accessible(page)
    page.locator(".map-row__name", has_text="Nhà nghỉ Gần").click()
    page.locator(".leaflet-popup-content").wait_for()
    assert_accessible(page)
    page.goto("/vi/dia-diem/")
    assert_accessible(page)
    page.goto(sites[1][0].get_absolute_url())
    ready(page)
    assert_accessible(page)


def test_a_record_s_page_has_its_small_map_and_the_way_back(page, live_server, sites):
    strangers, complaints = watched(page, live_server)
    record, places = sites
    page.goto(record.get_absolute_url())
    ready(page)
    assert page.locator(".map--small .mark--own").count() == 1
    page.locator("#around-here a", has_text="Nhà nghỉ Gần").click()
    page.wait_for_url(re.compile(places[0].number))
    page.locator("#heritage-around a", has_text="Chùa Mẫu").click()
    page.wait_for_url(re.compile(record.number))
    assert strangers == []
    assert complaints == []


def test_many_marks_stand_where_they_belong_after_each_zoom(page):
    zoom, slugs = 14, list(layers.BY_SLUG)
    row, column = grid.row_of(21.2, zoom), grid.column_of(105.8, zoom)
    made = []
    for number in range(14 * 24):
        south, west, north, east = grid.bounds(zoom, row - 7 + number // 24, column - 12 + number % 24)
        symbol = layers.symbol_of(slugs[number % len(slugs)])
        mark = Mark(model="x", object_id=number, number=f"DD-{number:06d}", symbol=symbol, name_vi=f"Mẫu {number}")
        made.append(marks.at(mark, (south + north) / 2, (west + east) / 2))
    Mark.objects.bulk_create(made)
    page.set_viewport_size({"width": 2300, "height": 1300})
    page.goto("/vi/ban-do/?at=21.2,105.8,14")
    ready(page)
    assert page.locator(".leaflet-marker-icon.mark").count() > 200
    places = """() => {
      const map = document.querySelector('[data-map]').leafletMap;
      const box = map.getPane('mapPane').getBoundingClientRect();
      const wrong = [];
      map.eachLayer((layer) => {
        if (!layer._icon?.classList.contains('mark')) return;
        const wanted = map.latLngToLayerPoint(layer.getLatLng());
        const at = layer._icon.getBoundingClientRect();
        const off = Math.hypot(at.x + at.width / 2 - box.x - wanted.x, at.y + at.height / 2 - box.y - wanted.y);
        if (off > 1.5) wrong.push(off);
      });
      return wrong.length === 0 && getComputedStyle(map.getPane('markerPane')).opacity === '1';
    }"""
    for step in (1, -1, -1):
        page.evaluate(f"document.querySelector('[data-map]').leafletMap.setZoom({zoom} + {step})")
        zoom += step
        page.wait_for_timeout(350)
        until(page, f"({places})()")
    page.evaluate("document.querySelector('[data-map]').leafletMap.setView([21.5, 106.2], 14)")
    until(page, f"({places})()")


def test_without_marks_the_map_says_so_and_goes_on(page, sites):
    page.route(re.compile("diem.json"), lambda route: route.abort())
    page.goto("/vi/ban-do/")
    until(page, "document.getElementById('map-status').textContent.length > 10")
    assert len(labels_in_view(page)) == 2
    assert Mark.objects.count() == 5


TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180a5a7e2e10000000049454e44ae426082"
)


@pytest.fixture
def sheet(tmp_path, settings):
    """A georeferenced scan around the temple, and two basemaps to choose from."""
    settings.MAP_BASEMAPS = [
        {"kind": "xyz", "url": "/tiles/{z}/{x}/{y}.png", "name": "Ảnh vệ tinh", "attribution": "<b>Nguồn</b>"},
        {"kind": "wmts", "url": "/away/{TileMatrix}/{TileRow}/{TileCol}", "name": "Nền ở xa"},
    ]
    for name in ("ORIGINALS", "PYRAMIDS", "UPLOADS", "CACHE"):
        setattr(settings, f"IIIF_{name}_DIR", tmp_path / name.lower())
    holder = DigitalObjectFactory(label_vi="Bản đồ xưa mẫu", label_en="Old sample map")
    canvas = services.ingest(image_file(tmp_path, "ban-do.png"), holder).canvases[0]
    corners = [(0, 0, 105.8, 21.64), (1300, 0, 105.9, 21.64), (1300, 900, 105.9, 21.56), (0, 900, 105.8, 21.56)]
    structure.set_control_points(holder, [Point(1, *corner) for corner in corners], [canvas])
    return canvas


def test_what_lies_under_the_marks_is_chosen_kept_and_survives_what_is_away(page, live_server, sites, sheet):
    strangers, complaints = watched(page, live_server)
    page.route(re.compile("/tiles/"), lambda route: route.fulfill(body=TILE, content_type="image/png"))
    page.goto("/vi/ban-do/?at=21.6,105.85,12")
    ready(page)
    until(page, "document.querySelectorAll('.leaflet-tile-loaded').length > 3")
    assert "<b>Nguồn</b>" in page.locator(".leaflet-control-attribution").text_content()
    page.locator(".map-panel__button").press("Enter")
    page.get_by_label("Bản đồ xưa mẫu", exact=True).check()
    until(page, "document.querySelector('canvas.historical')?.dataset.drawn > 0")
    middle = "one.getContext('2d').getImageData(one.width / 2, one.height / 2, 1, 1).data[3]"
    until(page, f"(one => {middle} === 255)(document.querySelector('canvas.historical'))")
    page.get_by_label(re.compile("Độ đậm của")).fill("30")
    page.get_by_label("Mật độ: càng đậm càng nhiều").check()
    until(page, "document.querySelector('canvas.heat').dataset.cells > 0")
    until(page, f"location.search.includes('old={sheet.image_identifier}:30') && location.search.includes('heat=1')")
    page.reload()
    until(page, "document.querySelector('canvas.historical')?.style.opacity === '0.3'")
    assert complaints == []
    page.locator(".map-panel__button").click()
    page.get_by_label("Nền ở xa").check()
    page.locator(".map-notice", has_text="Không tải được bản đồ nền").wait_for()
    assert page.locator(".leaflet-marker-icon.mark").count() >= 2
    assert page.locator(".map-panel input[type=radio][value=own]").is_checked()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "map-panel__button"
    assert strangers == []


@pytest.mark.parametrize("zoom", [4, 8, 12])
def test_both_archipelagos_are_named_on_other_basemaps_too(page, sites, sheet, zoom):
    page.route(re.compile("/tiles/"), lambda route: route.fulfill(body=TILE, content_type="image/png"))
    for label in LABELS:
        latitude, longitude = label["at"]
        page.goto(f"/en/map/?at={latitude},{longitude},{zoom}&layers=service")
        page.wait_for_selector(".map--foreign[data-marks]")
        assert label["text"] in labels_in_view(page)
