"""The player in a browser: the sleep timer, speed and pitch, skips, the system's own controls, the queue of titles."""

import pytest

from heritage.demo import samples
from heritage.library.imports import take_in
from tests.browser.test_library_listening import PLAYS_CHAPTER, SAMPLE
from tests.library.test_imports_many import sound

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

TITLES = [part["title"] for part in SAMPLE["parts"] if part["language"] == "vi"]
LATER = "window.later = 0; const now = Date.now.bind(Date); Date.now = () => now() + window.later;"
CONTROLS = """
window.controls = {};
window.positions = [];
const { setActionHandler, setPositionState } = MediaSession.prototype;
MediaSession.prototype.setActionHandler = function (name, act) {
  controls[name] = act;
  return setActionHandler.call(this, name, act);
};
MediaSession.prototype.setPositionState = function (state) {
  positions.push(state);
  return setPositionState.call(this, state);
};
"""
READY = "() => document.getElementById('audio').readyState >= 1"
PLAYS = "() => !audio.paused && !audio.seeking && audio.currentTime > 0.2"
STOPPED = "() => audio.paused"


def listen(page) -> None:
    number = take_in(samples.AUDIO / SAMPLE["slug"]).rows[0].number
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    page.wait_for_function(READY)


def go_to(page, second: float) -> None:
    page.locator("#position").evaluate("(e, at) => { e.value = at; e.dispatchEvent(new Event('change')); }", second)


def test_the_sleep_timer_stops_after_minutes_and_at_the_end_of_a_chapter(page):
    page.add_init_script(LATER)
    listen(page)
    page.select_option("#speed", "3")
    page.click("#play")
    page.wait_for_function(PLAYS)
    page.select_option("#sleep", "15")
    assert "Tiếng sẽ dừng lúc" in page.inner_text("#status")
    page.evaluate("window.later = 14 * 60000")
    page.wait_for_function("before => audio.currentTime > before + 0.4", arg=page.evaluate("audio.currentTime"))
    assert not page.evaluate("audio.paused")
    page.evaluate("window.later = 15 * 60000")
    page.wait_for_function(STOPPED)
    assert page.input_value("#sleep") == "0"
    assert "hẹn giờ" in page.inner_text("#status")
    # the end of the chapter that is heard, also after a step to another one
    page.click("#play")
    page.wait_for_function(PLAYS)
    page.select_option("#sleep", "chapter")
    page.click("[data-chapter] >> nth=2")
    page.wait_for_function(PLAYS_CHAPTER, arg=TITLES[2])
    page.wait_for_function(PLAYS)
    begins = page.evaluate(
        "JSON.parse(document.getElementById('book-data').textContent).chapters.map((one) => one.begin)"
    )
    go_to(page, int(begins[3]) - 1)
    page.wait_for_function(STOPPED)
    page.wait_for_function("title => document.getElementById('chapter-now').textContent === title", arg=TITLES[3])
    page.reload()  # and goes on there
    page.wait_for_function(READY)
    page.wait_for_function("title => document.getElementById('chapter-now').textContent === title", arg=TITLES[3])


def test_speed_keeps_the_pitch_and_the_system_has_its_controls(page):
    page.add_init_script(CONTROLS)
    listen(page)
    options = page.locator("#speed option").evaluate_all("all => all.map((one) => Number(one.value))")
    assert (min(options), max(options)) == (0.5, 3)
    for speed in ("0.5", "3"):
        page.select_option("#speed", speed)
        assert page.evaluate("[audio.playbackRate, audio.preservesPitch]") == [float(speed), True]
    page.evaluate("controls.play()")
    page.wait_for_function(PLAYS)
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    assert page.evaluate("navigator.mediaSession.metadata.title") == TITLES[0]
    page.evaluate("controls.nexttrack()")
    page.wait_for_function(PLAYS_CHAPTER, arg=TITLES[1])
    assert page.evaluate("audio.playbackRate") == 3  # the next file too
    assert page.evaluate("navigator.mediaSession.metadata.title") == TITLES[1]
    page.wait_for_function(PLAYS)
    page.evaluate("controls.pause()")
    page.wait_for_function(STOPPED)
    here = page.evaluate("audio.currentTime")
    page.evaluate("controls.seekforward({})")
    page.wait_for_function("before => Math.abs(audio.currentTime - before - 15) < 0.5", arg=here)
    page.click("#back")
    page.wait_for_function("before => Math.abs(audio.currentTime - before) < 0.5", arg=here)
    page.evaluate("controls.seekto({ seekTime: 2 })")
    page.wait_for_function("() => Math.abs(audio.currentTime - 2) < 0.2")
    told = page.evaluate("positions.at(-1)")
    assert abs(told["position"] - 2) < 0.2
    assert told["playbackRate"] == 3
    page.reload()
    page.wait_for_function(READY)
    assert page.evaluate("audio.playbackRate") == 3  # kept on this device


def test_the_queue_goes_on_with_another_title(page, tmp_path):
    for number in (1, 2):
        (tmp_path / "Truyện khác").mkdir(exist_ok=True)
        (tmp_path / "Truyện khác" / f"{number}.mp3").write_bytes(sound(number, "Truyện khác"))
    other = take_in(tmp_path).rows[0].number
    listen(page)
    page.click("#queue-part summary")
    page.select_option("#queue-chapter", "1")
    page.click("#queue-add-chapter")
    page.click("#queue-add")
    page.click("#queue-list li >> nth=1 >> button >> nth=0")  # up
    assert "Truyện khác" in page.inner_text("#queue-list li >> nth=0")
    page.reload()
    page.wait_for_function(READY)
    assert page.locator("#queue-list li").count() == 2
    page.click("#play")
    page.wait_for_function(PLAYS)
    go_to(page, page.evaluate("Number(document.getElementById('position').max)"))
    page.wait_for_url(f"**/{other}/nghe/**")
    page.wait_for_function("() => document.getElementById('audio').readyState >= 1")
    assert page.locator("#queue-list li").count() == 1


def test_the_player_is_worked_by_keyboard_alone(page, assert_accessible):
    listen(page)
    page.locator("body").press("k")
    page.wait_for_function(PLAYS)
    assert page.get_attribute("#play", "aria-label") == "Tạm dừng"
    page.keyboard.press("PageDown")
    page.wait_for_function(PLAYS_CHAPTER, arg=TITLES[1])
    page.wait_for_function(PLAYS)
    page.keyboard.press("l")
    page.wait_for_function("() => audio.currentTime > 15")
    page.keyboard.press("b")
    assert page.evaluate("document.activeElement.matches('#marks-list textarea')")  # a note at once
    page.keyboard.type("k b l")  # letters, no commands
    assert not page.evaluate("audio.paused")
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("k")
    page.wait_for_function(STOPPED)
    assert page.input_value("#marks-list textarea") == "k b l"
    for part in ("#transcript-part", "#queue-part"):
        page.locator(f"{part} summary").focus()
        page.keyboard.press("Enter")
    assert_accessible(page)
