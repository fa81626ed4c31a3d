"""The Image API as a client meets it: pixels, headers, refusals and access."""

import io

import pytest
import pyvips
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from heritage.iiif import processing, services
from heritage.iiif.image_api import rendering, stored_tiles
from heritage.iiif.models import Access
from tests.factories.iiif import DigitalObjectFactory, image_file, picture

pytestmark = pytest.mark.django_db
BASE = "/iiif/3/TN01.1"


def pixels(response) -> pyvips.Image:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return pyvips.Image.new_from_buffer(body, "").copy_memory()


def stored(canvas, page=0) -> pyvips.Image:
    return pyvips.Image.tiffload(str(processing.pyramid_path(canvas)), page=page)


def difference(one: pyvips.Image, other: pyvips.Image) -> float:
    assert (one.width, one.height) == (other.width, other.height)
    return (one.cast("short") - other.cast("short")).abs().max()


@pytest.mark.parametrize(
    ("address", "page", "place"),
    [
        ("0,0,512,512/512,512", 0, (0, 0)),
        ("1024,512,512,512/512,", 0, (1024, 512)),
        ("1024,0,1024,1024/512,", 1, (512, 0)),
        ("0,0,2048,2048/pct:25", 2, (0, 0)),
    ],
)
def test_an_aligned_tile_is_the_stored_one_pixel_for_pixel(client, db, tmp_path, monkeypatch, address, page, place):
    canvas = services.ingest(image_file(tmp_path, "b.png", 2200, 2100), DigitalObjectFactory(identifier="B")).canvases[
        0
    ]
    monkeypatch.setattr(rendering, "render", None)
    response = client.get(f"/iiif/3/B.1/{address}/0/default.jpg")
    assert response["Content-Type"] == "image/jpeg"
    assert int(response["Content-Length"]) == len(response.content)
    assert difference(pixels(response), stored(canvas, page).crop(*place, 512, 512)) == 0


def test_a_spliced_tile_is_read_by_another_decoder_in_the_right_colours(client, scan):
    from PIL import Image

    response = client.get(f"{BASE}/512,0,512,512/512,512/0/default.jpg")
    opened = Image.open(io.BytesIO(response.content), formats=["JPEG"])
    assert (opened.mode, opened.size) == ("RGB", (512, 512))
    expected = picture()(768, 256)
    assert all(abs(a - b) < 6 for a, b in zip(opened.getpixel((256, 256)), expected, strict=True))


def test_an_edge_tile_is_cut_not_padded(client, scan):
    found = pixels(client.get(f"{BASE}/1024,512,512,512/276,388/0/default.jpg"))
    assert (found.width, found.height) == (276, 388)
    expected = stored(scan).crop(1024, 512, 276, 388)
    assert (found.cast("short") - expected.cast("short")).abs().avg() < 1


@given(
    st.integers(0, 1250),
    st.integers(0, 850),
    st.integers(1, 1300),
    st.integers(1, 900),
    st.sampled_from([0, 90, 180, 270]),
    st.booleans(),
)
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_region_and_quarter_turn_is_what_libvips_cuts(client, scan, x, y, width, height, degrees, mirrored):
    rotation = f"{'!' if mirrored else ''}{degrees}"
    found = pixels(client.get(f"{BASE}/{x},{y},{width},{height}/max/{rotation}/default.png"))
    expected = stored(scan).crop(x, y, min(width, 1300 - x), min(height, 900 - y))
    expected = expected.fliphor() if mirrored else expected
    assert difference(found, expected.rot(f"d{degrees}")) == 0


