"""A player hears a whole sound of which each answer holds a piece, and one that a bucket sends."""

import os
import shutil

import pytest

from heritage.core import sending
from heritage.demo import samples
from heritage.library.imports import take_in
from tests.browser.test_portal import IN_CHARGE
from tests.services import S3_URL, bucket_at_test_server

pytestmark = [pytest.mark.browser, pytest.mark.front_end, pytest.mark.django_db(transaction=True)]

PLAYS = "() => !audio.error && audio.currentTime > 0.2"


def shelved(tmp_path) -> str:
    shutil.copy(samples.AUDIO / "stele-rubbing" / "01.mp3", tmp_path)
    return take_in(tmp_path).rows[0].number


def play_to_the_end(page) -> None:
    page.wait_for_function("() => audio.readyState >= 1")
    page.evaluate("audio.muted = true; audio.play()")
    page.wait_for_function(PLAYS)
    page.evaluate("audio.currentTime = audio.duration - 1")
    page.wait_for_function("() => audio.currentTime > audio.duration - 0.9 && !audio.error")


def test_a_sound_comes_by_pieces_and_the_service_worker_leaves_it_alone(page, tmp_path, monkeypatch):
    monkeypatch.setattr(sending, "PIECE", 50_000)
    parts = []
    page.on("response", lambda answer: parts.append(answer) if answer.url.rpartition("/")[2].isdigit() else None)
    page.goto(f"/vi/thu-vien/{shelved(tmp_path)}/nghe/")
    for _time in range(2):  # the second time the service worker is in charge
        play_to_the_end(page)
        told = [(one.status, int(one.headers["content-length"]), one.from_service_worker) for one in parts]
        assert len(told) > 1  # it came again
        assert {(status, by_worker) for status, _length, by_worker in told} == {(206, False)}
        assert max(length for _status, length, _by in told) == 50_000
        page.evaluate(IN_CHARGE)
        parts.clear()
        page.reload()


@pytest.mark.s3
def test_a_bucket_sends_the_sound(page, tmp_path, monkeypatch, settings):
    policy = settings.CONTENT_SECURITY_POLICY
    directives = {**policy["DIRECTIVES"], "media-src": [*policy["DIRECTIVES"]["media-src"], S3_URL]}
    settings.CONTENT_SECURITY_POLICY = {**policy, "DIRECTIVES": directives}
    sent = []
    page.on("response", lambda answer: sent.append(answer.status) if answer.url.startswith(S3_URL) else None)
    with bucket_at_test_server(monkeypatch) as bucket:
        settings.LIBRARY_FILES_URL, settings.S3_REDIRECT = f"s3://{bucket}/{os.getpid()}", True
        page.goto(f"/vi/thu-vien/{shelved(tmp_path)}/nghe/")
        for _time in range(2):
            play_to_the_end(page)
            assert set(sent) == {206}
            page.evaluate(IN_CHARGE)
            sent.clear()
            page.reload()
