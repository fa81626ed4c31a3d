"""Several pictures on a page, a missing page, and what is said in a recording: our own page and the viewers."""

import pytest
from playwright.sync_api import expect

from heritage.iiif import captions, contents, layers, services, structure
from tests.browser.test_iiif_viewers import answered, book, viewer_files, wait_until_asked  # noqa: F401 - fixtures
from tests.factories.iiif import image_file
from tests.iiif.test_captions import EN, VI
from tests.iiif.test_recordings import sound_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mixed(book, tmp_path):  # noqa: F811
    """Its first page has another view and a part laid on it, the third is missing; the pages have another order."""
    for number, size in ((3, (1300, 900)), (4, (300, 200))):
        services.ingest(image_file(tmp_path, f"{number}.png", *size), book, label_vi=f"Ảnh {number}", label_en="Relit")
    pages = list(book.canvases.order_by("order"))
    structure.set_layers(book, layers.parse("3 | 1\n4 | 1 | 600,300,300,200", pages), pages)
    structure.add_missing_page(book, "Trang ba, thiếu", "Page three, missing")
    pages = list(book.canvases.order_by("order"))
    text = "Mở đầu | Opening | 1\nNhư viết | As written | 2; 1 | sequence"
    structure.set_contents(book, contents.parse(text, len(pages)), pages)
    return book


def test_views_parts_and_a_gap_on_our_own_page(page, mixed, assert_accessible):
    images = answered(page)
    page.goto("/en/scans/TN01/")
    expect(page.locator("[data-scan-viewer]")).to_have_attribute("data-open", "0")
    wait_until_asked(page, images, "/iiif/3/TN01.4/")  # the part that is laid on the page
    assert not [url for url in images if "/TN01.3/" in url]
    view = page.get_by_label("Picture shown")
    expect(view.locator("option")).to_have_count(2)
    view.select_option("Relit")
    wait_until_asked(page, images, "/iiif/3/TN01.3/")
    expect(page.get_by_text("Page three, missing")).to_be_visible()
    assert_accessible(page)
    page.get_by_text("Contents", exact=True).click()
    page.get_by_role("link", name="Page two", exact=True).click()
    expect(page.locator("[data-scan-viewer]")).to_have_attribute("data-open", "1")
    expect(page.locator("[data-views]")).to_be_hidden()
    assert set(images.values()) <= {200, 304}


def test_the_viewers_open_it_too(page, mixed, viewer_files, live_server):  # noqa: F811
    manifest = f"{live_server.url}/iiif/presentation/3/TN01/manifest"
    for address in ("mirador.html?manifest=", "clover.html?manifest=", "universalviewer/dist/uv.html#?manifest="):
        page.goto("about:blank")
        images = answered(page)
        page.goto(f"/viewer/{address}{manifest}")
        wait_until_asked(page, images, "/TN01.1/")
        assert set(images.values()) <= {200, 303, 304}


def test_what_is_said_is_read_beside_the_sound(page, phone, book, tmp_path, settings, assert_accessible):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path
    canvas = services.ingest(sound_file(tmp_path, 12), book, label_vi="Lời kể", label_en="A tale").canvases[0]
    captions.keep(canvas, "vi", VI)
    captions.keep(canvas, "en", EN, kind="subtitles")
    page.goto(f"/vi/ban-so/TN01/#{canvas.image_identifier}/t=5.5")
    sound = page.locator("audio")
    expect(sound).to_have_js_property("currentTime", 5.5)
    page.get_by_text("Lời trong bản ghi").click()
    line = page.get_by_role("button", name="Rước nước từ sông")
    expect(line).to_be_visible()
    expect(page.get_by_role("button", name="[Tiếng trống]")).to_have_attribute("aria-current", "true")
    assert_accessible(page)
    page.get_by_label("Ngôn ngữ", exact=True).select_option("en")
    english = page.get_by_role("button", name="Fetching water from the river")
    english.click()
    assert sound.evaluate("one => one.currentTime") < 5
    words = page.get_by_role("link", name="Bản chép lời (Tiếng Việt)").get_attribute("href")
    assert "Rước nước" in page.request.get(words).text()
    phone.goto("/en/scans/TN01/")
    phone.get_by_text("What is said").tap()
    expect(phone.get_by_role("button", name="Fetching water from the river")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(phone)
