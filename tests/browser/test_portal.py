"""The frame and the portal in Chromium: reach, weight, stillness, keyboard, offline."""

import gzip

import pytest

from heritage.home.setup import set_up
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.home import add_article

pytestmark = [pytest.mark.browser, pytest.mark.front_end]

KB = 1024
PICTURES = ("image/", "audio/", "video/")
IN_CHARGE = """() => new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  else navigator.serviceWorker.addEventListener('controllerchange', () => done());
})"""
KEPT = "async () => (await (await caches.open('heritage-pages')).keys()).map((request) => request.url)"
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 600);
})"""


@pytest.fixture
def site(transactional_db):
    home = set_up()
    record = RecordFactory(number="XX9001", name_vi="Đình Cẩm Thượng", is_featured=True, summary_vi="Một câu về đình.")
    DesignationFactory(record=record)
    vietnamese = add_article("vi", "ve-am-lich", title="Về âm lịch", body=[("record", record), ("text", "<p>Chữ.</p>")])
    add_article("en", "on-the-moon", title="On the moon", translation_key=vietnamese.translation_key)
    return home


def weight(page, path: str, own_words: str = "") -> dict[str, int]:
    """Compressed bytes of a first visit: all, and without pictures."""
    sizes = {"all": 0, "without pictures": 0}

    def add(response) -> None:
        if "/sw.js" in response.url or response.from_service_worker or response.status != 200:
            return
        kind, body = response.headers.get("content-type", ""), response.body()
        packed = kind.startswith(("font/", "image/png", "image/jpeg", "image/webp")) or "woff2" in response.url
        size = len(body) if packed else len(gzip.compress(body, 6))
        sizes["all"] += size
        if not kind.startswith(PICTURES) or "icons.svg" in response.url:
            sizes["without pictures"] += size

    page.on("requestfinished", lambda request: add(request.response()))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return sizes


@pytest.mark.parametrize("path", ["/vi/", "/en/", "/vi/tin-tuc/", "/vi/tin-tuc/ve-am-lich/", "/en/accessibility/"])
def test_accessible(site, page, assert_accessible, path):
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)


@pytest.mark.parametrize("path", ["/vi/", "/en/", "/vi/tin-tuc/ve-am-lich/", "/vi/di-san/XX9001/", "/vi/khong-co/"])
def test_nothing_runs_out_of_the_screen(site, page, path):
    for width in (320, 390, 820, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        if width == 320:
            page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("path", ["/vi/", "/vi/di-san/XX9001/"])
def test_text_at_twice_the_size_stays_on_the_screen(site, page, path):
    page.set_viewport_size({"width": 820, "height": 800})
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 820


def test_the_first_tab_leads_to_the_content(site, page):
    page.goto("/vi/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    assert link.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_switch_keeps_the_page(site, page):
    page.goto("/vi/tin-tuc/ve-am-lich/")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/news/on-the-moon/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/vi/di-san/XX9001/")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/heritage/XX9001/")


def test_the_phones_menu_opens_and_closes_without_scripts(site, open_context):
    phone = open_context(viewport={"width": 390, "height": 844}, java_script_enabled=False).new_page()
    phone.goto("/vi/")
    link = phone.get_by_role("navigation", name="Mục chính").get_by_role("link", name="Di sản")
    assert not link.is_visible()
    phone.get_by_role("button", name="Mục lục").click()
    assert link.is_visible()
    phone.keyboard.press("Escape")
    assert not link.is_visible()


@pytest.mark.parametrize(
    ("path", "limit"), [("/vi/", 250), ("/en/", 250), ("/vi/di-san/XX9001/", 250), ("/vi/tin-tuc/ve-am-lich/", 250)]
)
def test_pages_are_light_and_still(site, phone, foreign_requests, path, limit):
    foreign = foreign_requests(phone)
    sizes = weight(phone, path)
    assert sizes["without pictures"] <= limit * KB, sizes
    assert phone.evaluate(SHIFTS) < 0.02
    assert foreign == []


def test_a_record_opened_from_a_code_is_under_100_kb_before_pictures(site, phone):
    sizes = weight(phone, "/vi/di-san/XX9001/")
    assert sizes["without pictures"] <= 100 * KB, sizes


def test_two_font_families_at_most(site, page):
    fonts = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto("/vi/")
    page.wait_for_load_state("networkidle")
    families = {url.rpartition("/")[2].split("-")[0] for url in fonts}
    assert families == {"be", "literata"}


def wait_until_kept(page, *paths: str) -> None:
    """An answer is kept after it is shown."""
    for _attempt in range(100):
        kept = page.evaluate(KEPT)
        if all(any(url.endswith(path) for url in kept) for path in paths):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"only {kept} are kept")


def test_without_a_network_kept_pages_open_and_others_say_so(site, open_context):
    context = open_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/vi/")
    page.evaluate(IN_CHARGE)
    page.goto("/vi/tro-giup/")
    page.goto("/vi/le-hoi/?month=3")  # what a page shows may stand in its query, as a trip's stops do
    wait_until_kept(page, "/vi/tro-giup/", "/vi/le-hoi/?month=3")
    context.set_offline(True)
    page.goto("/vi/tro-giup/")
    assert page.locator("h1").inner_text() == "Trợ giúp"
    page.goto("/vi/giay-phep/")
    assert page.locator("h1").inner_text() == "Không có mạng"
    page.get_by_role("link", name="Trợ giúp").wait_for()
    assert page.locator("#kept-list a[href='/vi/le-hoi/?month=3']").count() == 1
    page.goto("/en/licence/")
    assert page.locator("h1").inner_text() == "No network"


def test_nothing_private_is_kept(site, open_context, django_user_model):
    from django.test import Client

    user = django_user_model.objects.create_user("lan", password="x" * 12)
    client = Client()
    client.force_login(user)
    context = open_context()
    page = context.new_page()
    page.goto("/vi/")
    page.evaluate(IN_CHARGE)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": page.url}])
    page.goto("/vi/gioi-thieu/")
    page.goto("/admin/login/")
    page.goto("/offline/?lang=vi")
    page.wait_for_timeout(300)
    kept = page.evaluate(KEPT)
    assert not [url for url in kept if "gioi-thieu" in url or "admin" in url]


def test_a_page_without_its_pictures_is_whole(site, page):
    page.route("**/*.{svg,png,jpg,webp}", lambda route: route.abort())
    page.goto("/vi/")
    assert page.locator("#hero-title").is_visible()
    assert page.get_by_role("search").first.is_visible()
    assert page.evaluate(SHIFTS) < 0.02


def test_print_leaves_the_navigation_out(site, page):
    page.goto("/vi/di-san/XX9001/")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for part in (".site-nav", ".site-footer", ".site-header__tools"):
        assert not page.locator(part).is_visible()
