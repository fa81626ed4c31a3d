"""PDF and CBZ in the reader: drawn by pages, turned, found in, the place kept; nothing leaves the host."""

import io

import pikepdf
import pytest
from reportlab.pdfgen import canvas

from heritage.library.imports import take_in
from heritage.library.models import Work
from tests.browser.test_library import open_book, where
from tests.browser.test_library_listening import VOICES
from tests.library.epub import books
from tests.library.test_imports_documents import cbz_of, picture

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]


def written_pdf(pages: int = 3) -> bytes:
    """Pages with words, an outline, and a script that must not run."""
    out = io.BytesIO()
    drawing = canvas.Canvas(out, pagesize=(400, 600))
    drawing.setTitle("Lang Dinh")
    for number in range(1, pages + 1):
        drawing.drawString(60, 500, f"Page {number} of the communal house")
        drawing.bookmarkPage(f"p{number}")
        drawing.addOutlineEntry(f"Part {number}", f"p{number}")
        drawing.showPage()
    drawing.save()
    with pikepdf.open(out) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        changed = io.BytesIO()
        document.save(changed)
    return changed.getvalue()


def opened(page, tmp_path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    open_book(page, Work.objects.get(number=take_in(tmp_path / name).rows[0].number))


def test_a_pdf_is_read_by_pages_and_searched(page, tmp_path, foreign_requests, assert_accessible):
    foreign, problems = foreign_requests(page), []
    page.add_init_script(VOICES)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
    opened(page, tmp_path, "a.pdf", written_pdf())
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 1')")
    page.wait_for_selector(".textLayer span")
    assert "Page 1" in page.inner_text(".textLayer")
    assert_accessible(page)
    page.keyboard.press("/")
    page.fill("#search-words", "page 3")
    page.keyboard.press("Enter")
    page.click("#search-list button")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 3')")
    page.wait_for_selector(".pdf-mark--found")
    place = where(page)
    page.reload()
    page.wait_for_selector("body.reader-ready")
    page.wait_for_function("place => document.getElementById('where').textContent === place", arg=place)
    page.evaluate("document.getElementById('progress').value = 0")
    page.locator("#progress").dispatch_event("change")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 1')")
    page.evaluate("window.fast = true")
    page.click("#open-aloud")
    page.wait_for_function("() => spoken.length > 2 && document.getElementById('aloud').hidden")
    # read to the end, each page once
    said = [text for text in page.evaluate("spoken.map((one) => one.text)") if text.startswith("Page")]
    assert [text[:6] for text in said] == ["Page 1", "Page 2", "Page 3"]
    assert foreign == []
    assert problems == []


PAGE = ".page[data-page-number='1']"


def size_of_page(page) -> tuple[float, float]:
    box = page.locator(PAGE).bounding_box()
    return box["width"], box["height"]


def select_words(page) -> None:
    """The first line of page 1, by the mouse."""
    line = page.locator(f"{PAGE} .textLayer span").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, y, steps=4)
    page.mouse.up()
    page.wait_for_selector("#selection:not([hidden])")


def test_a_pdf_is_zoomed_turned_marked_and_leafed_by_number(page, tmp_path, assert_accessible):
    opened(page, tmp_path, "a.pdf", written_pdf())
    stage = page.locator(".pdf-pages").bounding_box()
    page.wait_for_selector(f"{PAGE} .textLayer span")
    assert abs(size_of_page(page)[1] - stage["height"]) < 2
    page.click("#open-look")
    page.check("input[name=columns][value='1']")
    page.click("#look [data-close]")
    page.select_option("#zoom", "fit-width")
    assert abs(size_of_page(page)[0] - page.evaluate("document.querySelector('.pdf-pages').clientWidth")) < 2
    page.select_option("#zoom", "100")
    assert round(size_of_page(page)[0]) == 533  # 400 points
    page.locator("body").press("-")
    assert page.input_value("#zoom") == "75"
    page.mouse.move(700, 400)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    page.wait_for_function("() => Number(document.getElementById('zoom').value) > 100")
    page.select_option("#zoom", "150")
    page.wait_for_selector(f"{PAGE} .textLayer:not([hidden]) span")
    select_words(page)
    page.click("#selection-note")
    assert page.inner_text("#note-quote") == "Page 1 of the communal house"
    page.fill("#note-text", "Đình làng nào?")
    page.click("#note-form button[type=submit]")
    page.wait_for_selector(".pdf-mark--highlight")
    page.click("#turn")
    page.wait_for_function(
        "() => { const d = document.querySelector('.page'); return d.clientWidth > d.clientHeight; }"
    )
    page.reload()
    page.wait_for_selector("body.reader-ready")
    page.wait_for_selector(".pdf-mark--highlight")
    width, height = size_of_page(page)
    assert width > height
    assert page.input_value("#zoom") == "150"
    box = page.locator(".pdf-mark--highlight").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert page.input_value("#note-text") == "Đình làng nào?"
    page.keyboard.press("Escape")
    page.locator("body").press("g")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    assert "1" in page.inner_text("#status")
    assert page.get_attribute("#sheet-page", "aria-invalid") == "true"
    page.fill("#sheet-page", "3")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 3')")
    assert_accessible(page)


