"""Historical maps: laid where their control points say, shown to those who may see the scan, on every road."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heritage.iiif.models import Access, Audience, Canvas, ControlPoint
from heritage.maps import historical
from heritage.maps.models import ThematicMap
from tests.factories.iiif import DigitalObjectFactory

POINTS = [(0, 0, 105.7, 21.7), (4000, 0, 105.9, 21.7), (4000, 3000, 105.9, 21.55), (0, 3000, 105.7, 21.55)]
AT = "/vi/ban-do/ban-do-xua.json"


@pytest.fixture
def sheet(db):
    holder = DigitalObjectFactory(access=Access.OPEN, label_vi="Bản đồ </script> mẫu", label_en="")
    canvas = Canvas.objects.create(
        digital_object=holder,
        image_identifier="BDX.1",
        pyramid="x.tif",
        width=4000,
        height=3000,
        version="1",
        state="ready",
    )
    ControlPoint.objects.bulk_create(
        ControlPoint(canvas=canvas, order=order, x=x, y=y, longitude=longitude, latitude=latitude)
        for order, (x, y, longitude, latitude) in enumerate(POINTS)
    )
    return canvas


@given(st.floats(0.00001, 0.001), st.floats(-math.pi, math.pi), st.floats(-170, 170), st.floats(-70, 70), st.booleans())
@settings(max_examples=40)
def test_any_turned_scaled_or_mirrored_sheet_is_found_again(scale, angle, longitude, latitude, is_mirrored):
    x0, y0 = historical._plane(longitude, latitude)
    size, cos, sin = scale * 1e-3, math.cos(angle), math.sin(angle) * (-1 if is_mirrored else 1)
    matrix = (size * cos, size * math.sin(angle), -size * sin, size * cos * (-1 if is_mirrored else 1), x0, y0)
    if abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) < 0.1 * size * size:
        return
    a, b, c, d, e, f = matrix
    points = tuple(
        (x, y, *historical._degrees(a * x + c * y + e, b * x + d * y + f)) for x, y in [(0, 0), (900, 50), (30, 700)]
    )
    found = historical.fit(points)
    assert found is not None
    assert found[1] < 1
    assert found[0][:4] == pytest.approx(matrix[:4], rel=1e-3, abs=size * 1e-3)


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0, 105, 21), (10, 10, 106, 22), (20, 20, 107, 23)],
        [(0, 0, 105, 21), (10, 0, 105, 21), (0, 10, 105, 21)],
        [(0, 0, 105, 21), (10, 0, 106, 21)],
    ],
)
def test_points_on_a_line_or_too_few_lay_no_map(points):
    assert historical.fit(tuple(points)) is None


def test_a_view_gets_the_sheets_that_reach_into_it_by_one_query(client, sheet, django_assert_num_queries):
    inside = "105.80,21.60,105.81,21.61"  # between the control points
    with django_assert_num_queries(1):
        maps = client.get(AT, {"bbox": inside}).json()["maps"]
    assert [one["id"] for one in maps] == ["BDX.1"]
    assert maps[0]["service"] == "/iiif/3/BDX.1"
    assert maps[0]["box"] == pytest.approx([21.55, 105.7, 21.7, 105.9], abs=0.002)
    assert client.get(AT, {"bbox": "107,16,108,17"}).json()["maps"] == []
    assert client.get(AT, {"bbox": "nan,1,2,3"}).status_code == 400
    assert client.get(AT, {"ids": "BDX.1,%00,nichts"}).json()["maps"] == maps


@pytest.mark.parametrize(
    ("access", "audience", "service"),
    [
        (Access.OPEN, Audience.REDUCED, "/iiif/3/BDX.1-reduced"),
        (Access.OPEN, Audience.STAFF, None),
        (Access.OPEN, Audience.ON_SITE, None),
        (Access.STAFF, Audience.FULL, None),
        (Access.CLOSED, Audience.FULL, None),
    ],
)
def test_rights_hold_by_view_and_by_name(client, sheet, access, audience, service):
    type(sheet.digital_object).objects.filter(pk=sheet.digital_object_id).update(access=access, audience=audience)
    for query in ({"bbox": "105,21,106,22"}, {"ids": "BDX.1"}):
        assert [one["service"] for one in client.get(AT, query).json()["maps"]] == ([service] if service else [])
    assert bool(historical.choices()) == bool(service)


def test_a_thematic_map_names_its_sheets_in_page_and_frame(client, sheet):
    ThematicMap.objects.create(slug="xua", title_vi="Xưa", overlays=["BDX.1"], live=True)
    for path in ("/vi/ban-do/chuyen-de/xua/", "/vi/ban-do/nhung/xua/"):
        html = client.get(path).content.decode()
        assert '"kind": "historical"' in html
        assert '"only": "BDX.1"' in html
