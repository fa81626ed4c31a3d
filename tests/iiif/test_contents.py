"""Contents and control points as staff type them: read, written back, refused with line and remedy."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from heritage.core.folding import nfc
from heritage.iiif import contents, georeference
from heritage.iiif.contents import Entry
from heritage.iiif.models import Canvas

WORDS = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters="|-"), min_size=1, max_size=20)
PAGES = 30


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@st.composite
def entries(draw):
    found, depth = [], -1
    for _n in range(draw(st.integers(0, 8))):
        depth = draw(st.integers(0, min(depth + 1, 3)))
        first = draw(st.integers(1, PAGES))
        last = draw(st.none() | st.integers(first, PAGES))
        part = draw(st.sampled_from(["", "xywh=1,2,3,4", "t=5,7.5"]))
        title, english = nfc(draw(WORDS)), nfc(draw(st.just("") | WORDS))
        found.append(Entry(depth, title, english, first, last, part))
    return found


@settings(max_examples=40)
@given(entries())
def test_what_is_written_is_read_again(found):
    assert contents.parse(contents.format_entries(found), PAGES) == found


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_no_text_does_worse_than_a_clear_refusal(text):
    with contextlib.suppress(ValidationError):
        assert all(1 <= entry.first <= 3 for entry in contents.parse(text, 3))


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Chương một", "upright strokes"),
        ("| Chapter | 1", "Vietnamese is missing"),
        ("Chương | | chín", "“chín” is no page"),
        ("Chương | | 9", "pages are 1 to 3"),
        ("Chương | | 3-2", "pages are 1 to 3"),
        ("-- Chương | | 1", "deeper"),
        ("Chương | | 1 xywh=1,2", "xywh=left"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(line, reason):
    with pytest.raises(ValidationError) as refused:
        contents.parse(f"Bìa | Cover | 1\n\n{line}" if not line.startswith("--") else f"\n\n{line}", 3)
    (message,) = refused.value.messages
    assert message.startswith("Line 3: ")
    assert reason in message


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1|1|1|105|21", "at least 3"),
        ("1|1|1|105", "write page"),
        ("1|a|1|105|21", "not five numbers"),
        ("1|1|1|nan|21", "longitude lies"),
        ("2|1|1|105|21", "pages are 1 to 1"),
        ("1|101|1|105|21", "100 × 80"),
    ],
)
def test_a_wrong_point_is_named_with_its_remedy(text, reason):
    with pytest.raises(ValidationError, match=reason):
        georeference.parse(text, [Canvas(width=100, height=80)])
