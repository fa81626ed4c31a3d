"""Names of units in lists, in sentences and in English."""

import unicodedata

import pytest

from heritage.places import naming


@pytest.mark.parametrize(
    ("official", "sentence", "english"),
    [
        ("Xã Ba Tri", "xã Ba Tri", "Ba Tri Commune"),
        ("Tỉnh Đắk Lắk", "tỉnh Đắk Lắk", "Dak Lak Province"),
        ("Thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh", "Ho Chi Minh City"),
        ("Quận 1", "quận 1", "District 1"),
        ("Thị xã Hương Thủy", "thị xã Hương Thủy", "Huong Thuy Town"),
        ("Đặc khu Côn Đảo", "đặc khu Côn Đảo", "Con Dao Special Zone"),
        ("Xã Ea H'Leo", "xã Ea H'Leo", "Ea H'Leo Commune"),
        ("Ba Tri", "Ba Tri", "Ba Tri"),
        ("xã Quận Sơn", "xã Quận Sơn", "Quan Son Commune"),
    ],
)
def test_names(official, sentence, english):
    assert naming.in_running_text(official) == sentence
    assert naming.in_english(official) == english
    assert naming.in_english(unicodedata.normalize("NFD", official)) == english


def test_a_kind_alone_is_a_name():
    assert naming.split_kind("Xã") == ("", "Xã")
