"""The page of a book in a browser: footnotes where they are read, columns, bands of vertical text, right to left."""

import pytest

from tests.browser.test_library import long_book, open_book, shelve, shown  # noqa: F401 - a fixture
from tests.library.epub import books

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

COLUMNS = "document.querySelector('foliate-view').renderer.columnCount"
NOTES = """<p>Đình thờ thành hoàng<a id="r1" epub:type="noteref" href="#n1">1</a>,
dựng năm 1736.<sup><a href="part02.xhtml#n2">2</a></sup></p>
<aside id="n1" epub:type="footnote"><p>Vị thần <em>của làng</em>; <a href="part03.xhtml">xem chương 3</a>.
<a epub:type="backlink" href="#r1">↩</a></p></aside>"""
END_NOTE = '<ol><li id="n2" onclick="parent.pwned=1">Theo bia <b>năm Vĩnh Hựu</b> thứ hai.</li></ol>'


def noted_book() -> bytes:
    data = books.plain("Sách có chú thích", identifier="urn:notes")
    data = books.rewritten(data, {}, ("EPUB/part01.xhtml", "<p>Đoạn một.</p>", NOTES))
    return books.rewritten(data, {}, ("EPUB/part02.xhtml", "<p>Đoạn một.</p>", END_NOTE))


def test_a_footnote_opens_where_it_is_read(page, tmp_path, assert_accessible):
    open_book(page, shelve(tmp_path, noted_book()))
    frame = page.frames[1]
    place = page.inner_text("#where")
    sign = frame.locator("#r1")
    assert sign.get_attribute("role") == "doc-noteref"
    sign.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#footnote[open]")
    assert page.inner_text("#footnote-title") == "Chú thích 1"
    assert page.inner_html("#footnote-text em") == "của làng"
    assert "↩" not in page.inner_text("#footnote-text")
    assert page.evaluate("document.activeElement.id") == "footnote-text"
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert page.locator("#footnote").is_hidden()
    assert frame.evaluate("document.activeElement.id") == "r1"  # and the page beside it has not turned
    assert page.inner_text("#where") == place
    # a raised number without a word on what it is, and a note in another chapter
    frame.click("sup a")
    page.wait_for_selector("#footnote[open]")
    assert page.inner_text("#footnote-text") == "Theo bia năm Vĩnh Hựu thứ hai."
    assert page.evaluate("document.querySelectorAll('#footnote-text [onclick]').length") == 0
    page.click("#footnote-go")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 2')")
    assert page.locator("#footnote").is_hidden()
    # a link in a note leads on
    page.locator("body").press("Home")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 1')")
    page.frames[1].click("#r1")
    page.click("#footnote-text a")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 3')")


def choose(page, **settings: str) -> None:
    page.click("#open-look")
    for name, value in settings.items():
        page.check(f"input[name={name}][value='{value}']")
    page.click("#look [data-close]")


def test_columns_are_one_two_or_as_the_screen_allows(page, tmp_path, long_book):  # noqa: F811
    open_book(page, shelve(tmp_path, long_book))
    assert page.evaluate(COLUMNS) == 2
    choose(page, columns="1")
    assert page.evaluate(COLUMNS) == 1
    page.set_viewport_size({"width": 700, "height": 560})
    choose(page, columns="auto")
    assert page.evaluate(COLUMNS) == 1
    choose(page, columns="2")
    assert page.evaluate(COLUMNS) == 2
    page.reload()
    page.wait_for_selector("body.reader-ready")
    assert page.evaluate(COLUMNS) == 2  # kept on this device
    choose(page, flow="scrolled")
    height = page.frames[1].evaluate("document.documentElement.getBoundingClientRect().height")
    assert height > 2000


