"""Areas on the ellipsoid agree with a second road: an equal-area projection and a plane polygon."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon

from heritage.places.geometry import drawing, measuring


def by_equal_area(area):
    """m² by Lambert's azimuthal equal-area projection around the middle of `area` (Snyder, 1987, chapter 24)."""
    middle = area.centroid
    system = f"+proj=laea +lat_0={middle.y} +lon_0={middle.x} +ellps=WGS84"
    plane = Transformer.from_crs(4326, system, always_xy=True)
    return shapely.transform(area, plane.transform, interleaved=False).area


def ring(longitude, latitude, radius_m, corners, shift=0.0):
    metres = 111_320
    return [
        (
            longitude
            + radius_m * math.cos(shift + 2 * math.pi * k / corners) / metres / math.cos(math.radians(latitude)),
            latitude + radius_m * math.sin(shift + 2 * math.pi * k / corners) / metres,
        )
        for k in range(corners)
    ]


@settings(max_examples=40, deadline=None)
@given(
    longitude=st.floats(102.2, 117.5),
    latitude=st.floats(6.5, 23.3),
    radius=st.floats(5, 3000),
    corners=st.integers(3, 40),
    shift=st.floats(0, 6),
)
def test_areas_agree_with_an_equal_area_projection(longitude, latitude, radius, corners, shift):
    area = Polygon(ring(longitude, latitude, radius, corners, shift))
    assert measuring.area_m2(area) == pytest.approx(by_equal_area(area), rel=1e-5)


def test_holes_are_taken_off_and_turning_does_not_matter():
    outer, hole = ring(105.6, 21.9, 500, 12), ring(105.6, 21.9, 100, 8)
    with_hole = Polygon(outer, [hole])
    whole = measuring.area_m2(Polygon(outer)) - measuring.area_m2(Polygon(hole))
    assert measuring.area_m2(with_hole) == pytest.approx(whole)
    assert measuring.area_m2(Polygon(outer[::-1], [hole])) == pytest.approx(whole)
    assert measuring.area_m2(with_hole) == pytest.approx(by_equal_area(with_hole), rel=1e-5)


def test_several_parts_add_up():
    one, two = Polygon(ring(105.6, 21.9, 100, 5)), Polygon(ring(105.7, 21.9, 50, 5))
    both = MultiPolygon([one, two])
    assert measuring.area_m2(both) == pytest.approx(measuring.area_m2(one) + measuring.area_m2(two))


def test_a_plan_is_true_to_scale():
    square = Polygon(ring(105.6, 21.9, 100 * math.sqrt(2), 4, math.pi / 4))  # sides of 200 m
    plan = drawing.plan([(square, "I", "I")])
    xs = [float(pair.split(",")[0]) for pair in plan.outlines[0].path.strip("MZ").split("L")]
    assert (max(xs) - min(xs)) / plan.bar * plan.bar_m == pytest.approx(200, rel=0.01)
    assert drawing.plan([]) is None
