"""Thematic maps: drawn or loaded shapes, page, frames, oEmbed, paper; both archipelagos on all of them."""

import io
import json
import re

import pypdfium2
import pytest
import segno
import zxingcpp
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from heritage.accounts.models import User
from heritage.maps import geofiles, pyramid
from heritage.maps.figures import Area
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.maps.historical import HistoricalMap
from heritage.maps.models import Itinerary, ItineraryStop, ThematicMap
from heritage.maps.printing import sheet, surfaces
from heritage.maps.printing.under import ShadedAreas, Under
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x`"
GPX = f"""<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x">
<wpt lat="21.6" lon="105.8"><name>{NASTY.replace("<", "&lt;")}</name></wpt>
<trk><name>Đường mòn</name><trkseg><trkpt lat="21.6" lon="105.8"/>
<trkpt lat="21.7" lon="105.9"/></trkseg></trk></gpx>"""
KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Vùng</name><Polygon><outerBoundaryIs>
<LinearRing><coordinates>105,21,0 106,21,0 106,22,0 105,21,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Document></kml>"""


@pytest.fixture
def thematic():
    PlaceFactory(name_vi="Quán (mẫu)", kind="food")
    PlaceFactory(name_vi="Nhà nghỉ (mẫu)", latitude=21.7)
    pyramid.rebuild()
    shapes = {"type": "FeatureCollection", "features": geofiles.read("a.gpx", GPX.encode())}
    one = ThematicMap(slug="ca-phe", title_vi=NASTY, layers=["food"], latitude=21.6, longitude=105.8, zoom=11)
    one.shapes = shapes
    one.full_clean()
    one.save()
    return one


def spec_of(html):
    return json.loads(re.search(r'<script type="application/json" id="[^"]+-spec">(.*?)</script>', html, re.DOTALL)[1])


def test_a_track_is_loaded_not_redrawn():
    assert [one["geometry"]["type"] for one in geofiles.read("a.gpx", GPX.encode())] == ["Point", "LineString"]
    area = geofiles.read("a.KML", KML.encode())[0]
    assert (area["properties"]["name_vi"], area["geometry"]["coordinates"][0][1]) == ("Vùng", [106.0, 21.0])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.gpx", b"<gpx"),
        ("a.doc", b""),
        ("a.json", b"[]"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,2]}}'),
        ("a.json", b'{"type":"Feature","geometry":{"type":"Point","coordinates":[21,190]}}'),
        ("a.json", b'{"type":"Feature","geometry":{"type":"Circle"}}'),
        ("a.kml", b"x" * (geofiles.LARGEST + 1)),
        ("a.gpx", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><gpx><wpt lat="&e;" lon="1"/></gpx>'),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(name, content):
    with pytest.raises(geofiles.BadGeometry, match=r"\w{3}"):
        geofiles.read(name, content)


@given(
    st.recursive(
        st.none() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["type", "features", "geometry", "coordinates", "properties"]), inner)
        ),
    )
)
@settings(max_examples=40)
def test_any_json_is_cleaned_or_refused(document):
    try:
        found = geofiles.cleaned(document)
    except geofiles.BadGeometry:
        return
    assert geofiles.cleaned(found) == found


def test_the_page_escapes_what_staff_wrote_and_names_both_archipelagos(client, thematic, django_assert_max_num_queries):
    client.get(thematic.get_absolute_url())
    with django_assert_max_num_queries(4):
        html = client.get(thematic.get_absolute_url()).content.decode()
    assert "<img src=x" not in html
    parts = {part["kind"]: part for part in spec_of(html)["parts"]}
    assert parts["archipelagos"]["labels"] == LABELS
    assert parts["marks"]["onlyLayers"] == "food"
    assert len(parts["shapes"]["features"]) == 2


def test_every_site_may_frame_the_bare_map_and_no_other_page(client, thematic):
    answer = client.get(reverse("map_embed", args=[thematic.slug]))
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert spec_of(answer.content.decode())["parts"][1]["labels"] == LABELS
    assert "frame-ancestors 'self'" in client.get(thematic.get_absolute_url())["Content-Security-Policy"]


def test_oembed_answers_for_this_site_s_maps_only(client, thematic, settings):
    url = f"{settings.BASE_URL}{thematic.get_absolute_url()}"
    answer = client.get("/oembed", {"url": url, "maxwidth": "300"}).json()
    assert (answer["type"], answer["width"]) == ("rich", 300)
    assert "<img src=x" not in answer["html"]
    assert b"<oembed>" in client.get("/oembed", {"url": url, "format": "xml"}).content
    assert client.get("/oembed", {"url": url, "format": "php"}).status_code == 501
    for other in (
        "",
        "https://elsewhere.example/vi/",
        f"{settings.BASE_URL}/vi/",
        f"{settings.BASE_URL}/vi/dia-diem/DD-999999/",
        f"{settings.BASE_URL}.evil.example/x",
    ):
        assert client.get("/oembed", {"url": other}).status_code == 404


def test_every_kind_of_map_may_be_framed_told_by_oembed_and_names_both_archipelagos(client, thematic, settings):
    place = PlaceFactory(name_vi=NASTY, latitude=21.62)
    pyramid.rebuild()
    itinerary = Itinerary.objects.create(slug="mot-ngay", title_vi="Một ngày (mẫu)")
    ItineraryStop.objects.create(itinerary=itinerary, place=place)
    for page, words in (
        (f"/vi/ban-do/?at=21.6,105.8,11&layers=food,{NASTY}", "layers=food&quot;"),
        (itinerary.get_absolute_url(), "itinerary=mot-ngay"),
        (place.get_absolute_url(), f"site={place.number}"),
    ):
        told = client.get("/oembed", {"url": f"{settings.BASE_URL}{page}"}).json()
        address = re.search(r'src="[^"]*?(/vi/[^"]*)"', told["html"])[1].replace("&amp;", "&")
        assert words.removesuffix("&quot;") in address
        answer = client.get(address)
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "<img src=x" not in answer.content.decode() + told["html"]
        labels = [
            part["labels"] for part in spec_of(answer.content.decode())["parts"] if part["kind"] == "archipelagos"
        ]
        assert labels == [LABELS]
    code = client.get(f"/vi/ban-do/nhung/ma/?itinerary={itinerary.slug}").content.decode()
    assert "&lt;iframe src=" in code
    assert client.get("/vi/ban-do/nhung/?site=DD-999999").status_code == 404
    view = client.get(
        "/oembed", {"url": f"{settings.BASE_URL}/vi/ban-do/?at=21.6,105.8,11&heat=1&base=b1&old=x:30"}
    ).json()
    assert 'nhung/?at=21.6,105.8,11&amp;heat=1&amp;base=b1"' in view["html"]
    framed = spec_of(client.get("/vi/ban-do/nhung/?heat=1&base=%3C").content.decode())
    assert [part["on"] for part in framed["parts"] if part["kind"] == "heat"] == [True]


class Spy:
    """A surface that notes the texts drawn on it."""

    def __init__(self, *_size):
        self.texts = []

    def __getattr__(self, name):
        return lambda *args, **kwargs: None

    def text(self, x, y, text, *args, **kwargs):
        self.texts.append(text)

    def done(self):
        return "\n".join(self.texts)


@pytest.mark.parametrize("zoom", range(4, 13))
def test_both_archipelagos_are_on_paper_at_every_zoom(monkeypatch, zoom):
    monkeypatch.setitem(sheet.SURFACES, "pdf", Spy)
    text = sheet.draw(sheet.Sheet("Bản đồ", 21.6, 105.8, zoom, "https://x.example/"), "pdf").replace("\n(", " (")
    assert all(label["text"] in text for label in LABELS)
    assert re.search(r"\d+ (km|m) · 1:", text)


@pytest.mark.parametrize("zoom", range(4, 13))
def test_with_figures_density_and_an_old_map_the_paper_keeps_scale_north_legend_and_both_names(monkeypatch, zoom):
    monkeypatch.setitem(sheet.SURFACES, "pdf", Spy)
    monkeypatch.setattr("heritage.maps.printing.under._picture", lambda _one: Image.new("RGB", (4, 4)))
    PlaceFactory()
    pyramid.rebuild()
    square = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]]]}
    shaded = ShadedAreas(
        [(Area("1", "Mẫu", (21.61, 105.81), square), 12), (Area("2", "B", (21.6, 105.8)), 3)], [1, 5, 10], 12
    )
    old = HistoricalMap("X.1", 100, 100, "X", "Bản đồ xưa", "", "", "", False, (1e-6, 0, 0, 1e-6, 0.79, 0.44), 3, 0.0)
    asked = sheet.Sheet("Bản đồ", 21.6, 105.8, zoom, "https://x.example/", under=Under(shaded, True, [(old, 0.5)]))
    text = sheet.draw(asked, "pdf").replace("\n(", " (")
    assert all(label["text"] in text for label in LABELS)
    assert re.search(r"\d+ (km|m) · 1:", text)
    assert {"N", "B"} & {*text.splitlines()}  # north
    assert {"12", "3", "1–4", "5–9", "10–12", "Bản đồ xưa"} <= {*text.splitlines()}


@pytest.mark.front_end
def test_what_the_address_lays_under_the_marks_is_on_paper_in_both_formats(client, thematic):
    plain = client.get("/vi/ban-do/in.png?at=21.6,105.8,8").content
    PlaceFactory()
    pyramid.rebuild()
    heat = client.get("/vi/ban-do/in.png?at=21.6,105.8,8&heat=1&layers=service")
    assert Image.open(io.BytesIO(heat.content), formats=["PNG"]).size == (1754, 1240)
    for url in ("/vi/ban-do/in.pdf?figures=province&year=1990", "/vi/ban-do/in.pdf?heat=1&old=none:70,x:zz"):
        assert client.get(url).content.startswith(b"%PDF-")
    figures = client.get("/vi/ban-do/in.png?figures=province&measure=designated").content
    assert len({plain, heat.content, figures}) == 3
    assert client.get("/vi/ban-do/in.pdf?figures=province&measure=condition").status_code == 404


@pytest.mark.front_end
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_picture_lies_where_its_corners_are_and_lets_through_as_much_as_is_asked(kind):
    surface = sheet.SURFACES[kind](100, 80, "x")
    surface.picture(Image.new("RGB", (20, 10), "#000000"), [(20, 20), (60, 20), (20, 40)], 0.5)
    data = surface.done()
    if kind == "pdf":
        assert data.startswith(b"%PDF-")
        return
    drawn = Image.open(io.BytesIO(data), formats=["PNG"])
    at = drawn.width / 100
    assert 120 <= drawn.getpixel((round(40 * at), round(30 * at)))[0] <= 135
    assert drawn.getpixel((round(40 * at), round(45 * at))) == (255, 255, 255)
    assert drawn.getpixel((round(15 * at), round(30 * at))) == (255, 255, 255)


@pytest.mark.front_end
@pytest.mark.parametrize(("size", "pixels"), [("A4", (1754, 1240)), ("A3", (2480, 1754))])
def test_paper_as_pdf_and_png(client, thematic, size, pixels):
    url = reverse("thematic_print", args=[thematic.slug, "pdf"])
    assert client.get(url, {"size": size}).content.startswith(b"%PDF-")
    answer = client.get(url.replace(".pdf", ".png"), {"size": size})
    assert Image.open(io.BytesIO(answer.content), formats=["PNG"]).size == pixels
    assert client.get(url.replace(".pdf", ".exe")).status_code == 404


@pytest.mark.front_end
def test_the_tourism_map_prints_the_view_of_its_address(client, thematic):
    answer = client.get("/vi/ban-do/in.pdf?at=21.6,105.8,13&layers=food,zzz")
    [page] = pypdfium2.PdfDocument(answer.content)
    [code] = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert code.text.endswith("/vi/ban-do/?at=21.60000,105.80000,13&layers=food")
    assert client.get("/vi/ban-do/in.png?at=nan,1,2&size=A0").status_code == 200
    assert surfaces.font_path(True).exists()


def test_a_code_leads_to_the_same_view(client, thematic, monkeypatch):
    led = []
    made = segno.make_qr
    monkeypatch.setattr(
        "heritage.maps.views.printing.segno.make_qr", lambda to, **how: led.append(to) or made(to, **how)
    )
    assert b"<svg" in client.get("/vi/ban-do/ma.svg?at=21.6,105.8,13&layers=food").content
    assert b"<svg" in client.get(f"/vi/ban-do/ma.svg?map={thematic.slug}").content
    assert [to.partition("/vi/")[2] for to in led] == [
        "ban-do/?at=21.6,105.8,13&layers=food",
        "ban-do/chuyen-de/ca-phe/",
    ]
    client.get("/vi/ban-do/ma.svg?heat=1&now=1&open=TN01&base=b2&old=khong-co:40&at=21.6,105.8,13&x=1")
    assert led[-1].endswith("?at=21.6,105.8,13&now=1&open=TN01&base=b2&heat=1")
    client.get("/vi/ban-do/ma.svg?now=yes&open=%3Cb%3E&base=x")
    assert led[-1].endswith("/vi/ban-do/?")
    client.get(f"/vi/ban-do/ma.svg?map={thematic.slug}&at=21.654321,105.87654,14")
    assert led[-1].endswith("ca-phe/?at=21.65432,105.87654,14")
    shown = client.get(f"/vi/ban-do/chuyen-de/{thematic.slug}/?at=21.65432,105.87654,14").content.decode()
    assert spec_of(shown)["start"] == {"center": [21.65432, 105.87654], "zoom": 14}
    assert client.get("/vi/ban-do/ma.svg?map=khong-co").status_code == 404


@pytest.mark.front_end
def test_a_legend_that_does_not_fit_says_how_much_is_left_out(client, thematic):
    def legend():
        [page] = pypdfium2.PdfDocument(client.get(f"/vi/ban-do/chuyen-de/{thematic.slug}/in.pdf").content)
        return page.get_textpage().get_text_range()

    square = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 21]]]}
    thematic.layers = []
    for count, left_out in ((2, ""), (60, "và")):
        thematic.shapes = {"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": square, "properties": {"name_vi": f"Khu {one}", "colour": "red"}}
            for one in range(count)
        ]}  # fmt: skip
        thematic.save()
        assert "Khu 1" in legend()
        assert bool(re.search(r"và \d+ mục khác", legend())) == bool(left_out)
        assert ("Dịch vụ" in legend()) == (not left_out)


def test_a_view_without_longitude_is_refused():
    with pytest.raises(ValidationError, match=r"vĩ độ|latitude|Vĩ độ"):
        ThematicMap(slug="a", title_vi="a", latitude=2.0).clean()


def test_staff_build_one_and_load_a_track(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    url = reverse("wagtailsnippets_maps_thematicmap:add")
    assert "data-shapes-map" in client.get(url).content.decode()
    form = {"title_vi": "Đường mẫu", "slug": "duong-mau", "zoom": "8", "shapes": "{}", "layers": ["food"]}
    broken = client.post(url, {**form, "shapes_file": SimpleUploadedFile("a.gpx", b"<gpx")})
    assert broken.status_code == 200
    client.post(url, {**form, "shapes_file": SimpleUploadedFile("a.gpx", GPX.encode()), "action-publish": "yes"})
    one = ThematicMap.objects.get()
    assert (one.layers, len(one.features), one.live) == (["food"], 2, True)
