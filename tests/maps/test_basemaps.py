"""Basemaps by setting: what is taken, what is refused and why, and which hosts a page may reach for them."""

import json

import pytest

from heritage.maps import basemaps
from heritage.settings import basemaps as reading

GOOD = [
    {"kind": "xyz", "url": "https://{s}.t.example/{z}/{x}/{y}.png", "name": {"vi": "Ảnh", "en": "Imagery"}},
    {"kind": "wmts", "url": "https://w.example/wmts?request=GetCapabilities", "layer": "nen"},
    {"kind": "pmtiles", "url": "/static/land.pmtiles"},
    {"kind": "style", "url": "https://v.example:8443/style.json", "hosts": ["https://fonts.example/x"]},
]


def test_each_kind_becomes_a_part_in_the_order_of_the_setting(settings):
    settings.MAP_BASEMAPS = GOOD
    parts = basemaps.parts()
    assert [part.kind for part in parts] == ["tiles", "wmts", "pmtiles", "style"]
    assert parts[0].spec()["name"] == "Ảnh"
    assert len({part.spec()["id"] for part in parts}) == 4
    assert parts[2].spec()["engine"].startswith("/static/build/maps/engine_pmtiles")
    assert basemaps.check() == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"kind": "wms", "url": "https://t.example"}, "kind"),
        ({"kind": "xyz", "url": "https://t.example/{z}.png"}, "{x}"),
        ({"kind": "style", "url": "javascript:alert(1)"}, "https://"),
        ({"kind": "wmts", "url": "https://t.example/wmts"}, "layer"),
        ({"kind": "pmtiles", "url": "/a.pmtiles", "max_zoom": "9"}, "max_zoom"),
        ("words", "kind"),
    ],
)
def test_an_entry_that_is_none_is_named_and_left_out(settings, entry, said):
    settings.MAP_BASEMAPS = [*GOOD, *reading.read(json.dumps([entry]))]
    assert len(basemaps.parts()) == 4
    assert said in basemaps.check()[0].msg


@pytest.mark.parametrize("text", ["{", "7", '"a"', "[1, null]"])
def test_a_setting_that_is_no_list_does_not_stop_the_site(settings, text):
    settings.MAP_BASEMAPS = reading.read(text)
    assert basemaps.parts() == []
    assert basemaps.check()


def test_only_origins_go_into_the_page_s_policy():
    assert reading.hosts(GOOD) == [
        "https://*.t.example",
        "https://fonts.example",
        "https://v.example:8443",
        "https://w.example",
    ]
    assert reading.hosts([{"url": "https://a.example; script-src *"}, {"url": "data:,x"}, {"url": 7}]) == []
