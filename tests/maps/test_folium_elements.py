"""Our parts are Folium elements: data in a strict page, a script of their own in any other map."""

import json

import folium
import pytest

from heritage.maps.folium_elements import (
    ArchipelagoLabels,
    ArchiveMap,
    AreaFigures,
    HeatLayer,
    HistoricalMaps,
    OfflineBasemap,
    PmtilesBasemap,
    RouteLayer,
    StyleBasemap,
    TileBasemap,
    ViewportMarks,
    WmtsBasemap,
)
from heritage.maps.folium_elements.archipelagos import LABELS

EXTENT = (7.2, 102.0, 23.5, 117.6)


def all_parts():
    return [
        OfflineBasemap("/land.json", "/provinces.json", "</script>", "Biển Đông"),
        TileBasemap("https://t.example/{z}/{x}/{y}.png", "</script>"),
        WmtsBasemap("https://t.example/{TileMatrix}/{TileRow}/{TileCol}?{Style}", "</script>", "<b>", style="day"),
        PmtilesBasemap("https://t.example/land.pmtiles", "</script>", engine="/engine.js"),
        StyleBasemap("https://t.example/style.json", "</script>", engine="/engine.js", worker="/worker.js"),
        HistoricalMaps("/historical.json", "</script>"),
        HeatLayer("/density.json"),
        AreaFigures("/figures.json", "/outlines.json", 1999, "slider"),
        ArchipelagoLabels(),
        ViewportMarks("/points.json", "/cluster.json"),
    ]


def test_in_a_strict_page_there_is_no_script_to_run():
    view = ArchiveMap('a "label" <b>', EXTENT)
    for part in all_parts():
        part.add_to(view)
    html = view.fragment()
    assert html.count("<script") == 1
    assert '<script type="application/json"' in html
    assert "</script>" not in html.split('<script type="application/json"')[1].removesuffix("</script>")
    assert "<b>" not in html
    assert "http" not in html.replace("https://t.example", "")


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% for x in y %}", "{# gone #}", "{{{ 7*7 }}}", "{{ this.get_root().x() }}"]
)
def test_a_text_is_never_run_as_a_template(text):
    stop = {"at": [21.6, 105.8], "name": text, "url": "/x/", "order": 1}
    strict = ArchiveMap(text, EXTENT, texts={"close": text})
    notebook = folium.Map((16, 107), zoom_start=5, tiles=None)
    for view in (strict, notebook):
        RouteLayer([[stop]]).add_to(view)
        OfflineBasemap("/land.json", "/provinces.json", text, text).add_to(view)
    assert strict.fragment().count(text) == 5  # label, word, stop, credit, sea
    assert notebook.get_root().render().count(text) == 2  # stop, credit


def test_a_part_that_needs_an_inline_script_is_refused_in_a_strict_page():
    view = ArchiveMap("label", EXTENT)
    folium.Marker((21, 105)).add_to(view)
    with pytest.raises(ValueError, match="inline script"):
        view.fragment()


def test_in_a_notebook_the_same_parts_draw_themselves():
    view = folium.Map((16, 107), zoom_start=5, tiles=None)
    for part in all_parts():
        part.add_to(view)
    html = view.get_root().render()
    for label in LABELS:
        assert json.dumps(label["text"]) in html
    assert "/points.json" in html
    assert "L.geoJSON" in html
    assert "https://t.example/{z}/{y}/{x}?day" in html
    assert all(address in html for address in ("/historical.json", "/density.json", "/figures.json"))
