"""Listening: a book reads itself aloud, text and recorded voice go in step; marks, queue, transcript of audiobooks."""

import pytest
from django.core.cache import cache

from heritage.demo import samples
from heritage.library.imports import take_in
from heritage.library.models import LibrarySettings, Work
from tests.browser.test_library import open_book, shelve
from tests.library.epub import books

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

SAMPLE = next(text for text in samples.texts() if text["audio"])

# Chromium for tests has no voices: these stand in for those of a device, and note what they are given.
VOICES = """
window.spoken = [];
const voice = { lang: 'vi-VN', name: 'Giọng thử' };
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [voice],
  speak: (u) => { spoken.push(u); if (window.fast) setTimeout(() => u.onend?.(), 5); },
  cancel: () => {},
  addEventListener: () => {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } set voice(v) {} };
"""

CONTENTS = "document.querySelector('foliate-view').renderer.getContents()"
MARKS_DRAWN = f"{CONTENTS}[0].overlayer.element.childElementCount"
AT_CHAPTER = "title => document.getElementById('where').textContent.includes(title)"
TO_THE_END = """() => {
  const position = document.getElementById('position');
  position.value = position.max;
  position.dispatchEvent(new Event('change'));
}"""
PLAYS_CHAPTER = "title => document.getElementById('chapter-now').textContent === title && !audio.paused"
LETTERS_CAME = "() => [...document.fonts].some((f) => f.family.includes('Andika') && f.status === 'loaded')"


def paged_book() -> bytes:
    """With page numbers of the printed book, and words in another language."""
    data = books.plain("Sách có trang", ["Câu một. Câu hai?", "Câu ba."], "urn:pages", parts=3)
    rows = "".join(f'<li><a href="part{n:02d}.xhtml">{page}</a></li>' for n, page in ((1, 1), (3, 27)))
    listed = f'<nav epub:type="page-list"><ol>{rows}</ol></nav></body>'
    data = books.rewritten(data, {}, ("EPUB/nav.xhtml", "</body>", listed))
    return books.rewritten(data, {}, ("EPUB/part02.xhtml", "<p>Câu ba.</p>", '<p xml:lang="km">ពាក្យ​ខ្មែរ។</p>'))


def test_a_book_is_read_aloud_sentence_by_sentence(page, tmp_path, assert_accessible):
    page.add_init_script(VOICES)
    open_book(page, shelve(tmp_path, paged_book()))
    page.click("#open-aloud")
    page.wait_for_function("() => spoken.length === 1")
    assert page.evaluate("spoken[0].text") == "Chương 1"
    page.click("#aloud-on")
    page.wait_for_function("() => spoken.at(-1).text === 'Câu một.'")
    assert page.evaluate(MARKS_DRAWN) == 1
    page.select_option("#aloud-rate", "1.5")
    page.wait_for_function("() => spoken.at(-1).rate === 1.5")
    page.click("#aloud-back")
    page.wait_for_function("() => spoken.at(-1).text === 'Chương 1'")
    assert_accessible(page)
    page.evaluate("window.fast = true; spoken.at(-1).onend()")
    page.wait_for_function("() => spoken.some((one) => one.text === 'Chương 2')")  # goes on into the next chapter
    page.wait_for_function("() => document.getElementById('aloud').hidden")  # no Khmer voice here: said, not spoken
    assert "Khmer" in page.inner_text("#status") or "Khơ" in page.inner_text("#status")
    assert not page.evaluate("spoken.some((one) => /[ក-៿]/.test(one.text))")


def test_a_browser_without_voices_says_so_and_pages_letters_and_dictionary_work(page, tmp_path, foreign_requests):
    LibrarySettings.objects.update_or_create(pk=1, defaults={"dictionary_url": "https://tu-dien.example/tra?q={word}"})
    cache.clear()
    foreign = foreign_requests(page)
    open_book(page, shelve(tmp_path, paged_book()))
    page.click("#open-aloud")
    page.wait_for_function("() => document.getElementById('status').textContent.length > 20")
    assert page.locator("#aloud").is_hidden()
    page.click("#open-contents")
    page.fill("#page-number", "99")
    page.click("#page-form button")
    assert page.locator("#page-unknown").is_visible()
    page.fill("#page-number", "27")
    page.click("#page-form button")
    page.wait_for_function("() => document.getElementById('where').textContent.includes('27')")
    page.click("#open-look")
    page.check("input[name=font][value=dyslexia]")
    page.click("#look [data-close]")
    frame = page.frames[1]
    frame.wait_for_function(LETTERS_CAME)
    assert foreign == []
    frame.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    frame.dispatch_event("h1", "pointerup")
    page.evaluate("window.open = (...given) => { window.opened = given; }")
    page.click("#look-up")
    address, name, features = page.evaluate("window.opened")
    assert address == "https://tu-dien.example/tra?q=Ch%C6%B0%C6%A1ng%203"
    assert (name, features) == ("_blank", "noopener,noreferrer")


# Notes when the mark comes to the sentence c1, by the sound's own clock.
SOUNDS = """
window.sounds = [];
const Plain = window.Audio;
window.Audio = function (...given) { const one = new Plain(...given); window.sounds.push(one); return one; };
"""
NOTE_MARKS = """() => new MutationObserver(() => {
  const id = document.querySelector('.spoken-now')?.id;
  if (id) (parent.marked ??= {})[id] = parent.sounds.at(-1).currentTime;
}).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['class']})"""
MARKED = "id => window.marked?.[id] !== undefined"