PINCH = [([180, 400], [210, 400]), ([160, 400], [230, 400]), ([130, 400], [260, 400]), ([100, 400], [290, 400])]


def test_a_pdf_of_5000_pages_stays_light_and_two_fingers_zoom_it(phone, tmp_path):
    answers = []
    phone.on("response", lambda r: answers.append(r) if "/library/editions/" in r.url else None)
    opened(phone, tmp_path, "long.pdf", long_pdf(5000))
    phone.wait_for_selector(f"{PAGE} .textLayer span")
    narrow = size_of_page(phone)[0]
    assert abs(narrow - 390) < 2  # a phone held upright begins with the full width
    touch = phone.context.new_cdp_session(phone)
    for number, fingers in enumerate(PINCH):
        points = [{"x": x, "y": y, "id": name} for name, (x, y) in enumerate(fingers)]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove" if number else "touchStart", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_function("width => document.querySelector('.page').clientWidth > width * 1.5", arg=narrow)
    phone.fill("#sheet-page", "4321")
    phone.locator("#sheet-page").press("Enter")
    phone.wait_for_function("() => document.querySelector('.textLayer')?.textContent.includes('Sheet 4321')")
    phone.click("#open-look")
    phone.check("input[name=flow][value=scrolled]")
    phone.click("#look [data-close]")
    phone.wait_for_function("() => document.querySelectorAll('.page').length === 5000")
    assert phone.input_value("#sheet-page") == "4321"
    assert phone.locator(".pdf-pages canvas").count() <= 12
    assert {answer.status for answer in answers if answer.request.headers.get("range")} == {206}
    sent = sum(int(answer.headers["content-length"]) for answer in answers if answer.status == 206)
    whole = max(int(answer.headers["content-length"]) for answer in answers if answer.status == 200)
    assert sent < whole * 0.75


