"""Our scans in the viewers people use: Mirador 4, Universal Viewer 4, Clover 3, and the one on our own pages."""

import io
import mimetypes
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from heritage.iiif import content_state, contents, services, structure
from heritage.iiif.text import services as text
from heritage.iiif.text.reading import Word
from tests.factories.gltf import glb_file
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MODULES = Path(__file__).resolve().parents[2] / "node_modules"
MIRADOR = """<!doctype html><meta charset="utf-8"><title>Mirador</title><div id="viewer"></div>
<script src="/viewer/mirador/dist/mirador.min.js"></script>
<script>Mirador.viewer({id: "viewer", windows: [{manifestId: "%s"}], window: {sideBarOpen: true}})</script>"""

CLOVER = """<!doctype html><meta charset="utf-8"><title>Clover</title><clover-viewer id="%s"></clover-viewer>
<script src="/viewer/@samvera/clover-iiif/dist/web-components/index.umd.js"></script>"""
PAGES = {"mirador.html": MIRADOR, "clover.html": CLOVER}


@pytest.fixture
def book(live_server, settings, tmp_path):
    """Two pages, 1300 x 900 and 900 x 1300 pixels, with addresses of the live server."""
    settings.BASE_URL = live_server.url
    for name in ("originals", "pyramids", "cache"):
        setattr(settings, f"IIIF_{name.upper()}_DIR", tmp_path / name)
    obj = DigitalObjectFactory(identifier="TN01", label_vi="Sổ sắc phong", label_en="Book of decrees")
    services.ingest(image_file(tmp_path, "1.png"), obj, label_vi="Bìa", label_en="Cover")
    two = services.ingest(image_file(tmp_path, "2.png", 900, 1300), obj, label_vi="Trang hai", label_en="Page two")
    words = [Word("Chùa", (100, 200, 60, 40)), Word("Hang", (170, 200, 70, 40))]
    text.set_text(two.canvases[0], [words], language="vi", source="test")
    entries = contents.parse(
        "Mở đầu | Opening | 1\nSắc thứ hai | Second decree | 2\n- Ấn | Seal | 2 xywh=100,200,300,300", 2
    )
    structure.set_contents(obj, entries, list(obj.canvases.order_by("order")))
    return obj


@pytest.fixture
def viewer_files(page: Page):
    """Serves npm packages below /viewer/ to the browser, and pages for two viewers; the site knows none of it."""

    def serve(route: Route) -> None:
        path = route.request.url.split("/viewer/")[1].split("?")[0].split("#")[0]
        if path in PAGES:
            manifest = route.request.url.split("?manifest=")[1]
            route.fulfill(body=PAGES[path] % manifest, content_type="text/html")
            return
        file = MODULES / path
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(path=file, content_type=kind) if file.is_file() else route.fulfill(status=404)

    page.route("**/viewer/**", serve)


def answered(page: Page) -> dict[str, int]:
    """Status by address of all that is asked of the Image API, of either version, from now on."""
    seen: dict[str, int] = {}
    page.on("response", lambda r: seen.update({r.url: r.status}) if re.search("/iiif/[23]/", r.url) else None)
    return seen


def is_drawn(page: Page, selector: str) -> bool:
    """Whether the picture of `tests.factories.iiif` stands there: red grows to the right, green downwards."""
    shot = Image.open(io.BytesIO(page.locator(selector).first.screenshot()), formats=["PNG"]).convert("RGB")
    return len(set(shot.resize((64, 64)).getdata())) > 300


def wait_until_drawn(page: Page, selector: str) -> None:
    for _attempt in range(40):
        if is_drawn(page, selector):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"nothing is drawn in {selector}")


def wait_until_asked(page: Page, images: dict[str, int], part: str) -> None:
    """A viewer's own signs and shades may look like a picture before it has asked for the first one."""
    for _attempt in range(60):
        if any(part in url for url in images):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{part} was not asked for, only {sorted(images)}")


def test_mirador_4_opens_a_manifest_and_draws_a_page(page, book, viewer_files, live_server):
    images = answered(page)
    page.goto(f"/viewer/mirador.html?manifest={live_server.url}/iiif/presentation/3/TN01/manifest")
    expect(page.get_by_text("Book of decrees").first).to_be_visible()
    wait_until_asked(page, images, "/iiif/3/TN01.1/")
    wait_until_drawn(page, ".openseadragon-canvas canvas")
    assert set(images.values()) <= {200, 303, 304}


