"""Searching as visitors do: by keyboard, on a phone, without a script, in both languages."""

import pytest
from django.core.cache import caches
from django.core.files.images import ImageFile
from PIL import Image

from heritage.core.models import ArchiveImage
from heritage.search import indexing
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def filled(tmp_path, settings):
    caches["default"].clear()
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.SEARCH_URL = ""
    for number, name in (("TB01", "Chùa Keo"), ("TN10", "Chùa Hang"), ("BT05", "Đình Phú Lễ")):
        DesignationFactory(record=RecordFactory(number=number, name_vi=name, name_en=""))
    indexing.rebuild()


def test_a_name_is_chosen_by_keyboard_from_the_suggestions(page):
    page.goto("/vi/tim-kiem/")
    box = page.get_by_role("combobox").last
    box.fill("chua k")
    option = page.get_by_role("option", name="Chùa Keo")
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    assert page.locator(f"#{box.get_attribute('aria-activedescendant')}").get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=chua+k")


def test_a_suggestion_shows_its_picture_and_is_taken_by_keyboard(page, assert_accessible, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    drawing = tmp_path / "gate.png"
    Image.new("RGB", (640, 480), "brown").save(drawing)
    with drawing.open("rb") as file:
        cover = ArchiveImage.objects.create(title="Cổng đình", file=ImageFile(file, name="gate.png"))
    RecordFactory(number="BT06", name_vi="Đình Cổng Gạch", name_en="", cover=cover)
    indexing.rebuild()
    page.goto("/vi/tim-kiem/")
    box = page.get_by_role("combobox").last
    box.fill("dinh")
    option = page.get_by_role("option", name="Đình Cổng Gạch")
    picture = option.locator("img")
    picture.wait_for()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight, image.alt]") == [160, 120, ""]
    plain = page.get_by_role("option", name="Đình Phú Lễ")
    assert plain.locator("img").count() == 0
    assert page.get_by_role("listbox").get_attribute("id") == box.get_attribute("aria-controls")
    assert_accessible(page)
    for _option in range(page.get_by_role("option").count()):
        box.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    box.press("Enter")
    page.wait_for_url("**/di-san/BT06/")


def test_on_the_map_results_have_marks_and_a_point_or_a_drawn_rectangle_narrows_them(page, assert_accessible):
    for number, name, latitude in (("TN11", "Chùa Gần", 21.6), ("TN12", "Chùa Xa", 22.4)):
        RecordFactory(number=number, name_vi=name, name_en="", latitude=latitude, longitude=105.8)
    indexing.rebuild()
    page.goto("/vi/tim-kiem/?q=chua&view=map")
    marks = page.locator("path.hit-mark")
    marks.nth(1).wait_for()
    assert marks.count() == 2
    assert_accessible(page)
    page.get_by_role("button", name="Gần tâm bản đồ").click()
    page.wait_for_url("**near=2*")
    assert "5 km" in page.locator(".search-bounds a").first.inner_text()
    page.goto("/vi/tim-kiem/?q=chua&view=map")
    marks.nth(1).wait_for()
    page.get_by_role("button", name="Vẽ khung").click()
    southern = max((marks.nth(place).bounding_box() for place in range(2)), key=lambda box: box["y"])
    page.mouse.move(southern["x"] - 20, southern["y"] - 20)
    page.mouse.down()
    page.mouse.move(southern["x"] + 40, southern["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_url("**box=*")
    assert page.locator(".hit__title").all_inner_texts() == ["Chùa Gần"]


def test_what_was_searched_is_offered_again_on_this_device(page):
    page.goto("/vi/tim-kiem/")
    page.get_by_role("combobox").last.fill("dinh phu le")
    page.get_by_role("combobox").last.press("Enter")
    page.wait_for_url("**q=dinh+phu+le")
    box = page.get_by_role("combobox").last
    box.fill("")
    page.get_by_role("option", name="dinh phu le").wait_for()


@pytest.mark.parametrize("path", ["/vi/tim-kiem/?q=chua", "/en/search/?q=chua&rank=national", "/vi/tim-kiem/?q=zzzz"])
def test_the_page_is_accessible(page, assert_accessible, path):
    page.goto(path)
    assert_accessible(page)


def test_on_a_phone_filters_open_in_a_drawer_and_nothing_overflows(phone, assert_accessible):
    phone.goto("/vi/tim-kiem/?q=chua")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    drawer = phone.locator("#filters")
    assert not drawer.is_visible()
    phone.locator(".search-filters__open").click()
    drawer.wait_for()
    assert_accessible(phone)
    phone.locator("#filters .facet a").first.click()
    phone.wait_for_url("**rank=national**")


def test_without_scripts_the_box_is_a_plain_form(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/vi/tim-kiem/")
    page.locator("#page-q").fill("chua hang")
    page.locator("#page-q").press("Enter")
    page.wait_for_url("**q=chua+hang")
    assert page.locator(".hit__title").first.inner_text() == "Chùa Hang"