def upright_book(*, vertical: bool) -> bytes:
    text = "天地玄黃宇宙洪荒。" if vertical else "بيت الجماعة في القرية. "
    data = books.plain("Sách từ phải", [text * 40] * 12, f"urn:right-to-left:{vertical}")
    style = "writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl" if vertical else "direction: rtl"
    data = books.rewritten(
        data, {}, ("EPUB/style.css", "html { line-height", f"html {{ {style}; }}\nhtml {{ line-height")
    )
    return books.rewritten(data, {}, ("EPUB/package.opf", "<spine>", '<spine page-progression-direction="rtl">'))


def test_vertical_text_has_bands_and_scrolls_sideways(page, tmp_path):
    page.set_viewport_size({"width": 820, "height": 1180})
    open_book(page, shelve(tmp_path, upright_book(vertical=True)))
    assert page.evaluate(COLUMNS) == 2  # two bands on a tall screen: lines stay short enough to follow
    choose(page, columns="1")
    assert page.evaluate(COLUMNS) == 1
    page.click("#open-look")
    assert page.locator("#columns-vertical").is_visible()
    page.click("#look [data-close]")
    page.set_viewport_size({"width": 1180, "height": 820})
    choose(page, columns="2")
    assert page.evaluate(COLUMNS) == 1  # never side by side
    choose(page, flow="scrolled")
    before = page.evaluate("document.querySelector('foliate-view').renderer.start")
    page.mouse.move(590, 400)
    page.mouse.wheel(0, 400)
    page.wait_for_function("b => document.querySelector('foliate-view').renderer.start > b + 200", arg=before)


def test_text_from_right_to_left_is_leafed_to_the_left(page, tmp_path):
    open_book(page, shelve(tmp_path, upright_book(vertical=False)))
    page.wait_for_function("() => document.getElementById('where').textContent !== ''")
    first = int(page.input_value("#progress"))
    page.locator("body").press("ArrowLeft")
    page.wait_for_function("first => Number(document.getElementById('progress').value) > first", arg=first)
    page.locator("body").press("ArrowRight")
    page.wait_for_function("first => Number(document.getElementById('progress').value) === first", arg=first)


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_the_reader_is_worked_by_keyboard_alone(page, tmp_path, long_book, assert_accessible):  # noqa: F811
    open_book(page, shelve(tmp_path, long_book))
    names = []
    for _step in range(9):  # every tool has a name and its turn
        page.keyboard.press("Tab")
        names.append(page.evaluate("(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"))
    assert "" not in [name or page.evaluate("document.activeElement.querySelector('svg')?.ariaLabel") for name in names]
    page.locator("#open-contents").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#contents').contains(document.activeElement)")
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert focused(page) == "open-contents"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.locator("#contents-list button >> nth=1").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Chương 2')")
    before = page.input_value("#progress")
    page.keyboard.press("PageDown")
    page.wait_for_function("b => Number(document.getElementById('progress').value) > Number(b)", arg=before)
    page.keyboard.press("b")
    assert page.get_attribute("#bookmark", "aria-pressed") == "true"
    assert page.inner_text("#status")  # said to a screen reader: the element is a status
    for tool in ("#open-kept", "#open-look", "#open-search"):
        page.locator(tool).focus()
        page.keyboard.press("Enter")
        assert_accessible(page)
        page.keyboard.press("Escape")
        assert "#" + focused(page) == tool
    # inside the text too
    page.frames[1].locator("body").press("ArrowLeft")
    page.wait_for_function("b => document.getElementById('progress').value === b", arg=before)


def test_text_at_twice_its_size_leaves_every_tool_in_reach(phone, tmp_path, long_book, assert_accessible):  # noqa: F811
    """WCAG 1.4.4: a reader whose device doubles all letters."""
    work = shelve(tmp_path, long_book)
    phone.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })"
    )
    open_book(phone, work)
    for tool in ("#open-contents", "#open-look", "#next", "#previous"):
        box = phone.locator(tool).bounding_box()
        assert box["x"] >= 0, tool
        assert box["x"] + box["width"] <= 390, tool
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.tap("#open-look")
    assert phone.evaluate(
        "() => { const look = document.getElementById('look'); return look.scrollWidth <= look.clientWidth; }"
    )
    assert_accessible(phone)
