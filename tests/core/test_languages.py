"""Texts stand side by side in two languages, addresses follow the language."""

from types import SimpleNamespace

from django.utils import translation

from heritage.core import languages

PAGODA = SimpleNamespace(name_vi="Chùa Hang", name_en="Hang Pagoda", note_vi="Ghi chú", note_en="")


def test_a_text_is_read_in_the_language_asked_for():
    assert languages.in_language(PAGODA, "name") == "Chùa Hang"
    with translation.override("en"):
        assert languages.in_language(PAGODA, "name") == "Hang Pagoda"
    assert languages.in_language(PAGODA, "note", "en") == "Ghi chú"


def test_a_pair_leaves_blanks_out():
    assert languages.pair(PAGODA, "name") == {"vi": "Chùa Hang", "en": "Hang Pagoda"}
    assert languages.pair(PAGODA, "note") == {"vi": "Ghi chú"}


def test_a_route_differs_by_language():
    route = languages.route("di-san/", en="heritage/")
    assert str(route) == "di-san/"
    with translation.override("en"):
        assert str(route) == "heritage/"
