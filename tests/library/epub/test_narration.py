"""Text and voice in step: what is written as WebVTT reads back, and a narrated book stays narrated when taken in."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heritage.demo import samples
from heritage.library import epub
from heritage.library.epub.narration import Clip, clips_of, sentences, web_vtt

texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs", "Po"]), min_size=1).map(
    lambda text: " ".join(text.split()).replace("-->", "")
)


@settings(max_examples=40)
@given(texts)
def test_sentences_lose_nothing(text):
    assert " ".join(sentences(text)) == text


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5)), min_size=1, max_size=5))
def test_web_vtt_there_and_back(times):
    clips = [Clip(f"Câu {n}.", begin / 1000, (begin + long) / 1000, f"c{n}") for n, (begin, long) in enumerate(times)]
    for one, other in zip(clips, clips_of(web_vtt(clips)), strict=True):
        assert (one.text, one.mark) == (other.text, other.mark)
        assert other.begin_s == pytest.approx(one.begin_s, abs=0.001)


def test_every_clip_names_words_of_its_page_and_taking_in_keeps_them():
    text = next(text for text in samples.texts() if text["audio"])
    book = epub.read(io.BytesIO(samples.epub_of(text)))
    assert book.removed == {}
    with zipfile.ZipFile(io.BytesIO(book.data)) as container:
        for number, narration in enumerate(samples.narrations(text), 1):
            page = container.read(f"EPUB/part{number:02d}.xhtml").decode()
            overlay = container.read(f"EPUB/part{number:02d}.smil").decode()
            for clip in narration.marked:
                assert f'id="{clip.mark}">{clip.text}<' in page
                assert f'src="part{number:02d}.xhtml#{clip.mark}"' in overlay
        assert container.read("EPUB/part01.mp3") == samples.audio_files(text)[0].read_bytes()
