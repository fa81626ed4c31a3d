"""The counts on the map follow every edit, and are what a rebuild from nothing would make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.core import outbox
from heritage.maps import pyramid, services
from heritage.maps.models import Cluster, Mark, Place
from tests.factories.maps import PlaceFactory


def drain():
    outbox.drain(next(c for c in outbox.consumers() if c.name == "map"))


latitudes = st.floats(8.5, 23.3).map(lambda value: round(value, 2))
longitudes = st.floats(102.2, 117.0).map(lambda value: round(value, 2))
kinds = st.sampled_from(["lodging", "food", "service"])
steps = st.lists(st.tuples(st.integers(0, 5), kinds, latitudes, longitudes, st.booleans()), min_size=1, max_size=8)


class AnyEdits(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(steps)
    def test_after_any_edits_the_pyramid_is_what_a_full_rebuild_makes(self, edits):
        for which, kind, latitude, longitude, live in edits:
            place = Place.objects.order_by("pk")[which : which + 1].first() or PlaceFactory.build()
            place.kind, place.latitude, place.longitude, place.live = kind, latitude, longitude, live
            place.save()
            drain()
        assert pyramid.differences() == []
        kept = pyramid._snapshot(Cluster.objects.all())
        pyramid.rebuild()
        assert pyramid._snapshot(Cluster.objects.all()) == kept
        assert Mark.objects.count() == Place.objects.filter(live=True).count()


@pytest.mark.django_db
def test_a_place_leaves_the_map_when_withdrawn_and_comes_back():
    place = PlaceFactory()
    drain()
    assert Mark.objects.get().number == place.number
    services.withdraw(place, "Đã đóng cửa.")
    drain()
    assert not Mark.objects.exists()
    assert not Cluster.objects.exists()
    services.restore(place)
    drain()
    assert set(Cluster.objects.filter(zoom=0).values_list("symbol", "count")) == {(110, 1), (999, 1)}


@pytest.mark.django_db
def test_the_same_change_twice_counts_once():
    place = PlaceFactory()
    change = outbox.ChangedObject("maps.place", place.pk)
    pyramid.take_up([change])
    pyramid.take_up([change, change])
    assert set(Cluster.objects.filter(zoom=5).values_list("count", flat=True)) == {1}


@pytest.mark.django_db
def test_a_rebuild_forgets_what_is_gone_and_keeps_the_ids_of_what_stays():
    stays, goes = PlaceFactory(), PlaceFactory()
    pyramid.rebuild()
    before = Mark.objects.get(object_id=stays.pk).pk
    Place.objects.filter(pk=goes.pk).update(live=False)
    pyramid.rebuild()
    assert list(Mark.objects.values_list("pk", flat=True)) == [before]


@pytest.mark.django_db
def test_a_place_without_a_point_is_not_on_the_map():
    PlaceFactory(latitude=None, longitude=None)
    drain()
    assert not Mark.objects.exists()


@pytest.mark.django_db
def test_a_mark_carries_what_the_popup_shows():
    PlaceFactory(phone="0208 000 000", opening_hours="24/7")
    drain()
    mark = Mark.objects.get()
    assert (mark.phone, mark.opening_hours, mark.is_sample, mark.layer) == ("0208 000 000", "24/7", True, 11)
