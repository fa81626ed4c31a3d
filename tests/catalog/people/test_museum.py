"""Files of museum objects: where an object is follows from where it was taken; the public sees what is marked."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from heritage.accounts.models import Role
from heritage.catalog.models import Custodian, Custody, Kind, Movement, ObjectFile, ObjectLoan, Showing
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
D = dt.date
INLINES = ("movements", "object_loans", "showings", "condition_checks")


@pytest.fixture
def file():
    unit = UnitFactory()
    return ObjectFile.objects.create(record=RecordFactory(kind=Kind.OBJECT, unit=unit))


def moved(file, day, place, **values):
    return Movement.objects.create(object_file=file, moved_on=day, place=place, **values)


def test_the_place_on_a_day_is_the_last_movement_whatever_the_order_of_typing(file):
    moved(file, D(2020, 5, 1), "Phòng 2")
    moved(file, D(2010, 1, 1), "Kho A")
    moved(file, D(2015, 1, 1), "Huế")
    assert file.location_on(D(2009, 1, 1)) is None
    assert file.location_on(D(2016, 1, 1)).place == "Huế"
    assert file.location_on().place == "Phòng 2"


def test_the_public_sees_a_place_only_where_the_last_one_is_marked(client, file):
    moved(file, D(2010, 1, 1), "Phòng trưng bày 1", is_public=True)
    page = client.get(file.record.get_absolute_url()).content.decode()
    assert "Phòng trưng bày 1" in page
    moved(file, D(2020, 1, 1), "Kho bí mật")
    page = client.get(file.record.get_absolute_url()).content.decode()
    assert "Kho bí mật" not in page
    assert "Phòng trưng bày 1" not in page


def test_exhibitions_and_custodians_are_shown(client, file):
    Showing.objects.create(object_file=file, title_vi="Trưng bày mở", is_public=True)
    Showing.objects.create(object_file=file, title_vi="Trưng bày kín")
    board = Custodian.objects.create(name_vi="Ban quản lý mẫu")
    Custody.objects.create(custodian=board, record=file.record, until=timezone.localdate())
    Custody.objects.create(
        custodian=Custodian.objects.create(name_vi="Ban cũ"), record=file.record, until=D(2000, 1, 1)
    )
    page = client.get(file.record.get_absolute_url()).content.decode()
    assert "Trưng bày mở" in page
    assert "Ban quản lý mẫu" in page
    assert "Trưng bày kín" not in page
    assert "Ban cũ" not in page


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (Movement(place="x", moved_on=D(2999, 1, 1)), "moved_on"),
        (ObjectLoan(other_party="x", starts_on=D(2020, 1, 2), due_on=D(2020, 1, 1)), "due_on"),
        (
            ObjectLoan(other_party="x", starts_on=D(2020, 1, 2), due_on=D(2020, 2, 1), returned_on=D(2020, 1, 1)),
            "returned_on",
        ),
        (Showing(title_vi="x", opens_on=D(2020, 1, 2), closes_on=D(2020, 1, 1)), "closes_on"),
    ],
)
def test_days_in_the_wrong_order_are_refused(row, field, file):
    row.object_file = file
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert field in refused.value.message_dict


def form_data(record, **changes):
    data = {"record": record.pk}
    for name in INLINES:
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0, f"{name}-MIN_NUM_FORMS": 0}
    return data | changes


def loan(index, starts_on, due_on):
    start = f"object_loans-{index}"
    return {f"{start}-direction": "out", f"{start}-other_party": "Bảo tàng mẫu", f"{start}-starts_on": starts_on,
            f"{start}-due_on": due_on}  # fmt: skip


def test_an_object_is_not_lent_to_two_at_once(client, file):
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=file.record.unit))
    address = reverse("wagtailsnippets_catalog_objectfile:edit", args=[file.pk])
    rows = {"object_loans-TOTAL_FORMS": 2} | loan(0, "2020-01-01", "2020-06-01") | loan(1, "2020-05-01", "2020-07-01")
    assert client.post(address, form_data(file.record, **rows)).status_code == 200
    assert not ObjectLoan.objects.exists()
    rows |= loan(1, "2020-06-01", "2020-07-01")
    assert client.post(address, form_data(file.record, **rows)).status_code == 302
    assert ObjectLoan.objects.count() == 2


def test_only_who_may_publish_shows_a_place_to_the_public(client, file):
    address = reverse("wagtailsnippets_catalog_objectfile:edit", args=[file.pk])
    row = {"movements-TOTAL_FORMS": 1, "movements-0-moved_on": "2020-01-01", "movements-0-place": "Kho",
           "movements-0-stay": "storage", "movements-0-is_public": "on"}  # fmt: skip
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=file.record.unit))
    assert client.post(address, form_data(file.record, **row)).status_code == 302
    assert not Movement.objects.get().is_public


def test_a_file_is_opened_for_own_objects_only(client, file):
    client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=file.record.unit))
    address = reverse("wagtailsnippets_catalog_objectfile:add")
    elsewhere = RecordFactory(kind=Kind.OBJECT, unit=UnitFactory())
    place = RecordFactory(kind=Kind.MONUMENT, unit=file.record.unit)
    for record in (elsewhere, place):
        answer = client.post(address, form_data(record))
        assert "record" in answer.context["form"].errors
    own = RecordFactory(kind=Kind.TREASURE, unit=file.record.unit)
    assert client.post(address, form_data(own)).status_code == 302


def test_a_body_is_given_charge_of_own_records_only(client, file):
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=file.record.unit))
    address = reverse("wagtailsnippets_catalog_custodian:add")
    data = {"name_vi": "Ban mẫu", "kind": "board", "unit": file.record.unit_id, "charges-TOTAL_FORMS": 1,
            "charges-INITIAL_FORMS": 0, "charges-MIN_NUM_FORMS": 0, "charges-0-role": "manages",
            "charges-0-ORDER": 1}  # fmt: skip
    elsewhere = RecordFactory(unit=UnitFactory())
    assert client.post(address, data | {"charges-0-record": elsewhere.pk}).status_code == 200
    assert not Custody.objects.exists()
    assert client.post(address, data | {"charges-0-record": file.record.pk}).status_code == 302
    assert Custody.objects.get().record == file.record
