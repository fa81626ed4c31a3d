"""What is no area, or none that can be a zone, is refused with its reason and its place."""

import contextlib
import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from heritage.places import fields
from heritage.places.geometry import checking, shapes

SQUARE = [[105.60, 21.90], [105.61, 21.90], [105.61, 21.91], [105.60, 21.91], [105.60, 21.90]]
BOW = [[105.60, 21.90], [105.61, 21.91], [105.61, 21.90], [105.60, 21.91], [105.60, 21.90]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def codes(geometry, **near):
    return [problem.code for problem in checking.problems(shapes.read(geometry), **near)]


def test_a_sound_area_has_no_problem():
    assert codes(polygon(SQUARE), near=(105.605, 21.905)) == []
    assert codes({"type": "MultiPolygon", "coordinates": [[SQUARE]]}) == []


def test_a_crossing_is_named_with_its_place():
    (problem,) = checking.problems(shapes.read(polygon(BOW)))
    assert problem.code == "crossed"
    assert problem.at == pytest.approx((105.605, 21.905))
    assert "21.905000, 105.605000" in problem.message


def test_swapped_coordinates_are_said_to_be_swapped():
    (problem,) = checking.problems(shapes.read(polygon([[y, x] for x, y in SQUARE])))
    assert problem.code == "swapped"
    assert problem.at == (105.60, 21.90)


def test_metres_are_said_to_be_metres():
    metres = [[412345, 2402123], [412445, 2402123], [412445, 2402223]]
    assert codes(polygon(metres)) == ["metres"]


def test_other_countries_and_far_away_are_refused():
    assert codes(polygon([[2.0, 48.0], [2.1, 48.0], [2.1, 48.1]])) == ["outside"]
    (problem,) = checking.problems(shapes.read(polygon(SQUARE)), near=(107.6, 16.4))
    assert problem.code == "far"
    assert "643,7" in problem.message
    assert codes(polygon(SQUARE), near=(105.68, 21.90)) == []
    assert codes(polygon(SQUARE), near=(105.75, 21.90)) == ["far"]
    assert codes(polygon(SQUARE), near=(105.75, 21.90), accuracy_m=10_000) == []


def test_hoang_sa_and_truong_sa_lie_in_viet_nam():
    for x, y in [(112.1, 16.5), (114.4, 9.7)]:
        assert codes(polygon([[x, y], [x + 0.01, y], [x, y + 0.01]])) == []


def test_slivers_and_provinces_are_no_zones():
    assert codes(polygon([[105.6, 21.9], [105.7, 21.9], [105.6500000001, 21.9]])) in (
        ["small"],
        ["crossed"],
        ["invalid"],
    )
    assert codes(polygon([[103, 20], [105, 20], [105, 22], [103, 22]])) == ["large"]


def test_a_hole_outside_is_refused():
    hole = [[105.70, 21.90], [105.71, 21.90], [105.71, 21.91]]
    assert codes(polygon(SQUARE, hole)) == ["hole"]


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        "Polygon",
        {},
        {"type": "Point", "coordinates": [105, 21]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[105, 21], [105, 21], [105, 21]]]},
        {"type": "Polygon", "coordinates": [[["105", "21"], [106, 21], [106, 22]]]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 21], [106, 21], [106, 22]]]},
        {"type": "Polygon", "coordinates": [[[float("inf"), 21], [106, 21], [106, 22]]]},
        {"type": "Polygon", "coordinates": [[[True, 21], [106, 21], [106, 22]]]},
        {"type": "Polygon", "coordinates": [[[105.0 + n / 1e6, 21] for n in range(shapes.MOST_POINTS + 1)]]},
        {"type": "Feature", "geometry": None},
        {"type": "FeatureCollection", "features": "x"},
    ],
)
def test_what_is_no_area(geometry):
    with pytest.raises(shapes.BadGeometryError):
        shapes.read(geometry)


@settings(max_examples=50, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["type", "coordinates", "features", "geometry", "x"]), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_anything_is_read_or_refused(value):
    with contextlib.suppress(shapes.BadGeometryError):
        checking.problems(shapes.read(value))


def test_what_is_written_is_read_again_and_turned_right():
    area = shapes.read(polygon(SQUARE[::-1]))
    written = shapes.write(area)
    assert written["coordinates"][0] != SQUARE[::-1]
    assert shapes.read(json.loads(json.dumps(written))).equals(area)


def test_a_form_field_keeps_what_was_typed_and_says_why():
    field = fields.GeometryFormField(required=False)
    assert field.clean("") is None
    assert field.clean(json.dumps(polygon(SQUARE)))["type"] == "Polygon"
    for text, code in [("{", "format"), ("[" * 100_000, "format"), (json.dumps(polygon(BOW)), "crossed")]:
        with pytest.raises(ValidationError) as refused:
            field.clean(text)
        assert [error.code for error in refused.value.error_list] == [code]
