"""Every request of Image API 3.0, section 4, resolves to whole pixels within image and limits, or says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.iiif.image_api.parameters import FORMATS, QUALITIES, Limits, ParameterError, parse

LIMITS = Limits(4000, 4000, 8_000_000)
IMAGE = (1300, 900)


def asked(region="full", size="max", rotation="0", quality="default", format_="jpg", image=IMAGE, limits=LIMITS):
    return parse(region, size, rotation, quality, format_, image, limits)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("full", (0, 0, 1300, 900)),
        ("square", (200, 0, 900, 900)),
        ("0,0,512,512", (0, 0, 512, 512)),
        ("1024,512,512,512", (1024, 512, 276, 388)),
        ("pct:50,50,50,50", (650, 450, 650, 450)),
        ("pct:0,0,200,100", (0, 0, 1300, 900)),
        ("pct:0,0,0.001,0.001", (0, 0, 1, 1)),
        ("1299,899,1,1", (1299, 899, 1, 1)),
    ],
)
def test_regions(region, expected):
    found = asked(region).region
    assert (found.x, found.y, found.width, found.height) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (1300, 900)),
        ("^max", (3399, 2353)),
        ("650,", (650, 450)),
        (",450", (650, 450)),
        ("650,450", (650, 450)),
        ("10,900", (10, 900)),
        ("pct:50", (650, 450)),
        ("!400,400", (400, 277)),
        ("!4000,400", (578, 400)),
        ("!4000,4000", (1300, 900)),
        ("^!2600,4000", (2600, 1800)),
        ("^2600,", (2600, 1800)),
        ("^pct:200", (2600, 1800)),
        ("^1300,", (1300, 900)),
        ("1,", (1, 1)),
    ],
)
def test_sizes(size, expected):
    found = asked(size=size)
    assert (found.width, found.height) == expected


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("region", "", "region"),
        ("region", "0,0,0,5", "no width or no height"),
        ("region", "pct:0,0,0,50", "no width or no height"),
        ("region", "1300,0,5,5", "outside the image"),
        ("region", "-1,0,5,5", "none of full"),
        ("region", "1,2,3", "none of full"),
        ("region", "1e3,0,5,5", "none of full"),
        ("region", "٣,0,5,5", "none of full"),
        ("region", "pct:nan,0,5,5", "none of full"),
        ("region", "9" * 5000 + ",0,1,1", "none of full"),
        ("size", "1301,", "larger than the region"),
        ("size", ",901", "larger than the region"),
        ("size", "pct:100.1", "enlarges"),
        ("size", "pct:0", "no pixel"),
        ("size", "0,", "no pixel"),
        ("size", "0,0", "no pixel"),
        ("size", ",", "none of max"),
        ("size", "!5,", "none of max"),
        ("size", "full", "none of max"),
        ("size", "^4001,", "over the limit"),
        ("size", "^3900,3900", "over the limit"),
        ("size", "999999999,999999999", "larger than the region"),
        ("size", "^pct:999999999", "over the limit"),
        ("rotation", "361", "no number from 0 to 360"),
        ("rotation", "-90", "no number from 0 to 360"),
        ("rotation", "!", "no number from 0 to 360"),
        ("rotation", "1e2", "no number from 0 to 360"),
        ("quality", "grey", "none of default"),
        ("format_", "jp2", "none of jpg"),
        ("format_", "", "none of jpg"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused_with_its_reason(field, value, reason):
    with pytest.raises(ParameterError, match=reason) as refused:
        asked(**{field: value})
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("parts", "canonical"),
    [
        (("full", "max", "0"), "full/max/0/default.jpg"),
        (("0,0,1300,900", "1300,", "0.0"), "full/max/0/default.jpg"),
        (("square", "450,", "360"), "200,0,900,900/450,450/0/default.jpg"),
        (("full", "^2600,", "!22.50"), "full/^2600,1800/!22.5/default.jpg"),
        (("pct:0,0,50,50", "pct:50", "90"), "0,0,650,450/325,225/90/default.jpg"),
    ],
)
def test_one_canonical_form(parts, canonical):
    assert asked(*parts).canonical == canonical


numbers = st.integers(0, 10**9).map(str) | st.decimals(0, 200, places=3, allow_nan=False).map(str)
regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.lists(st.integers(0, 5000).map(str), min_size=4, max_size=4).map(",".join),
    st.lists(numbers, min_size=4, max_size=4).map(lambda four: "pct:" + ",".join(four)),
    st.text(max_size=30),
)
sizes = st.one_of(
    st.sampled_from(["max", "^max"]),
    st.builds(
        lambda up, fit, w, h: f"{up}{fit}{w},{h}",
        st.sampled_from(["", "^"]),
        st.sampled_from(["", "!"]),
        st.integers(0, 10**5) | st.just(""),
        st.integers(0, 10**5) | st.just(""),
    ),
    numbers.map(lambda n: f"pct:{n}"),
    numbers.map(lambda n: f"^pct:{n}"),
    st.text(max_size=30),
)
rotations = st.builds(lambda mirror, n: mirror + n, st.sampled_from(["", "!"]), numbers) | st.text(max_size=10)
images = st.tuples(st.integers(1, 50_000), st.integers(1, 50_000))


@given(regions, sizes, rotations, st.sampled_from(QUALITIES), st.sampled_from(list(FORMATS)), images)
def test_any_request_is_within_image_and_limits_or_refused(region, size, rotation, quality, format_, image):
    try:
        found = parse(region, size, rotation, quality, format_, image, LIMITS)
    except ParameterError:
        return
    area = found.region
    assert area.x >= 0
    assert area.y >= 0
    assert 0 < area.width <= image[0] - area.x
    assert 0 < area.height <= image[1] - area.y
    assert LIMITS.admit(found.width, found.height)
    assert min(found.width, found.height) >= 1
    assert 0 <= found.degrees < 360
    if "^" not in size:
        assert found.width <= area.width
        assert found.height <= area.height
    again = parse(*found.canonical.rsplit(".", 1)[0].split("/"), format_, image, LIMITS)
    assert again == found
