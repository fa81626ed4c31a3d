"""What is near is near on the ellipsoid, everywhere on earth, and costs one query or two."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.maps import layers
from heritage.maps.marks import at
from heritage.maps.models import Mark
from heritage.maps.nearby import GEOD, nearest

ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
CORNERS = st.sampled_from(
    [(89.0, 179.999), (89.0, -1.0), (-89.99, 10.0), (90.0, 0.0), (0.0, 180.0), (21.6, -179.99), (21.594, 105.848)]
)


def scatter(count, latitude, longitude, spread, seed):
    """Marks around a point, wrapped over poles and antimeridian."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        lon, lat, _back = GEOD.fwd(longitude, latitude, chance.uniform(0, 360), spread * chance.random())
        slug = chance.choice(["lodging", "food", "monument"])
        mark = Mark(model="test", object_id=number, number=f"DD-{number:06d}", symbol=layers.symbol_of(slug))
        rows.append(at(mark, lat, lon))
    return Mark.objects.bulk_create(rows)


def brute_force(marks, latitude, longitude, slug, limit, radius):
    code = layers.BY_SLUG[slug].code
    measured = sorted(
        (GEOD.inv(longitude, latitude, mark.longitude, mark.latitude)[2], mark.number)
        for mark in marks
        if mark.layer == code
    )
    return [number for metres, number in measured if metres <= radius][:limit]


class Everywhere(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.one_of(ANYWHERE, CORNERS), st.sampled_from([500.0, 8000.0, 60_000.0]), st.integers(0, 9))
    def test_it_is_what_measuring_every_mark_would_find(self, point, spread, seed):
        marks = scatter(60, *point, spread, seed)
        radii = {"lodging": spread * 0.7, "food": spread * 1.5, "monument": spread * 0.2}
        found = nearest(*point, radii, 4, radii=radii)
        for slug, radius in radii.items():
            expected = brute_force(marks, *point, slug, 4, radius)
            assert [near.mark.number for near in found.get(slug, [])] == expected


@pytest.mark.django_db
def test_it_takes_two_queries_at_most_whatever_there_is(django_assert_max_num_queries):
    scatter(300, 21.594, 105.848, 9000, 1)
    with django_assert_max_num_queries(2):
        assert set(nearest(21.594, 105.848, ["lodging", "food", "monument"])) == {"lodging", "food", "monument"}


@pytest.mark.django_db
def test_the_page_s_own_number_is_left_out():
    scatter(5, 21.594, 105.848, 100, 1)
    found = nearest(21.594, 105.848, ["lodging", "food", "monument"], leave_out="DD-000000")
    assert "DD-000000" not in [near.mark.number for rows in found.values() for near in rows]


@pytest.mark.django_db
def test_nothing_asked_nothing_found(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nearest(21.594, 105.848, []) == {}