@pytest.mark.parametrize("size", ["650,450", "400,", ",100", "!200,200", "pct:37.5", "^2000,", "33,700", "1,1"])
def test_a_scaled_image_shows_the_same_picture(client, scan, size):
    found = pixels(client.get(f"{BASE}/full/{size}/0/default.png"))
    middle = found.resize(1, vscale=1)
    expected = picture()(
        (1300 * (found.width // 2 + 0.5)) / found.width, (900 * (found.height // 2 + 0.5)) / found.height
    )
    got = middle(found.width // 2, found.height // 2)
    assert all(abs(a - b) <= 6 for a, b in zip(got, expected, strict=True))


def test_any_rotation_keeps_the_whole_picture_with_clear_corners(client, scan):
    found = pixels(client.get(f"{BASE}/full/400,/45/default.png"))
    assert found.bands == 4
    assert found(2, 2)[3] == 0
    assert found(found.width // 2, found.height // 2)[3] == 255
    assert abs(found.width - (400 + 277) / 2**0.5) < 3
    white = pixels(client.get(f"{BASE}/full/400,/45/default.jpg"))
    assert min(white(2, 2)) > 250


@pytest.mark.parametrize(
    ("format_", "loader"),
    [("jpg", "jpeg"), ("png", "png"), ("webp", "webp"), ("gif", "gif"), ("tif", "tiff"), ("avif", "heif")],
)
def test_every_format_is_what_it_says(client, scan, format_, loader):
    response = client.get(f"{BASE}/full/200,/0/default.{format_}")
    assert getattr(pyvips.Image, f"{loader}load_buffer")(response.content).width == 200
    assert response["Content-Type"] == {"jpg": "image/jpeg", "tif": "image/tiff"}.get(format_, f"image/{format_}")


def test_qualities(client, scan):
    assert pixels(client.get(f"{BASE}/full/200,/0/gray.png")).bands == 1
    bitonal = pixels(client.get(f"{BASE}/full/200,/0/bitonal.png"))
    assert {bitonal.min(), bitonal.max()} == {0, 255}
    assert pixels(client.get(f"{BASE}/full/200,/30/bitonal.jpg")).width > 200
    assert pixels(client.get(f"{BASE}/full/200,/0/color.jpg")).bands == 3


def test_info_json(client, scan):
    response = client.get(f"{BASE}/info.json")
    info = response.json()
    assert info["id"] == "http://testserver/iiif/3/TN01.1"
    assert (info["width"], info["height"], info["profile"]) == (1300, 900, "level2")
    assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert {"width": 325, "height": 225} in info["sizes"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="profile"' in response["Link"]
    linked = client.get(f"{BASE}/info.json", headers={"accept": "application/ld+json"})
    assert linked["Content-Type"].startswith("application/ld+json;profile=")
    assert "Accept" in linked["Vary"]


def test_every_size_and_scale_factor_of_info_json_is_answered(client, scan):
    info = client.get(f"{BASE}/info.json").json()
    for size in info["sizes"]:
        found = pixels(client.get(f"{BASE}/full/{size['width']},{size['height']}/0/default.jpg"))
        assert (found.width, found.height) == (size["width"], size["height"])


def test_the_base_address_leads_to_info_json(client, scan):
    for address in (BASE, f"{BASE}/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (303, "http://testserver/iiif/3/TN01.1/info.json")


def test_an_image_is_conditional_and_names_its_canonical_address(client, scan):
    first = client.get(f"{BASE}/0,0,1300,900/pct:50/0.0/default.jpg")
    assert f'<http://testserver{BASE}/full/650,450/0/default.jpg>;rel="canonical"' in first["Link"]
    again = client.get(f"{BASE}/full/650,/0/default.jpg", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(f"{BASE}/full/650,/0/default.jpg")["Content-Length"] == first["Content-Length"]
    assert "immutable" in client.get(f"{BASE}/full/650,/0/default.jpg?v={scan.version}")["Cache-Control"]


def test_where_the_institution_wants_it_other_spellings_lead_to_the_canonical_one(client, scan, settings):
    settings.IIIF_CANONICAL_REDIRECT = True
    asked = client.get(f"{BASE}/0,0,1300,900/pct:50/0.0/default.jpg?v=1")
    assert (asked.status_code, asked["Location"]) == (302, f"http://testserver{BASE}/full/650,450/0/default.jpg?v=1")
    assert asked["Access-Control-Allow-Origin"] == "*"
    followed = client.get(asked["Location"])
    assert (followed.status_code, followed["Content-Type"]) == (200, "image/jpeg")
    assert client.get(f"{BASE}/full/9999999,/0/default.jpg").status_code == 400
    assert client.get(f"/iiif/2/{BASE[8:]}/full/650,/0/default.jpg").status_code == 200


def test_options_and_other_methods(client, scan):
    answer = client.options(f"{BASE}/info.json")
    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.post(f"{BASE}/info.json").status_code == 405


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/iiif/3/none/info.json", 404),
        ("/iiif/3/..%2F..%2Fetc%2Fpasswd/info.json", 404),
        ("/iiif/3/TN01.1%00/info.json", 404),
        (f"/iiif/3/{'x' * 500}/info.json", 404),
        (f"{BASE}/full/max/0", 404),
        (f"{BASE}/info.xml", 404),
        (f"{BASE}/full/full/0/default.jpg", 400),
        (f"{BASE}/full/max/0/default", 400),
        (f"{BASE}/full/^99999,/0/default.jpg", 400),
        (f"{BASE}/%27%20OR%201=1/max/0/default.jpg", 400),
    ],
)
def test_absurd_requests_get_a_reason(client, scan, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.content
    assert response["Access-Control-Allow-Origin"] == "*"


ROADS = ["info.json", "0,0,512,512/512,512/0/default.jpg", "full/200,/0/default.jpg", ""]


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("prefix", ["/iiif/3/", "/iiif/2/"])
def test_access_holds_on_every_road_after_the_caches_are_warm(client, scan, road, prefix):
    address = f"{prefix}TN01.1/{road}"
    assert client.get(address).status_code in (200, 303)
    services.set_access(scan.digital_object, Access.STAFF)
    refused = client.get(address)
    assert refused.status_code == 401
    assert "Cookie" in refused["WWW-Authenticate"]
    user = get_user_model().objects.create_user("reader", password="x")
    client.force_login(user)
    assert client.get(address).status_code == 403
    client.force_login(get_user_model().objects.create_superuser("head", "a@b.vn", "x"))
    allowed = client.get(address)
    assert allowed.status_code in (200, 303)
    assert "public" not in allowed.get("Cache-Control", "")
    services.set_access(scan.digital_object, Access.CLOSED)
    assert client.get(address).status_code == 404


def test_limits_hold_in_the_image_route(client, scan, settings):
    settings.IIIF_MAX_WIDTH = 600
    settings.IIIF_MAX_AREA = 100_000
    assert client.get(f"{BASE}/full/601,/0/default.jpg").status_code == 400
    assert client.get(f"{BASE}/full/600,/0/default.jpg").status_code == 400  # 600 x 415 is over the area
    found = pixels(client.get(f"{BASE}/full/max/0/default.jpg"))
    assert found.width * found.height <= 100_000


def test_version_2_speaks_its_own_words(client, scan):
    info = client.get("/iiif/2/TN01.1/info.json").json()
    assert info["@id"] == "http://testserver/iiif/2/TN01.1"
    assert info["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    assert pixels(client.get("/iiif/2/TN01.1/full/full/0/default.jpg")).width == 1300
    assert pixels(client.get("/iiif/2/TN01.1/full/2000,/0/default.jpg")).width == 2000


def test_a_tile_costs_one_query(client, scan, django_assert_num_queries):
    for road in ROADS:
        with django_assert_num_queries(1):
            client.get(f"{BASE}/{road}")


def test_a_grey_scan_has_grey_tiles(client, tmp_path):
    path = tmp_path / "grey.tif"
    picture()[0].copy(interpretation="b-w").tiffsave(str(path))
    services.ingest(path, DigitalObjectFactory(identifier="G"))
    found = pixels(client.get("/iiif/3/G.1/0,0,512,512/512,512/0/default.jpg"))
    assert found.bands == 1
    assert len(stored_tiles.levels.__wrapped__(next((tmp_path / "pyramids" / "G").iterdir()))) == 3


def test_an_image_smaller_than_a_tile(client, tmp_path):
    services.ingest(image_file(tmp_path, "s.png", 60, 40), DigitalObjectFactory(identifier="S"))
    info = client.get("/iiif/3/S.1/info.json").json()
    assert info["tiles"][0]["scaleFactors"] == [1]
    assert pixels(client.get("/iiif/3/S.1/full/max/0/default.jpg")).width == 60
