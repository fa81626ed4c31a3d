"""Colour and posture: whatever a scan's file says its pixels mean, what is served is upright sRGB or grey."""

import pytest
import pyvips

from heritage.iiif import processing, services
from heritage.iiif.models import Canvas
from tests.factories.iiif import DigitalObjectFactory

pytestmark = pytest.mark.django_db
SIDE = 128


def plain(*colour: float, format_: str = "uchar", meaning: str = "srgb") -> pyvips.Image:
    image = (pyvips.Image.black(SIDE, SIDE) + list(colour)).cast(format_)
    return image.copy(interpretation=meaning)


def served(path) -> tuple[Canvas, pyvips.Image]:
    canvas = services.ingest(path, DigitalObjectFactory()).canvases[0]
    return canvas, pyvips.Image.new_from_file(str(processing.pyramid_path(canvas)))


def colour(image: pyvips.Image, x: int = SIDE // 2, y: int = SIDE // 2) -> list[float]:
    return [round(value) for value in image.getpoint(x, y)]


def test_an_embedded_profile_is_converted_to_srgb(tmp_path):
    wide = plain(200, 40, 60).icc_transform("p3", input_profile="srgb")
    assert colour(wide) != [200, 40, 60]
    wide.write_to_file(str(tmp_path / "p3.png"))
    canvas, image = served(tmp_path / "p3.png")
    assert canvas.technical["has_profile"] is True
    assert colour(image) == pytest.approx([200, 40, 60], abs=5)
    assert not image.get_typeof("icc-profile-data")


def test_a_profile_of_other_pixels_is_left_aside(tmp_path):
    image = plain(200, 40, 60)
    profile = plain(1, 2, 3).icc_transform("cmyk", input_profile="srgb").get("icc-profile-data")
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    image.write_to_file(str(tmp_path / "wrong.tif"))
    assert colour(served(tmp_path / "wrong.tif")[1]) == pytest.approx([200, 40, 60], abs=5)


@pytest.mark.parametrize("has_profile", [True, False])
def test_cmyk_becomes_the_colour_that_was_printed(tmp_path, has_profile):
    inks = plain(180, 60, 50).icc_transform("cmyk", input_profile="srgb")
    path = tmp_path / "inks.tif"
    inks.tiffsave(str(path), keep="all" if has_profile else "none")
    image = served(path)[1]
    assert image.bands == 3
    assert colour(image) == pytest.approx([180, 60, 50], abs=14)


@pytest.mark.parametrize(
    ("values", "meaning", "expected"),
    [((51400, 10280, 15420), "rgb16", [200, 40, 60]), ((32896,), "grey16", [128])],
)
@pytest.mark.parametrize("suffix", ["tif", "png"])
def test_sixteen_bits_keep_their_tones(tmp_path, values, meaning, expected, suffix):
    path = tmp_path / f"deep.{suffix}"
    plain(*values, format_="ushort", meaning=meaning).write_to_file(str(path))
    image = served(path)[1]
    assert image.format == "uchar"
    assert colour(image) == pytest.approx(expected, abs=5)


def test_a_bilevel_fax_stays_black_on_white(tmp_path):
    half = pyvips.Image.black(SIDE, SIDE).draw_rect(255, 0, 0, SIDE // 2, SIDE, fill=True)
    path = tmp_path / "fax.tif"
    half.copy(interpretation="b-w").tiffsave(str(path), bitdepth=1, compression="ccittfax4")
    image = served(path)[1]
    assert (colour(image, 8), colour(image, SIDE - 8)) == ([255], [0])


def test_white_is_zero_is_turned(tmp_path):
    half = pyvips.Image.black(SIDE, SIDE).draw_rect(255, 0, 0, SIDE // 2, SIDE, fill=True)
    path = tmp_path / "miniswhite.tif"
    half.copy(interpretation="b-w").tiffsave(str(path), bitdepth=1, miniswhite=True)
    assert colour(served(path)[1], 8) == [255]


def test_grey_stays_grey(tmp_path):
    plain(90, meaning="b-w").write_to_file(str(tmp_path / "grey.jpg"))
    image = served(tmp_path / "grey.jpg")[1]
    assert (image.bands, colour(image)) == (1, [90])


@pytest.mark.parametrize("deep", [False, True])
def test_transparency_becomes_white(tmp_path, deep):
    factor = 257 if deep else 1
    kind = {"format_": "ushort", "meaning": "rgb16"} if deep else {}
    image = plain(*(value * factor for value in (200, 40, 60)), **kind)
    clear = ((pyvips.Image.xyz(SIDE, SIDE)[0] <= SIDE // 2) * factor).cast(image.format)
    image.bandjoin(clear).copy(interpretation=image.interpretation).write_to_file(str(tmp_path / "clear.png"))
    image = served(tmp_path / "clear.png")[1]
    assert image.bands == 3
    assert colour(image, 8) == pytest.approx([200, 40, 60], abs=5)
    assert colour(image, SIDE - 8) == [255, 255, 255]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_exif_rotated_photograph_stands_upright(tmp_path, orientation):
    upright = plain(250, 0, 0).insert(plain(0, 0, 250), SIDE, 0, expand=True)
    undone = {
        1: upright,
        2: upright.fliphor(),
        3: upright.rot180(),
        4: upright.flipver(),
        5: upright.rot90().fliphor(),
        6: upright.rot270(),
        7: upright.rot270().fliphor(),
        8: upright.rot90(),
    }[orientation].copy()
    undone.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    undone.jpegsave(str(tmp_path / "photo.jpg"), Q=95)
    canvas, image = served(tmp_path / "photo.jpg")
    assert (canvas.width, canvas.height) == (2 * SIDE, SIDE)
    assert colour(image, 10)[0] > 200
    assert colour(image, 2 * SIDE - 10)[2] > 200


@pytest.mark.parametrize("side", [16, 127, 128, 129])
def test_a_picture_of_any_small_size_can_be_read_back(tmp_path, client, side):
    path = tmp_path / "small.png"
    pyvips.Image.black(side, side).write_to_file(str(path))
    canvas = services.ingest(path, DigitalObjectFactory()).canvases[0]
    assert client.get(f"/iiif/3/{canvas.image_identifier}/full/8,/0/default.jpg").status_code == 200


def test_pixels_without_a_colour_are_refused_with_a_remedy(tmp_path):
    from django.utils import translation

    path = tmp_path / "heights.tif"
    plain(1.5, format_="float", meaning="multiband").tiffsave(str(path))
    with translation.override("en"), pytest.raises(services.RefusedError, match="Save it as 8 or 16 bit"):
        services.ingest(path, DigitalObjectFactory())
    assert not Canvas.objects.exists()
