"""Vietnamese text compares without its marks, and sorts as dictionaries do."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from heritage.core.folding import fold, slug, sort_key


def test_marks_case_and_spaces_do_not_matter():
    assert fold("  Điện   Hòn Chén ") == "dien hon chen"


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_slug_is_an_address():
    assert slug("Đền thờ Tiến sĩ Đỗ Cận (2014)") == "den-tho-tien-si-do-can-2014"


def test_names_sort_by_syllable_with_d_before_dd_and_tone_last():
    names = ["Đền Đuổm", "Dương Long", "Chùa Keo", "Chùa Hang", "Chua", "Ân", "An", "Áo", "Ăn"]
    assert sorted(names, key=sort_key) == [
        "An",
        "Áo",
        "Ăn",
        "Ân",
        "Chua",
        "Chùa Hang",
        "Chùa Keo",
        "Dương Long",
        "Đền Đuổm",
    ]
