"""Spellings that mean the same are one; marks tell words apart; nothing typed breaks anything."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heritage.search.analysis import compose, forms, is_marked, pairs, roman, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("kỷ", "kỉ"),
        ("Mỹ", "Mĩ"),
        ("quý", "quí"),
        (unicodedata.normalize("NFD", "Điện"), "điện"),
    ],
)
def test_two_spellings_of_one_word_have_one_exact_form(one, other):
    assert forms(compose(one))[0] == forms(compose(other))[0]


@pytest.mark.parametrize(("one", "other"), [("chùa", "chưa"), ("Hoàn", "Hoan"), ("thúy", "thủy"), ("đền", "dền")])
def test_marks_tell_words_apart_but_not_their_folded_forms(one, other):
    assert forms(one)[0] != forms(other)[0]
    assert forms(one)[1] == forms(other)[1]


@pytest.mark.parametrize(("numeral", "value"), [("XIX", 19), ("IV", 4), ("VIII", 8), ("X", 0), ("IIX", 0), ("vi", 0)])
def test_roman_numerals_of_two_letters_or_more_are_numbers(numeral, value):
    assert roman(numeral) == value


def test_a_century_in_roman_numerals_is_found_by_its_number():
    assert [folded for _exact, folded in pairs("Thế kỷ X và thế kỷ XIX")] == [
        "the",
        "ki",
        "10",
        "va",
        "the",
        "ki",
        "19",
    ]


def test_han_characters_are_a_token_each():
    assert [token.exact for token in tokens("金山寺 Kim Sơn")] == ["金", "山", "寺", "kim", "sơn"]


def test_english_words_lose_their_endings():
    assert forms("temples")[1] == forms("temple")[1]
    assert forms("dancing")[1] == forms("dances")[1]


@pytest.mark.parametrize("syllable", ["chè", "nghề", "huế", "thuê", "khoẻ", "đình", "linh", "các"])
def test_vietnamese_syllables_keep_their_length(syllable):
    assert len(forms(syllable)[1]) == len(syllable)


def test_a_word_with_marks_means_its_marks():
    assert is_marked("chùa")
    assert is_marked("đ")
    assert not is_marked("chua")
    assert not is_marked("寺")


@given(st.text())
@example("0²")
def test_any_text_has_tokens_that_lie_in_it(text):
    composed = compose(text)
    for token in tokens(composed):
        assert 0 <= token.start < token.end <= len(composed)
        assert token.exact
        assert not set(token.exact + token.folded) & set(" \t\n")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]), max_size=60))
def test_indexing_and_highlighting_see_the_same_tokens(text):
    composed = compose(text)
    assert pairs(composed) == [(token.exact, token.folded) for token in tokens(composed)]
