"""PDF and CBZ in the reader: drawn by pages, turned, found in, the place kept; nothing leaves the host."""

import io

import pikepdf
import pytest
from reportlab.pdfgen import canvas

from heritage.library.imports import take_in
from heritage.library.models import Work
from tests.browser.test_library import open_book, where
from tests.browser.test_library_listening import VOICES
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
    drawn = [picture for frame in page.frames[1:] if (picture := frame.query_selector("img"))]
    assert "Page 1" in drawn[0].get_attribute("alt")
    assert_accessible(page)
    page.keyboard.press("/")
    page.fill("#search-words", "page 3")
    page.keyboard.press("Enter")
    page.click("#search-list button")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('Part 3')")
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


def test_a_cbz_is_read_by_pages(page, tmp_path):
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    opened(page, tmp_path, "a.cbz", cbz_of({f"{n}.jpg": picture(n) for n in range(1, 5)}))
    first = where(page)
    page.locator("body").press("ArrowRight")
    page.wait_for_function("before => document.getElementById('where').textContent !== before", arg=first)
    page.locator("body").press("r")  # read aloud: pictures have no words, and the key does nothing
    assert page.locator("#open-aloud").count() == 0
    assert problems == []
