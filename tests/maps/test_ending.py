"""A tourist place is withdrawn with a reason, or merged into its double, and comes back; nobody else ends it."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.maps.models import Itinerary, ItineraryStop, Place
from tests.factories.accounts import UserFactory
from tests.factories.maps import PlaceFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


def address(name, place):
    return reverse(f"wagtailsnippets_maps_place:{name}", args=[place.pk])


@pytest.fixture
def officer(client):
    user = UserFactory(role=Role.TOURISM_OFFICER)
    client.force_login(user)
    return user


def test_a_double_leads_to_the_place_that_remains_and_comes_back_whole(client, officer):
    double, kept = PlaceFactory(name_vi="Quán Gió"), PlaceFactory(name_vi="Quán Gió (2)")
    journey = Itinerary.objects.create(title_vi="Một ngày", slug="mot-ngay")
    stop = ItineraryStop.objects.create(itinerary=journey, place=double)
    assert client.post(address("unite", double), {"into": double.pk, "reason_vi": "Trùng"}).context["form"].errors
    assert client.post(address("unite", double), {"into": kept.pk, "reason_vi": " "}).context["form"].errors
    client.post(address("unite", double), {"into": kept.pk, "reason_vi": "Trùng"})
    stop.refresh_from_db()
    assert stop.place == kept
    assert client.get(double.get_absolute_url())["Location"] == kept.get_absolute_url()
    history = client.get(address("history", double), headers={"accept-language": "vi"}).content.decode()
    assert f"Gộp vào {kept.number}" in history
    assert address("restore", double) in client.get(address("edit", double)).content.decode()
    other = PlaceFactory()
    assert client.post(address("unite", other), {"into": double.pk, "reason_vi": "Trùng"}).context["form"].errors
    client.post(address("restore", double))
    stop.refresh_from_db()
    assert stop.place == double
    assert client.get(double.get_absolute_url()).status_code == 200


def test_a_place_that_closed_says_so(client, officer):
    place = PlaceFactory()
    client.post(address("withdraw", place), {"reason_vi": "Đã đóng cửa."})
    answer = client.get(place.get_absolute_url())
    assert answer.status_code == 410
    assert "Đã đóng cửa." in answer.content.decode()
    client.post(address("withdraw", place), {"reason_vi": "Lần nữa"})
    assert "Lần nữa" not in client.get(place.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNE_EDITOR, Role.TOURISM_OFFICER])
def test_neither_editors_nor_officers_of_another_unit_end_a_place(client, role):
    own = UnitFactory()
    place, into = PlaceFactory(unit=own if role == Role.COMMUNE_EDITOR else UnitFactory()), PlaceFactory(unit=own)
    client.force_login(UserFactory(role=role, unit=own))
    for name in ("withdraw", "unite", "restore"):
        client.post(address(name, place), {"reason_vi": "Kẻ lạ", "into": into.pk})
    assert Place.objects.get(pk=place.pk).live
    assert client.get(place.get_absolute_url()).status_code == 200