def test_mirador_4_shows_the_contents(page, book, viewer_files, live_server):
    page.goto(f"/viewer/mirador.html?manifest={live_server.url}/iiif/presentation/3/TN01/manifest")
    expect(page.get_by_text("Book of decrees").first).to_be_visible()
    page.get_by_role("tab", name=re.compile("index", re.IGNORECASE)).click()
    page.get_by_role("tab", name=re.compile("table of contents", re.IGNORECASE)).click()
    expect(page.get_by_text("Second decree")).to_be_visible()


def test_universal_viewer_4_draws_a_page_and_shows_the_contents(page, book, viewer_files, live_server):
    images = answered(page)
    manifest = f"{live_server.url}/iiif/presentation/3/TN01/manifest"
    page.goto(f"/viewer/universalviewer/dist/uv.html#?manifest={manifest}")
    wait_until_asked(page, images, "/TN01.1/")  # by whichever of the two services it takes
    wait_until_drawn(page, ".openseadragon-canvas canvas")
    assert set(images.values()) <= {200, 303, 304}
    page.get_by_text("Index", exact=True).click()
    expect(page.get_by_text("Second decree").first).to_be_visible()


def test_clover_3_opens_a_manifest_and_draws_its_pages(page, book, viewer_files, live_server):
    """Clover 3.3.8 shows no ranges; its contents are the strip of labelled pages, in the reader's language."""
    images = answered(page)
    page.goto(f"/viewer/clover.html?manifest={live_server.url}/iiif/presentation/3/TN01/manifest")
    expect(page.get_by_text("Sổ sắc phong")).to_be_visible()
    wait_until_asked(page, images, "/iiif/3/TN01.1/512,0,512,512/")
    wait_until_drawn(page, ".openseadragon-canvas canvas")
    expect(page.get_by_role("radio", name="Bìa")).to_be_visible()
    page.get_by_role("radio", name="Trang hai").click()
    wait_until_asked(page, images, "/iiif/3/TN01.2/0,0,")
    assert set(images.values()) <= {200, 303, 304}


def test_our_own_viewer_on_a_desktop(page, book, assert_accessible, foreign_requests):
    foreign, complaints = foreign_requests(page), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/en/scans/TN01/")
    viewer = page.locator("[data-scan-viewer]")
    expect(viewer).to_have_attribute("data-open", "0")
    wait_until_drawn(page, ".openseadragon-canvas")
    assert_accessible(page)
    page.get_by_role("button", name="Next page").click()
    expect(viewer).to_have_attribute("data-open", "1")
    expect(page.get_by_role("button", name="Page two")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("link", name="Download")).to_have_attribute("href", "/iiif/3/TN01.2/full/max/0/default.jpg")
    assert foreign == []
    assert complaints == []


def test_our_own_viewer_by_keyboard(page, book):
    page.goto("/vi/ban-so/TN01/")
    viewer = page.locator("[data-scan-viewer]")
    expect(viewer).to_have_attribute("data-open", "0")
    page.locator(".openseadragon-canvas").focus()
    page.keyboard.press("PageDown")
    expect(viewer).to_have_attribute("data-open", "1")
    page.keyboard.press("PageUp")
    expect(viewer).to_have_attribute("data-open", "0")


def test_the_address_of_a_detail_leads_back_to_it(page, book):
    page.goto("/en/scans/TN01/#TN01.2/100,200,300,400")
    expect(page.locator("[data-scan-viewer]")).to_have_attribute("data-open", "1")
    for _attempt in range(50):  # the viewer glides to the detail
        page.get_by_role("button", name="Copy the address of this detail").click()
        x, y, width, height = map(int, page.url.split("TN01.2/")[1].split(","))
        if width > 300 and x <= 100 <= 400 <= x + width and y <= 200 + 2 <= 600 - 2 <= y + height:
            return  # all that a wide window shows around what was asked for
        page.wait_for_timeout(100)
    raise AssertionError(f"{(x, y, width, height)} is not around the detail")


