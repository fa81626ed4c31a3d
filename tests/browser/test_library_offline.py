"""A borrowed title without a network: read and heard on, notes sent later to other devices, closed when it is due."""

import datetime as dt
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, Loan, Mark, Work
from heritage.library.services import lending
from tests.browser.test_library import open_book, shown
from tests.browser.test_portal import IN_CHARGE
from tests.factories.library import ReaderCardFactory
from tests.library.epub import books

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

PRESSED = "() => document.getElementById('keep').getAttribute('aria-pressed') === 'true'"
SELECT = "getSelection().selectAllChildren(document.querySelector('p'))"


@pytest.fixture
def card(transactional_db):
    return ReaderCardFactory()


@pytest.fixture
def device(open_context, live_server, card):
    """Opens a device on which the reader is logged in."""

    def open_device(**options):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(card.user.pk)
        session[BACKEND_SESSION_KEY] = "heritage.accounts.backends.AccountBackend"
        session[HASH_SESSION_KEY] = card.user.get_session_auth_hash()
        session.save()
        context = open_context(**options)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
        )
        return context.new_page()

    return open_device


def shelve(tmp_path, data: bytes, **terms) -> Work:
    (tmp_path / "book.epub").write_bytes(data)
    return Work.objects.get(number=take_in(tmp_path, Terms(**terms)).rows[0].number)


def keep(page) -> None:
    page.evaluate(IN_CHARGE)
    page.click("#keep")
    page.wait_for_function(PRESSED)


def highlight(page, note: str) -> None:
    frame = page.frames[1]
    frame.evaluate(SELECT)
    frame.dispatch_event("p", "pointerup")
    page.click("#selection-note")
    page.fill("#note-text", note)
    page.click("#note-form button[type=submit]")


def test_read_offline_come_back_and_the_second_device_has_place_and_note(device, card, tmp_path):
    paragraphs = [f"Đoạn {n} của làng Đình. " * 12 for n in range(20)]
    work = shelve(tmp_path, books.plain("Sách mượn", paragraphs, "urn:lent"), access=Access.LENDING, copies=1)
    loan = lending.borrow(card, work.editions.get())
    page = device(viewport={"width": 1000, "height": 800})
    open_book(page, work)
    keep(page)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("body.reader-ready")
    assert "Đoạn 0" in shown(page)
    page.click("#open-contents")
    page.click("#contents-list button >> nth=1")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 2')")
    highlight(page, "Viết khi không có mạng")
    place = page.inner_text("#where")
    assert not Mark.objects.exists()
    with page.expect_response(lambda r: "/library/readings/" in r.url and r.ok):
        page.context.set_offline(False)
    other = device(viewport={"width": 1000, "height": 800})
    open_book(other, work)
    assert other.inner_text("#where") == place
    other.click("#open-kept")
    assert "Viết khi không có mạng" in other.inner_text("#kept-list")
    closes_when_due(page, work, loan)


def closes_when_due(page, work: Work, loan: Loan) -> None:
    """Closed before the reader's eyes at the minute, without a network too, and gone; the notes stay."""
    page.evaluate(
        """async () => {
          const cache = await caches.open('heritage-books');
          const key = (await cache.keys()).find((request) => request.url.includes('/kept-books/'));
          const entry = await (await cache.match(key)).json();
          await cache.put(key, new Response(JSON.stringify({...entry, due: Date.now() + 3000})));
        }"""
    )
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("body.reader-ready")
    page.wait_for_selector("#failed:not([hidden])")
    assert "hết hạn" in page.inner_text("#failed")
    assert page.locator("foliate-view").count() == 0
    page.reload()
    assert page.locator("body.reader").count() == 0
    left = "async () => (await (await caches.open('heritage-books')).keys()).length"
    assert page.evaluate(left) <= 20  # static files may stay; no entry and no book
    urls = page.evaluate("async () => (await (await caches.open('heritage-books')).keys()).map((r) => r.url)")
    assert not [url for url in urls if "/library/editions/" in url or "/kept-books/" in url or "/doc/" in url]
    assert page.evaluate("() => Object.keys(localStorage).some((key) => key.startsWith('book:'))")


