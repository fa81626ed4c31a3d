"""A player hears a whole sound of which each answer holds a piece, where no web server stands in front."""

import shutil

import pytest

from heritage.core import sending
from heritage.demo import samples
from heritage.library.imports import take_in

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

ALL_IS_HERE = "() => audio.buffered.length && audio.buffered.end(audio.buffered.length - 1) > audio.duration - 0.5"


def test_a_sound_comes_by_pieces_to_its_end(page, tmp_path, monkeypatch):
    monkeypatch.setattr(sending, "PIECE", 50_000)
    shutil.copy(samples.AUDIO / "stele-rubbing" / "01.mp3", tmp_path)
    number = take_in(tmp_path).rows[0].number
    parts: list[tuple[int, str]] = []
    page.on(
        "response",
        lambda answer: (
            parts.append((answer.status, answer.headers.get("content-length", "")))
            if "/library/tracks/" in answer.url and "transcript" not in answer.url
            else None
        ),
    )
    page.goto(f"/vi/thu-vien/{number}/nghe/")
    page.wait_for_function("() => audio.readyState >= 1")
    page.evaluate("audio.muted = true; audio.play()")
    page.wait_for_function(ALL_IS_HERE)
    assert parts[0] == (206, "50000")
    assert len(parts) > 1  # it came again; a service worker that passes requests on does not say that a player asks
    page.evaluate("audio.currentTime = audio.duration - 1")
    page.wait_for_function("() => audio.currentTime > audio.duration - 0.9 && !audio.error")