def test_contents_text_and_a_link_to_a_detail(page, book):
    page.goto("/en/scans/TN01/")
    viewer = page.locator("[data-scan-viewer]")
    expect(viewer).to_have_attribute("data-open", "0")
    page.get_by_text("Contents").click()
    page.get_by_role("link", name="Seal").click()
    expect(viewer).to_have_attribute("data-open", "1")
    page.get_by_text("Text of this page").click()
    page.get_by_role("button", name="Chùa Hang").click()
    link = page.locator("[data-state]")
    drag = "held = new DataTransfer(); one.dispatchEvent(new DragEvent('dragstart', {dataTransfer: held}))"
    taken = link.evaluate(f"(one) => {{ let {drag}; return held.getData('text/plain') }}")  # recipe 0599
    assert content_state.read(taken).image == "TN01.2"
    link.evaluate("(one) => one.addEventListener('click', (event) => event.preventDefault())")
    link.click()
    address = link.get_attribute("href")
    decoded = content_state.decode(address.split("iiif-content=")[1])
    assert '"type":"Canvas"' in decoded
    assert "/canvas/TN01.2#xywh=" in decoded
    page.goto("about:blank")
    page.goto(address)
    expect(viewer).to_have_attribute("data-open", "1")


def test_a_remark_is_written_about_the_detail_on_the_screen(page, book, assert_accessible):
    page.goto("/en/scans/TN01/#TN01.2/100,200,300,300")
    expect(page.locator("[data-scan-viewer]")).to_have_attribute("data-open", "1")
    page.get_by_role("link", name="Write about this detail").click()
    expect(page.get_by_label("Page", exact=True)).to_have_value("2")
    expect(page.get_by_label("Place on the page")).to_have_value(re.compile(r"^\d+,\d+,\d+,\d+$"))
    assert_accessible(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The text was not sent")).to_be_visible()
    page.get_by_label("Your text").fill("The seal is of the sixth year of Minh Mạng.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your text has arrived")).to_be_visible()
    assert_accessible(page)


def test_on_a_phone_the_engine_comes_only_when_the_picture_is_touched(phone, book, assert_accessible):
    asked: dict[str, int] = {}
    phone.on("requestfinished", lambda r: asked.update({r.url: r.sizes()["responseBodySize"]}))
    phone.goto("/vi/ban-so/TN01/")
    phone.wait_for_load_state("networkidle")
    assert not [url for url in asked if "engine" in url]
    assert sum(size for url, size in asked.items() if "/iiif/3/" not in url and ".woff2" not in url) < 100_000
    assert_accessible(phone)
    phone.get_by_role("button", name="Xem kỹ hơn").tap()
    expect(phone.locator("[data-scan-viewer]")).to_have_attribute("data-open", "0")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(phone)


def test_without_scripts_there_is_a_picture_and_its_links(open_context, book):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/en/scans/TN01/")
    picture = page.locator(".scan-viewer__still img")
    expect(picture).to_be_visible()
    expect(page.get_by_role("link", name="IIIF manifest")).to_be_visible()


def test_a_3d_model_is_turned_where_it_is_asked_for(
    page, book, tmp_path, settings, assert_accessible, foreign_requests
):
    settings.MEDIA_ROOT = tmp_path
    services.ingest(glb_file(tmp_path), book, label_vi="Tượng đá", label_en="Stone statue")
    foreign = foreign_requests(page)
    page.goto("/en/scans/TN01/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Turn it in 3D").click()
    expect(page.locator("[data-model]")).to_have_attribute("data-open", "true")
    assert any("/iiif/model/" in url for url in asked)
    space = page.locator("[data-space]")
    before = Image.open(io.BytesIO(space.screenshot()), formats=["PNG"]).convert("RGB")
    red = [pixel for pixel in before.resize((64, 64)).getdata() if pixel[0] > 2 * pixel[1] and pixel[0] > 60]
    assert len(red) > 100
    space.press("ArrowRight")
    space.press("ArrowUp")
    after = Image.open(io.BytesIO(space.screenshot()), formats=["PNG"]).convert("RGB")
    assert before.tobytes() != after.tobytes()
    assert_accessible(page)
    assert not foreign