def test_text_and_recorded_voice_go_in_step(page, tmp_path, foreign_requests, assert_accessible):
    foreign = foreign_requests(page)
    page.add_init_script(SOUNDS)
    work = shelve(tmp_path, samples.epub_of(SAMPLE))
    open_book(page, work)
    page.click("#open-contents")
    page.click("#contents-list button >> nth=1")
    page.wait_for_function(AT_CHAPTER, arg=SAMPLE["parts"][1]["title"])
    page.click("#open-aloud")
    marked = "() => document.querySelector('.spoken-now')?.textContent"
    frame = page.frames[1]
    frame.wait_for_function(marked)
    assert frame.evaluate(marked) == SAMPLE["parts"][1]["title"]
    page.click("#aloud-on")
    frame.wait_for_function("() => document.querySelector('.spoken-now')?.id === 'c1'")
    assert_accessible(page)
    page.select_option("#aloud-rate", "3")
    assert page.evaluate("sounds.at(-1).preservesPitch")
    frame.wait_for_function("() => document.querySelector('.spoken-now')?.id === 'c2'")
    page.click("#aloud-play")
    assert page.locator("#aloud-play").get_attribute("data-playing") == "false"
    page.click("#aloud-stop")
    assert page.locator("#aloud").is_hidden()
    assert foreign == []


def test_the_mark_runs_ahead_of_the_voice_or_after_it_as_set_on_this_device(page, tmp_path):
    page.add_init_script(SOUNDS)
    open_book(page, shelve(tmp_path, samples.epub_of(SAMPLE)))
    page.click("#open-contents")
    page.click("#contents-list button >> nth=1")
    page.wait_for_function(AT_CHAPTER, arg=SAMPLE["parts"][1]["title"])
    page.click("#open-aloud")
    page.select_option("#aloud-rate", "3")  # a second on the clock is three of the voice
    frame = page.frames[1]
    frame.wait_for_function("() => document.querySelector('.spoken-now')")
    frame.evaluate(NOTE_MARKS)
    came = {}
    for delay in ("-1000", "1000"):
        page.locator("#aloud-delay").fill(delay)
        page.evaluate("window.marked = {}")
        page.wait_for_function(MARKED, arg="c1")
        came[delay] = page.evaluate("window.marked.c1")
        page.click("#open-aloud")
        if delay == "-1000":
            page.click("#open-aloud")  # from the first words on the screen again
    assert came["-1000"] < came["1000"] - 1.2, came
    page.click("#open-aloud")
    page.locator("body").press("[")
    assert page.input_value("#aloud-delay") == "950"
    assert "0,95" in page.inner_text("#aloud-delay-now")
    page.reload()
    page.wait_for_selector("body.reader-ready")
    assert page.input_value("#aloud-delay") == "950"


def test_marks_transcript_queue_and_the_place_carried_to_the_ebook(page, tmp_path, assert_accessible):
    (tmp_path / "book.epub").write_bytes(samples.epub_of(SAMPLE))
    number = take_in(tmp_path / "book.epub").rows[0].number
    assert take_in(samples.AUDIO / SAMPLE["slug"]).rows[0].number == number
    titles = [part["title"] for part in SAMPLE["parts"] if part["language"] == "vi"]
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    page.click("[data-chapter] >> nth=2")
    page.wait_for_function("() => !audio.paused && audio.currentTime > 0")
    page.click("#transcript-part summary")
    page.wait_for_selector("#transcript [aria-current=true]")
    assert page.inner_text("#transcript [aria-current=true]") == titles[2]
    page.click("#transcript button >> nth=2")
    page.wait_for_function("() => document.querySelectorAll('#transcript button')[2].hasAttribute('aria-current')")
    page.click("#bookmark")
    page.fill("#marks-list textarea", "Nghe lại chỗ này")
    page.evaluate("document.activeElement.blur()")
    page.click("#queue-part summary")
    page.select_option("#queue-chapter", "0")
    page.click("#queue-add-chapter")
    assert titles[0] in page.inner_text("#queue-list")
    assert_accessible(page)
    page.click("#play")
    page.reload()
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    page.click("#marks-part summary")
    assert page.input_value("#marks-list textarea") == "Nghe lại chỗ này"
    assert page.inner_text("#marks-list h3") == titles[2]
    # the last words end, and the queue goes on
    page.evaluate(TO_THE_END)
    page.click("#play")
    page.wait_for_function(PLAYS_CHAPTER, arg=titles[0], timeout=15_000)
    page.click("[data-chapter] >> nth=3")
    page.wait_for_function("() => !audio.paused && audio.currentTime > 0.3")
    page.click("#play")
    open_book(page, Work.objects.get(number=number))
    page.click("#carried [data-go]")
    page.wait_for_function(AT_CHAPTER, arg=titles[3])
    # and back: the chapter reached in the e-book is offered to the listener
    page.click("#open-contents")
    page.click("#contents-list button >> nth=1")
    page.wait_for_function(AT_CHAPTER, arg=titles[1])
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    assert titles[1] in page.inner_text("#carried [data-words]")
    page.click("#carried [data-go]")
    page.wait_for_function(PLAYS_CHAPTER, arg=titles[1])
