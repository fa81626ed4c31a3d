"""Staff keep the register of places in the admin; what they publish is on the map, what they draft is not."""

import pytest
from django.urls import reverse

from heritage.accounts.models import User
from heritage.core import outbox
from heritage.maps.models import Mark, Place
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
INLINES = {
    f"{name}-{part}": value
    for name in ("images", "ticket_prices", "hours_exceptions", "nearby_links")
    for part, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", "1000"))
}
FORM = {
    **INLINES,
    "kind": "food",
    "name_vi": "Quán Mới (mẫu)",
    "latitude": "21.6",
    "longitude": "105.85",
    "opening_hours": "Mo-Su 08:00-20:00",
}


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    return client


def url(action, *args):
    return reverse(f"wagtailsnippets_maps_place:{action}", args=args)


def drain():
    outbox.drain(next(consumer for consumer in outbox.consumers() if consumer.name == "map"))


def test_list_and_forms_open(staff):
    place = PlaceFactory()
    for address in (url("list"), url("add"), url("edit", place.pk), url("history", place.pk)):
        assert staff.get(address).status_code == 200


def test_a_draft_gets_its_number_and_is_not_on_the_map_until_published(staff):
    staff.post(url("add"), FORM)
    place = Place.objects.get()
    assert (place.number, place.live) == ("DD-000001", False)
    drain()
    assert not Mark.objects.exists()
    staff.post(url("edit", place.pk), {**FORM, "action-publish": "yes", "number": place.number})
    drain()
    assert Mark.objects.get().name_vi == "Quán Mới (mẫu)"
    staff.post(url("unpublish", place.pk))
    drain()
    assert not Mark.objects.exists()


def test_a_slip_in_the_point_is_shown_beside_the_field_and_nothing_is_lost(staff):
    answer = staff.post(url("add"), {**FORM, "latitude": "0", "longitude": "0", "action-publish": "yes"})
    assert answer.status_code == 200
    assert "Quán Mới (mẫu)" in answer.content.decode()
    assert answer.context["form"].errors["latitude"]
    assert not Place.objects.exists()
