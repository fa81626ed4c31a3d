"""Ticked entries of a list lead to the form of label sheets; nothing is changed."""

import pytest

from heritage.accounts.models import User
from tests.factories.maps import PlaceFactory


@pytest.fixture
def staff(client, db):
    client.force_login(User.objects.create_superuser("lan", password="mat-khau-dai"))
    return client


def test_ticked_records_lead_to_the_form(staff, record, draft):
    answer = staff.get("/admin/bulk/catalog/record/labels/", {"id": [record.pk, draft.pk], "next": "/admin/"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/labels/?numbers=TN")
    page = staff.get(answer["Location"]).content.decode()
    assert "TN01" in page


def test_places_and_works_too(staff, work, unit):
    place = PlaceFactory(number="DD-000001", unit=unit)
    assert "DD-000001" in staff.get("/admin/bulk/maps/place/labels/", {"id": place.pk})["Location"]
    assert "TL-000001" in staff.get("/admin/bulk/library/work/labels/", {"id": work.pk})["Location"]


def test_strangers_are_sent_to_the_login(client, record):
    answer = client.get("/admin/bulk/catalog/record/labels/", {"id": record.pk})
    assert answer.status_code == 302
    assert "next=/admin/" in answer["Location"]