def long_pdf(pages: int) -> bytes:
    """Pages with a sentence and a kilobyte of rules each, so that the file is of several megabytes."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    rules = "".join(f"{n * 7 % 400} {n} m {n * 13 % 400} {600 - n} l S " for n in range(40))
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(400, 600))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"{rules} BT /F1 24 Tf 60 300 Td (Sheet {number}) Tj ET".encode())
    out = io.BytesIO()
    document.save(out, compress_streams=False)
    return out.getvalue()


WIDTHS = """() => document.querySelector('foliate-view').renderer.getContents()
  .map(({ doc }) => doc?.defaultView?.frameElement?.getBoundingClientRect().width ?? 0)"""


def test_staff_say_that_a_pdf_is_leafed_from_the_right(page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(written_pdf())
    work = Work.objects.get(number=take_in(tmp_path).rows[0].number)
    work.editions.update(page_direction="rtl")
    open_book(page, work)
    page.locator("body").press("ArrowLeft")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 2')")


def test_a_cbz_is_read_by_pages(page, tmp_path):
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    opened(page, tmp_path, "a.cbz", cbz_of({f"{n}.jpg": picture(n) for n in range(1, 5)}))
    first = where(page)
    page.locator("body").press("ArrowRight")
    page.wait_for_function("before => document.getElementById('where').textContent !== before", arg=first)
    assert page.inner_text("#sheet-count") == "/ 4"
    page.select_option("#zoom", "200")
    wide = max(page.evaluate(WIDTHS))
    page.select_option("#zoom", "100")
    assert max(page.evaluate(WIDTHS)) == wide / 2
    page.fill("#sheet-page", "4")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('4 / 4')")
    page.locator("body").press("r")  # read aloud: pictures have no words, and the key does nothing
    assert page.locator("#open-aloud").count() == 0
    assert problems == []


BOXES = """() => document.querySelector('foliate-view').renderer.getContents()
  .map(({ doc }) => doc?.defaultView?.frameElement?.getBoundingClientRect()).filter((box) => box?.width)
  .map(({ left, top, width, height }) => ({ left, top, width, height }))"""
WHEEL = """() => {
  const shown = document.querySelector('foliate-view').renderer.getContents();
  const { doc } = shown.find(({ doc }) => doc?.body?.offsetWidth);
  doc.dispatchEvent(new WheelEvent('wheel', { ctrlKey: true, deltaY: -50, cancelable: true, bubbles: true }));
}"""
MANGA = b"<ComicInfo><Title>S</Title><Manga>YesAndRightToLeft</Manga></ComicInfo>"


def test_pages_of_pictures_are_turned_paired_and_leafed_from_the_right(page, tmp_path):
    page.set_viewport_size({"width": 1000, "height": 700})
    files = {f"{n}.jpg": picture(n, (300, 400)) for n in range(1, 6)}
    opened(page, tmp_path, "a.cbz", cbz_of({**files, "ComicInfo.xml": MANGA}))
    stage = page.locator(".reader-stage").bounding_box()
    page.locator("body").press("ArrowLeft")
    page.wait_for_function("() => /[23] \\/ 5/.test(document.getElementById('where').textContent)")
    page.wait_for_function(f"() => ({BOXES})().length === 2")
    right = max(page.evaluate(BOXES), key=lambda box: box["left"])
    assert right["left"] >= 500 - 1  # two pages, the spine in the middle
    page.click("#open-look")
    page.check("#look input[name=columns][value='1']")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => ({BOXES})().length === 1")
    (upright,) = page.evaluate(BOXES)
    assert abs(upright["width"] / upright["height"] - 0.75) < 0.02
    page.click("#turn")
    page.wait_for_function(f"() => ({BOXES})()[0].width > ({BOXES})()[0].height")
    (lying,) = page.evaluate(BOXES)
    assert abs(lying["height"] / lying["width"] - 0.75) < 0.02
    assert abs(lying["height"] - stage["height"]) < 3  # the whole of it, as large as there is room for
    assert abs(lying["left"] + lying["width"] / 2 - 500) < 3
    page.select_option("#zoom", "fit-width")
    page.wait_for_function(f"() => Math.abs(({BOXES})()[0].width - 1000) < 20")
    page.evaluate(WHEEL)
    page.wait_for_function(f"() => ({BOXES})()[0].width > 1500")
    page.keyboard.press("0")
    page.wait_for_function(f"() => ({BOXES})()[0].width < 1000")
    before = where(page)
    page.locator("body").press("ArrowLeft")
    page.wait_for_function("before => document.getElementById('where').textContent !== before", arg=before)
    page.reload()  # it lies as it was laid
    page.wait_for_selector("body.reader-ready")
    page.wait_for_function(f"() => ({BOXES})()[0].width > ({BOXES})()[0].height")
    for _turn in range(3):
        page.click("#turn")
    page.wait_for_function(f"() => ({BOXES})()[0].width < ({BOXES})()[0].height")


def test_a_fixed_layout_is_turned_too_and_fits_a_telephone(page, tmp_path):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, tmp_path, "a.epub", books.fixed())
    page.wait_for_function(f"() => Math.abs(({BOXES})()[0].width - 390) < 3")  # the width of the screen
    page.click("#turn")
    page.wait_for_function(f"() => ({BOXES})()[0].width > ({BOXES})()[0].height")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tops = page.locator("#sheet > :not([hidden], .visually-hidden)").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.top + box.height / 2, box.right])"
    )
    assert max(top for top, _right in tops) - min(top for top, _right in tops) < 8  # one row, within the screen
    assert max(right for _top, right in tops) <= 390