AN_HOUR_AHEAD = "const now = Date.now.bind(Date); Date.now = () => now() + 3_600_000;"


def write(page, note: str) -> None:
    """Another note to the highlight that stands."""
    page.click("#open-kept")
    page.click("#kept-list li:has(.reader-kept__note) button >> nth=1")
    page.fill("#note-text", note)
    page.click("#note-form button[type=submit]")


def go_to_chapter(page, number: int) -> None:
    page.click("#open-contents")
    page.click(f"#contents-list button >> nth={number - 1}")
    page.wait_for_function("n => document.getElementById('where').textContent.includes(`Chương ${n}`)", arg=number)


def synced(page, act) -> None:
    with page.expect_response(lambda r: "/library/readings/" in r.url and r.ok):
        act()


def test_two_devices_an_hour_apart_write_without_a_network_and_nothing_is_lost(device, tmp_path):
    work = shelve(tmp_path, books.plain("Sách hai máy", ["Đoạn một. " * 30, "Đoạn hai."], "urn:two"))
    one, other = device(), device()
    other.add_init_script(AN_HOUR_AHEAD)
    open_book(one, work)
    synced(one, lambda: highlight(one, "Ghi chung"))
    open_book(other, work)
    for page in (one, other):
        page.context.set_offline(True)
    write(one, "Từ máy một")
    go_to_chapter(one, 2)
    one.click("#bookmark")
    write(other, "Từ máy hai")
    go_to_chapter(other, 3)
    highlight(other, "Chỉ máy hai")
    for page in (one, other, one):
        synced(page, lambda page=page: (page.context.set_offline(True), page.context.set_offline(False)))
    for page in (one, other):
        open_book(page, work)
        assert "Chương 3" in page.inner_text("#where")  # the last that was read
        page.click("#open-kept")
        kept = page.inner_text("#kept-list")
        assert all(note in kept for note in ("Từ máy một", "Từ máy hai", "Chỉ máy hai"))
        assert page.locator("#kept-list li").count() == 3
        page.click("#kept [data-close]")
    # the clock that is ahead does not win for ever
    go_to_chapter(one, 1)
    synced(one, lambda: one.click("#bookmark"))
    open_book(other, work)
    assert "Chương 1" in other.inner_text("#where")


def test_a_loan_ended_elsewhere_closes_the_kept_title(device, card, tmp_path):
    work = shelve(tmp_path, books.plain("Sách mượn"), access=Access.LENDING, copies=1)
    loan = lending.borrow(card, work.editions.get())
    page = device()
    open_book(page, work)
    keep(page)
    Loan.objects.filter(pk=loan.pk).update(due_at=timezone.now() - dt.timedelta(minutes=1))
    page.click("#bookmark")
    page.wait_for_function("() => !document.getElementById('failed').hidden")
    page.goto("/vi/tai-khoan/muon/")
    page.wait_for_function(
        "async () => !(await (await caches.open('heritage-books')).keys()).some((r) => r.url.includes('/library/'))"
    )


def test_an_audiobook_is_heard_offline_from_any_second(device, card, transactional_db):
    sample = next(text for text in samples.texts() if text["audio"])
    number = take_in(samples.AUDIO / sample["slug"]).rows[0].number
    page = device()
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    keep(page)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    page.locator("#position").evaluate("e => { e.value = '110'; e.dispatchEvent(new Event('change')); }")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 2")
    page.click("#play")
    page.wait_for_function("() => !document.getElementById('audio').paused && audio.currentTime > 0")
    page.goto("/vi/tai-khoan/muon/")  # never kept: the offline page answers
    assert page.locator("#loans-data").count() == 0
