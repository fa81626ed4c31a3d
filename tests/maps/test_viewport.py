"""The map's answer for a box: every mark once, by one query, and a clear word for a box that is none."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.maps import grid, pyramid, viewport
from tests.factories.maps import PlaceFactory
from tests.maps.test_nearby import scatter


def ask(query):
    return viewport.features(viewport.parse(QueryDict(query)))


def total(features):
    return sum(feature["properties"].get("count", 1) for feature in features)


class EveryZoom(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(st.integers(0, 18), st.integers(0, 99))
    def test_marks_and_clusters_add_up_to_all(self, zoom, seed):
        scatter(80, 21.594, 105.848, 3000, seed)
        pyramid.recount()
        # A box a little wider than the marks; its edge cells are taken in whole.
        assert total(ask(f"bbox=105.8,21.55,105.9,21.65&zoom={zoom}")) == 80


@pytest.mark.django_db
@pytest.mark.parametrize("zoom", [0, 5, 12, 13, 14, 18])
def test_a_lone_mark_is_itself_at_every_zoom(zoom, django_assert_num_queries):
    place = PlaceFactory(name_vi="Nhà nghỉ </script> {{ 7 }} `x`")
    pyramid.rebuild()
    with django_assert_num_queries(1):
        features = ask(f"bbox=105.8,21.5,105.9,21.7&zoom={zoom}")
    assert [f["properties"]["number"] for f in features] == [place.number]
    assert features[0]["properties"]["name"]["vi"] == "Nhà nghỉ </script> {{ 7 }} `x`"
    assert features[0]["geometry"]["coordinates"] == [105.848, 21.594]


@pytest.mark.django_db
def test_the_world_is_one_query_and_a_bounded_answer(django_assert_num_queries):
    scatter(200, 16.0, 107.0, 600_000, 3)
    pyramid.recount()
    with django_assert_num_queries(1):
        features = ask("bbox=-180,-90,180,90&zoom=18")
    assert total(features) == 200
    assert len(features) <= viewport.MAX_CELLS


@pytest.mark.django_db
def test_across_the_antimeridian():
    scatter(40, -17.0, 180.0, 50_000, 3)
    pyramid.recount()
    for zoom in (6, 16):
        assert total(ask(f"bbox=178.5,-18,-178.5,-16&zoom={zoom}")) == 40
        assert total(ask(f"bbox=178.5,-18,181.5,-16&zoom={zoom}")) == 40


@pytest.mark.django_db
def test_layers_narrow_the_answer():
    PlaceFactory(kind="food")
    PlaceFactory(kind="lodging")
    pyramid.rebuild()
    assert total(ask("bbox=105,21,106,22&zoom=9")) == 2
    assert total(ask("bbox=105,21,106,22&zoom=9&layers=food")) == 1
    assert total(ask("bbox=105,21,106,22&zoom=9&layers=food,lodging&ranks=national")) == 2
    assert total(ask("bbox=105,21,106,22&zoom=9&layers=monument")) == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "bbox"),
        ("bbox=nan,0,1,1&zoom=4", "bbox"),
        ("bbox=0,0,inf,1&zoom=4", "bbox"),
        ("bbox=1,2,3&zoom=4", "bbox"),
        ("bbox=105,22,106,21&zoom=4", "bbox"),
        ("bbox=105,21,106,95&zoom=4", "bbox"),
        ("bbox=105;DROP,21,106,22&zoom=4", "bbox"),
        ("bbox=105,21,106,22", "zoom"),
        ("bbox=105,21,106,22&zoom=-1", "zoom"),
        ("bbox=105,21,106,22&zoom=²", "zoom"),
    ],
)
def test_a_box_that_is_none_is_named(query, field):
    with pytest.raises(viewport.BadViewport) as caught:
        viewport.parse(QueryDict(query))
    assert caught.value.field == field


@pytest.mark.django_db
def test_members_of_a_cluster():
    scatter(70, 21.594, 105.848, 300, 3)
    cell = f"9/{grid.column_of(105.848, 9)}/{grid.row_of(21.594, 9)}"
    found, count = viewport.members(cell, viewport.parse(QueryDict("bbox=0,0,1,1&zoom=1")).symbols)
    assert len(found) == viewport.MEMBERS
    assert count == 70


@pytest.mark.parametrize("cell", ["", "1/2", "a/b/c", "99/1/1", "1/9/9", "-1/0/0", "²/1/1"])
def test_a_cell_that_is_none_is_refused(cell):
    with pytest.raises(viewport.BadViewport):
        viewport.members(cell, ())


@given(st.floats(-85, 85), st.floats(-180, 180), st.integers(0, 18))
def test_a_cell_holds_its_point_and_lies_in_its_parent(latitude, longitude, zoom):
    row, column = grid.row_of(latitude, zoom), grid.column_of(longitude, zoom)
    south, west, north, east = grid.bounds(zoom, row, column)
    assert south - 1e-9 <= latitude <= north + 1e-9
    assert west - 1e-9 <= longitude <= east + 1e-9
    shift = grid.BASE_ZOOM - zoom
    assert (row, column) == (grid.row_of(latitude) >> shift, grid.column_of(longitude) >> shift)
