"""The library in a browser: an e-book is read, a hostile one harms nothing, an audiobook is heard from any second."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from heritage.demo import samples
from heritage.library.imports import Terms, take_in
from heritage.library.models import Access, Work
from tests.library.epub import books

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shelve(tmp_path: Path, data: bytes, **terms) -> Work:
    file = tmp_path / "book.epub"
    file.write_bytes(data)
    report = take_in(file, Terms(**terms))
    return Work.objects.get(number=report.rows[0].number)


def open_book(page, work: Work) -> None:
    page.goto(f"/vi/thu-vien/{work.number}/doc/")
    page.wait_for_selector("body.reader-ready")


def shown(page) -> str:
    """The text of the chapter on the screen; the frame is in a closed shadow, so it is found among the frames."""
    return "\n".join(frame.inner_text("body") for frame in page.frames[1:])


def where(page) -> str:
    return page.inner_text("#where")


@pytest.fixture
def long_book() -> bytes:
    return books.plain(
        "Sách dài", paragraphs=[f"Đoạn {n} của làng Đình. " * 12 for n in range(40)], identifier="urn:long"
    )


def test_a_book_opens_turns_its_pages_and_keeps_the_place(
    page, tmp_path, long_book, foreign_requests, assert_accessible
):
    work = shelve(tmp_path, long_book)
    foreign = foreign_requests(page)
    open_book(page, work)
    assert "Chương 1" in shown(page)
    assert_accessible(page)
    page.wait_for_function("() => document.getElementById('where').textContent !== ''")
    first = where(page)
    page.locator("body").press("ArrowRight")
    page.wait_for_function("before => document.getElementById('where').textContent !== before", arg=first)
    page.click("#open-contents")
    page.click("#contents-list button >> nth=2")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 3')")
    place = where(page)
    page.reload()
    page.wait_for_selector("body.reader-ready")
    assert where(page) == place
    assert foreign == []


def test_words_are_found_without_accents_and_text_grows(page, tmp_path, long_book):
    open_book(page, shelve(tmp_path, long_book))
    page.keyboard.press("/")
    page.fill("#search-words", "lang dinh")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-list li")
    assert page.inner_text("#search-list mark >> nth=0").lower() == "làng đình"
    page.click("#search [data-close]")
    page.click("#open-look")
    page.check("input[name=theme][value=dark]")
    page.locator("#look-size").fill("200")
    assert page.evaluate("document.documentElement.dataset.reader") == "dark"
    size = page.frames[1].evaluate("getComputedStyle(document.documentElement).fontSize")
    assert float(size.removesuffix("px")) == 32


DRAWN = """() => document.querySelector('foliate-view').renderer.getContents()
  .flatMap(({ overlayer }) => [...overlayer.element.querySelectorAll('rect')])
  .map((one) => one.getAttribute('width'))"""


def test_highlights_and_bookmarks_are_kept(page, tmp_path):
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    open_book(page, shelve(tmp_path, books.plain()))
    page.frames[1].locator("p").first.click(click_count=3)  # ends at the next paragraph
    page.click("#selection [data-colour=jade]")
    page.wait_for_function(f"() => ({DRAWN})().length === 1")
    page.click("#bookmark")
    page.frames[1].evaluate("getSelection().selectAllChildren(document.querySelector('p + p'))")
    page.frames[1].dispatch_event("p + p", "pointerup")
    page.click("#selection [data-colour=red]")
    page.reload()
    page.wait_for_selector("body.reader-ready")
    page.wait_for_function(f"() => ({DRAWN})().length === 2")
    assert min(float(width) for width in page.evaluate(DRAWN)) > 20
    page.click("#open-kept")
    kept = page.inner_text("#kept-list")
    assert "Đoạn một." in kept
    assert page.locator("#kept-list li").count() == 3
    assert problems == []


def test_a_hostile_book_runs_nothing_and_reaches_nobody(page, tmp_path, foreign_requests):
    """The file is put past the cleaning on purpose: the page's own policy has to hold by itself."""
    work = shelve(tmp_path, books.plain("Sách dữ", identifier="urn:past-the-cleaning"))
    edition = work.editions.get()
    edition.file.save("hostile.epub", ContentFile(books.hostile()))
    wanted, refused, sent = foreign_requests(page), [], []
    page.on("requestfailed", lambda request: refused.append(request.url) if request.failure == "csp" else None)
    page.context.route("https://**", lambda route: (sent.append(route.request.url), route.abort()))
    open_book(page, work)
    page.wait_for_timeout(800)
    assert page.evaluate("window.pwned") is None
    assert page.title() != "pwned"
    assert sent == []
    assert set(wanted) <= set(refused)
    assert page.url.endswith("/doc/")


