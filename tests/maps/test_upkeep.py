"""Keeping places true: exceptions to hours, pinned and hidden links, suggestions and moderation, the task list."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from heritage.accounts.models import User
from heritage.maps import hours, pyramid, services
from heritage.maps.models import HoursException, Mark, NearbyLink, Place, Suggestion
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory

pytestmark = pytest.mark.django_db
NASTY = "</script><img src=x onerror=alert(1)> {{ 7*7 }} `x`"


@pytest.fixture(autouse=True)
def no_hurry():
    cache.clear()


def test_tet_closes_a_place_on_the_right_days_of_every_year():
    place = PlaceFactory(opening_hours="Mo-Su 08:00-17:00")
    tet = HoursException(place=place, occasion="tet", tet_before=1, tet_last=3)
    assert tet.clauses(dt.date(2026, 11, 25))[0] == "2027 Feb 05-2027 Feb 08 off"
    tet.save()
    expression = hours.read(Place.objects.get().hours_in_force)
    assert not expression.is_open(dt.datetime(2027, 2, 6, 9))
    assert expression.is_open(dt.datetime(2027, 2, 9, 9))
    assert not expression.is_open(dt.datetime(2028, 1, 26, 9))


def test_a_holiday_with_hours_of_its_own_is_on_the_map():
    place = PlaceFactory(opening_hours="24/7")
    day = dt.date.today() + dt.timedelta(days=3)
    HoursException.objects.create(place=place, first=day, hours="09:00-10:00")
    pyramid.rebuild()
    expression = hours.read(Mark.objects.get().opening_hours)
    assert expression.is_open(dt.datetime.combine(day, dt.time(9, 30)))
    assert not expression.is_open(dt.datetime.combine(day, dt.time(11)))


def test_hours_kept_as_text_stay_text_with_exceptions():
    place = PlaceFactory(opening_hours="always-ish")
    HoursException.objects.create(place=place, first=dt.date(2099, 1, 1))
    assert (place.hours_state, place.hours_in_force) == ("text", "always-ish")


@pytest.mark.parametrize(
    ("values", "field"),
    [({}, "first"), ({"first": dt.date(2027, 2, 2), "last": dt.date(2027, 2, 1)}, "last"),
     ({"first": dt.date(2027, 2, 2), "hours": "nine-ish"}, "hours")],
)  # fmt: skip
def test_an_exception_that_is_none_names_its_field(values, field):
    with pytest.raises(ValidationError) as error:
        HoursException(place=PlaceFactory(), **values).clean()
    assert field in error.value.message_dict


def test_staff_pin_and_hide_neighbours_with_a_reason(client):
    record = RecordFactory(name_vi="Chùa Mẫu", latitude=21.6, longitude=105.85)
    near, far = PlaceFactory(name_vi="Gần Nhưng Ẩn (mẫu)"), PlaceFactory(name_vi="Xa Nhưng Ghim (mẫu)", latitude=16.4)
    far.nearby_links.add(NearbyLink(record=record, decision="pin", reason_vi="Bán món của lễ hội"))
    far.save()
    near.nearby_links.add(NearbyLink(record=record, decision="hide", reason_vi="Đường bị chặn"))
    near.save()
    pyramid.rebuild()
    html = client.get(record.get_absolute_url()).content.decode()
    assert "Xa Nhưng Ghim" in html
    assert "Bán món của lễ hội" in html
    assert "Gần Nhưng Ẩn" not in html
    assert record.name_vi in client.get(far.get_absolute_url()).content.decode()
    assert f"/{record.number}/" not in client.get(near.get_absolute_url()).content.decode()


def test_a_correction_changes_nothing_until_staff_accept_it(client):
    place = PlaceFactory(phone="0000 000 001")
    url = reverse("correct_place", args=[place.number])
    assert place.name_vi in client.get(url).content.decode()
    answer = client.post(url, {"name_vi": place.name_vi, "phone": "0000 000 002", "message": NASTY})
    assert "notice--success" in answer.content.decode()
    suggestion = Suggestion.objects.get()
    place.refresh_from_db()
    assert (suggestion.values, place.phone) == ({"phone": "0000 000 002"}, "0000 000 001")
    suggestion.state = "accepted"
    suggestion.save()
    place.refresh_from_db()
    assert place.phone == "0000 000 002"


def test_a_correction_without_a_difference_is_asked_for_one_and_loses_nothing(client):
    place = PlaceFactory()
    answer = client.post(reverse("correct_place", args=[place.number]), {"sender_name": "Người Gửi Mẫu"})
    assert answer.status_code == 400
    assert "Người Gửi Mẫu" in answer.content.decode()


def test_an_owner_says_how_to_be_reached(client):
    url = reverse("correct_place", args=[PlaceFactory().number])
    assert client.post(url, {"is_owner": "on"}).status_code == 400
    client.post(url, {"is_owner": "on", "sender_contact": "chu@example.org"})
    assert Suggestion.objects.get().kind == "claim"


def test_a_proposal_becomes_a_draft_and_a_wrong_point_is_refused(client):
    form = {"kind": "food", "name_vi": "Quán Được Đề Nghị (mẫu)", "sender_contact": "a@example.org"}
    url = reverse("propose_place")
    assert client.post(url, {**form, "latitude": "0", "longitude": "0"}).status_code == 400
    assert client.post(url, {**form, "latitude": "nan", "longitude": "1"}).status_code == 400
    client.post(url, {**form, "latitude": "21.6", "longitude": "105.85"})
    suggestion = Suggestion.objects.get()
    suggestion.state = "accepted"
    suggestion.save()
    assert (Place.objects.get().live, Place.objects.get().name_vi) == (False, "Quán Được Đề Nghị (mẫu)")


def test_programs_and_floods_leave_nothing(client, monkeypatch):
    place = PlaceFactory()
    url = reverse("correct_place", args=[place.number])
    client.post(url, {"message": "mua ngay", "address_2": "x"})
    assert not Suggestion.objects.exists()
    monkeypatch.setattr("heritage.maps.views.suggest.PER_HOUR", 1)
    answer = client.post(url, {"message": "Giờ mở cửa sai"})
    assert answer.status_code == 429
    assert "Giờ mở cửa sai" in answer.content.decode()


def test_a_suggestion_that_no_longer_fits_changes_nothing():
    place = PlaceFactory()
    suggestion = Suggestion.objects.create(kind="correction", place=place, values={"website": "javascript:x"})
    suggestion.state = "accepted"
    with pytest.raises(ValidationError):
        suggestion.save()
    assert Suggestion.objects.get().state == "new"


def test_staff_see_tasks_and_suggestions(client):
    client.force_login(User.objects.create_superuser("quan-tri", "a@example.org", "mat-khau-dai"))
    old = PlaceFactory(name_vi="Cũ (mẫu)", verified_on="2020-01-01", verified_by="Cán bộ mẫu")
    PlaceFactory(name_vi="Mới (mẫu)", verified_on=dt.date.today(), verified_by="Cán bộ mẫu")
    html = client.get(reverse("wagtailsnippets_maps_place:list"), {"task": "stale"}).content.decode()
    assert "Cũ (mẫu)" in html
    assert "Mới (mẫu)" not in html
    suggestion = Suggestion.objects.create(kind="correction", place=old, message=NASTY)
    for name in ("list", "edit"):
        args = [] if name == "list" else [suggestion.pk]
        answer = client.get(reverse(f"wagtailsnippets_maps_suggestion:{name}", args=args))
        assert answer.status_code == 200
        assert "<img src=x" not in answer.content.decode()
    edit = client.get(reverse("wagtailsnippets_maps_place:edit", args=[old.pk])).content.decode()
    assert "data-opening-hours" in edit


def test_withdrawn_places_take_no_suggestions(client):
    place = PlaceFactory()
    services.withdraw(place, "Đã đóng cửa.")
    assert client.get(reverse("correct_place", args=[place.number])).status_code == 404
