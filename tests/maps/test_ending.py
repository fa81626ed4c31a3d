"""A tourist place is withdrawn with a reason, merged into its double, or split, and comes back; nobody else does it."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.maps.models import Itinerary, ItineraryStop, Place, TicketPrice
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


@pytest.fixture
def resort():
    """With two tickets, and two stops of a journey that has a draft under way."""
    place = PlaceFactory(name_vi="Khu du lịch Hồ", phone="0208")
    for price in (10_000, 20_000):
        TicketPrice.objects.create(place=place, price=price)
    journey = Itinerary.objects.create(title_vi="Hai ngày", slug="hai-ngay")
    for day in (1, 2):
        ItineraryStop.objects.create(itinerary=journey, place=place, day=day)
    journey.save_revision()
    return place


def test_a_part_becomes_a_place_of_its_own_and_merging_it_back_undoes_that(client, officer, resort):
    _first, second = resort.ticket_prices.order_by("price")
    stop = ItineraryStop.objects.get(day=2)
    said = {"name_vi": "Bến thuyền", "name_en": "Boat landing", "reason_vi": "Hai chủ quản khác nhau"}
    assert client.post(address("split", resort), {**said, "reason_vi": " "}).context["form"].errors
    assert client.post(address("split", resort), {**said, "name_vi": " "}).context["form"].errors
    chosen = {"ticket_prices": [second.pk], "maps.ItineraryStop.place": [stop.pk]}
    client.post(address("split", resort), {**said, **chosen})
    new = Place.objects.get(name_vi="Bến thuyền")
    assert (new.live, new.split_from, new.phone, new.unit, new.kind) == (False, resort, "", resort.unit, resort.kind)
    assert [row.price for row in new.ticket_prices.all()] == [20_000]
    assert [row.price for row in Place.objects.get(pk=resort.pk).ticket_prices.all()] == [10_000]
    stop.refresh_from_db()
    draft = stop.itinerary.get_latest_revision_as_object()
    assert stop.place == new
    assert [one.place for one in draft.stops.order_by("day")] == [resort, new]
    for one, other in ((resort, new), (new, resort)):
        history = client.get(address("history", one), headers={"accept-language": "vi"}).content.decode()
        assert f"Tách: {other.number}" in history
        assert "Lý do: <em>Hai chủ quản khác nhau</em>" in history

    assert "Bến thuyền" not in client.get(resort.get_absolute_url()).content.decode(), "a draft is named to nobody"
    new.get_latest_revision().publish()
    assert new.get_absolute_url() in client.get(resort.get_absolute_url()).content.decode()
    assert resort.get_absolute_url() in client.get(new.get_absolute_url()).content.decode()

    client.post(address("unite", new), {"into": resort.pk, "reason_vi": "Lại là một"})
    whole = Place.objects.get(pk=resort.pk)
    assert sorted(row.price for row in whole.ticket_prices.all()) == [10_000, 20_000]
    stop.refresh_from_db()
    assert stop.place == whole
    assert client.get(new.get_absolute_url())["Location"] == resort.get_absolute_url()
    client.post(address("restore", new))
    assert [row.price for row in Place.objects.get(pk=resort.pk).ticket_prices.all()] == [10_000]
    client.post(address("withdraw", resort), {"reason_vi": "Đã chia hết"})
    gone = client.get(resort.get_absolute_url())
    assert gone.status_code == 410
    assert new.get_absolute_url() in gone.content.decode(), "the tombstone leads to what was split off"
    client.post(address("split", resort), said)
    assert Place.objects.count() == 2, "what has ended is not split"


def test_what_was_never_public_is_a_draft_again_when_it_comes_back(client, officer, resort):
    client.post(address("split", resort), {"name_vi": "Nhà bè", "reason_vi": "Tách"})
    new = Place.objects.get(name_vi="Nhà bè")
    client.post(address("unite", new), {"into": resort.pk, "reason_vi": "Nhầm"})
    client.post(address("restore", new))
    assert client.get(new.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", [Role.COMMUNE_EDITOR, Role.TOURISM_OFFICER])
def test_neither_editors_nor_officers_of_another_unit_end_a_place(client, role):
    own = UnitFactory()
    place, into = PlaceFactory(unit=own if role == Role.COMMUNE_EDITOR else UnitFactory()), PlaceFactory(unit=own)
    client.force_login(UserFactory(role=role, unit=own))
    for name in ("withdraw", "unite", "restore", "split"):
        client.post(address(name, place), {"reason_vi": "Kẻ lạ", "into": into.pk, "name_vi": "Của kẻ lạ"})
    assert Place.objects.get(pk=place.pk).live
    assert not Place.objects.filter(name_vi="Của kẻ lạ").exists()
    assert client.get(place.get_absolute_url()).status_code == 200