def test_a_cleaned_hostile_book_reads_well(page, tmp_path, foreign_requests):
    work = shelve(tmp_path, books.hostile())
    foreign = foreign_requests(page)
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    open_book(page, work)
    page.wait_for_timeout(500)
    assert "Chữ còn nguyên" in shown(page)
    assert foreign == []
    assert complaints == []


def test_the_reader_on_a_phone(phone, tmp_path, long_book, assert_accessible):
    work = shelve(tmp_path, long_book)
    open_book(phone, work)
    for tool in ("#open-look", "#next"):
        box = phone.locator(tool).bounding_box()
        assert box["x"] + box["width"] <= 390, tool
    first = where(phone)
    phone.tap("#next")
    phone.wait_for_function("before => document.getElementById('where').textContent !== before", arg=first)
    assert_accessible(phone)


def test_an_audiobook_is_heard_from_any_second_and_resumed(page, assert_accessible):
    sample = next(text for text in samples.texts() if text["audio"])
    report = take_in(samples.AUDIO / sample["slug"])
    number = report.rows[0].number
    answers = []
    page.on("response", lambda r: answers.append(r.status) if "/library/tracks/" in r.url else None)
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    assert_accessible(page)
    page.locator("#position").evaluate("e => { e.value = '110'; e.dispatchEvent(new Event('change')); }")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 2")
    page.click("#play")
    page.wait_for_function("() => !document.getElementById('audio').paused && audio.currentTime > 0")
    assert page.inner_text("#chapter-now") == [p for p in sample["parts"] if p["language"] == "vi"][2]["title"]
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    before = page.evaluate("audio.currentTime")
    page.locator("body").press("ArrowRight")
    page.wait_for_function("before => audio.currentTime > before + 10", arg=before)
    page.select_option("#speed", "2")
    assert page.evaluate("audio.playbackRate") == 2
    page.click("#play")
    page.reload()
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1 && audio.currentTime > 0")
    assert page.inner_text("#elapsed").startswith("2:")
    assert 206 in answers


def test_a_reader_registers_borrows_reads_and_returns(page, tmp_path, assert_accessible):
    work = shelve(tmp_path, books.plain("Sách cho mượn"), access=Access.LENDING, copies=1)
    page.goto(f"/vi/tai-khoan/dang-ky/?next=/vi/thu-vien/{work.number}/")
    page.fill("#id_full_name", "Lê Văn Đọc")
    page.fill("#id_email", "khong-phai-thu")
    page.fill("#id_password", "mot cau de nho")
    page.click("form.form button[type=submit]")
    page.wait_for_selector("#id_email_error")
    assert page.input_value("#id_full_name") == "Lê Văn Đọc"
    assert_accessible(page)
    page.fill("#id_email", "le.van.doc@example.org")
    page.fill("#id_password", "mot cau de nho")
    page.click("form.form button[type=submit]")
    page.click("form[action*='/muon/'] button")
    page.click(f"a[href$='/{work.number}/doc/']")
    page.wait_for_selector("body.reader-ready")
    page.goto("/vi/tai-khoan/muon/")
    assert "Sách cho mượn" in page.inner_text("#main")
    assert_accessible(page)
    page.click("form[action$='/tra/'] button")
    page.wait_for_selector(".messages")
    assert page.locator("form[action$='/tra/']").count() == 0


def test_shelves_and_work_are_accessible_on_a_phone(phone, tmp_path, assert_accessible):
    work = shelve(tmp_path, books.plain())
    for address in ("/vi/thu-vien/", f"/vi/thu-vien/{work.number}/", "/en/library/"):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        assert_accessible(phone)


def test_vertical_text_turns_its_pages_from_right_to_left(page, tmp_path):
    """Hán-Nôm as it was printed: columns from the right; the left key leads on."""
    data = books.plain("Sách dọc", ["天地玄黃宇宙洪荒。" * 40] * 12, "urn:vertical")
    upright = "html { writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; }\nhtml { line-height"
    data = books.rewritten(data, {}, ("EPUB/style.css", "html { line-height", upright))
    data = books.rewritten(data, {}, ("EPUB/package.opf", "<spine>", '<spine page-progression-direction="rtl">'))
    open_book(page, shelve(tmp_path, data))
    page.wait_for_function("() => document.getElementById('where').textContent !== ''")
    assert page.frames[1].evaluate("getComputedStyle(document.body).writingMode") == "vertical-rl"
    first = int(page.input_value("#progress"))
    page.locator("body").press("ArrowLeft")
    page.wait_for_function("first => Number(document.getElementById('progress').value) > first", arg=first)
