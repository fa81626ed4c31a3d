"""Old letters are turned into Unicode by the published tables, and recognised by what they spell."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.core.letters import from_letters, looks_vietnamese, recognise, to_letters

TEXT = "Đền Đuổm thờ Dương Tự Minh, xã Động Đạt, huyện Phú Lương; nghề làm bún ở Vân Cù; kỹ thuật xây dựng"
SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
CONSONANTS = "bcdđghklmnpqrstvx"
syllables = st.builds(
    lambda onset, vowel, coda: onset + vowel + coda,
    st.sampled_from([*CONSONANTS, "", "ng", "th", "tr", "ph"]),
    st.sampled_from(SMALL),
    st.sampled_from(["", "n", "m", "ng", "i", "o"]),
)
texts = st.lists(syllables, min_size=1, max_size=12).map(" ".join)


@given(texts)
def test_small_letters_come_back_from_both_sets(text):
    for letters in ("tcvn3", "vni"):
        assert from_letters(to_letters(text, letters), letters) == text


@given(texts.map(str.upper))
def test_capitals_come_back_from_vni(text):
    assert from_letters(to_letters(text, "vni"), "vni") == text


@given(st.text("aeoAEO ÀÏ°§¸øùâêñÑ\u0301Đệ©\n", max_size=12))
def test_no_text_breaks_a_table(text):
    for letters in ("tcvn3", "vni"):
        assert from_letters(text, letters).isascii() or not text.isascii()


@pytest.mark.parametrize(
    ("letters", "old", "new"),
    [
        ("tcvn3", "§Òn §uæm", "Đền Đuổm"),
        ("tcvn3", "Phó L­¬ng, Th¸i Nguyªn", "Phú Lương, Thái Nguyên"),
        ("tcvn3", "37°C", "37°C"),
        ("vni", "Ñeàn Ñuoåm", "Đền Đuổm"),
        ("vni", "Phuù Löông, Thaùi Nguyeân", "Phú Lương, Thái Nguyên"),
        ("vni", "HUEÁ, Kyõ thuaät, Tænh uûy", "HUẾ, Kỹ thuật, Tỉnh ủy"),
        ("vni", "Đền đã là Unicode", "Đền đã là Unicode"),
    ],
)
def test_known_words(letters, old, new):
    assert from_letters(old, letters) == new


@pytest.mark.parametrize("letters", ["tcvn3", "vni"])
def test_a_text_in_old_letters_is_recognised(letters):
    old = to_letters(TEXT, letters)
    assert recognise(old) == letters
    assert looks_vietnamese(old) < 0.5
    assert from_letters(old, letters) == TEXT


@pytest.mark.parametrize("text", [TEXT, "plain ASCII", "", "Château de Chambord, forêt", "naïve", "§ 3 °C ± 2"])
def test_a_text_that_reads_as_it_stands_is_left_alone(text):
    assert recognise(text) == ""


def test_tcvn3_agrees_with_the_standard_as_the_c_library_has_it():
    """TCVN 5712 is in glibc; where a character of 0xA1-0xFF is a letter there, it is the same letter here."""
    known = {0xB5: "à", 0xC7: "ầ", 0xD6: "ệ", 0xE1: "ỏ", 0xF9: "ự", 0xFE: "ỵ", 0xA7: "Đ", 0xAF: "Ằ", 0xFF: "Ố"}
    for code, letter in known.items():
        assert from_letters(chr(code), "tcvn3") == letter
    every = [from_letters(chr(code), "tcvn3") for code in range(0xA1, 0x100) if not 0xB0 <= code <= 0xB4]
    assert len(set(every)) == len(every)
    assert all(unicodedata.is_normalized("NFC", letter) and letter.isalpha() for letter in every)
