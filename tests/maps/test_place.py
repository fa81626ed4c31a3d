"""A place keeps its number, its coordinates are looked at, and nothing about it is invented."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from heritage.core.models import Identifier
from heritage.maps import coordinates, services
from heritage.maps.models import Place
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db


def test_a_place_gets_the_next_number_for_ever():
    first, second = PlaceFactory(), PlaceFactory()
    assert [first.number, second.number] == ["DD-000001", "DD-000002"]
    services.withdraw(second, "Đã đóng cửa.")
    assert PlaceFactory().number == "DD-000003"
    assert Identifier.objects.get(number="DD-000002").state == "withdrawn"


def test_stars_need_somebody_who_verified_them():
    place = PlaceFactory.build(stars=4)
    with translation.override("en"), pytest.raises(ValidationError, match="verified the stars"):
        services.save(place)
    place.stars_verified_by, place.stars_verified_on = "Sở mẫu", dt.date(2026, 1, 2)
    services.save(place)
    assert Place.objects.get().stars == 4


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        (0, 0, "Atlantic"),
        (105.8, 21.5, "swapped"),
        (95, 200, "between -90 and 90"),
        (float("nan"), 105, "number of degrees"),
        (51.5, -0.1, "outside Viet Nam"),
        (15.0, 110.2, "in the sea"),
    ],
)
def test_a_slip_in_the_coordinates_is_named_with_its_remedy(latitude, longitude, words):
    with translation.override("en"):
        assert words in str(coordinates.problem(latitude, longitude).message)


@pytest.mark.parametrize(("latitude", "longitude"), [(21.594, 105.848), (10.2, 104.0), (16.5, 112.1), (9.7, 114.4)])
def test_mainland_islands_and_archipelagos_are_in_viet_nam(latitude, longitude):
    assert coordinates.problem(latitude, longitude) is None


def test_a_question_can_be_answered_but_an_error_cannot():
    assert coordinates.problem(15.0, 110.2, confirmed=True) is None
    assert coordinates.problem(0, 0, confirmed=True) is not None


def test_a_web_address_that_runs_script_is_refused():
    with pytest.raises(ValidationError):
        services.save(PlaceFactory.build(website="javascript:alert(1)"))
    assert not Place.objects.exists()
