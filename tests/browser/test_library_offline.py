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
    """The device's copy is gone once its time is over, without a network too; the notes stay."""
    page.evaluate(
        """async () => {
          const cache = await caches.open('heritage-books');
          const key = (await cache.keys()).find((request) => request.url.includes('/kept-books/'));
          const entry = await (await cache.match(key)).json();
          await cache.put(key, new Response(JSON.stringify({...entry, due: Date.now() - 1000})));
        }"""
    )
    page.context.set_offline(True)
    page.reload()
    assert page.locator("body.reader").count() == 0
    left = "async () => (await (await caches.open('heritage-books')).keys()).length"
    assert page.evaluate(left) <= 20  # static files may stay; no entry and no book
    urls = page.evaluate("async () => (await (await caches.open('heritage-books')).keys()).map((r) => r.url)")
    assert not [url for url in urls if "/library/editions/" in url or "/kept-books/" in url or "/doc/" in url]
    assert page.evaluate("() => Object.keys(localStorage).some((key) => key.startsWith('book:'))")


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
