"""Who is in charge of a record is public once somebody who may publish has confirmed it."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Custodian, Custody
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
NAME = "Ban quản lý mẫu"


def post(client, body, record, post_held, **changes):
    client.force_login(UserFactory(role=post_held, unit=body.unit))
    rows = {"id": "", "record": record.pk, "role": "manages", "ORDER": 1, "is_confirmed": "on", **changes}
    data = {"name_vi": body.name_vi, "kind": "board", "unit": body.unit_id, "charges-TOTAL_FORMS": 1}
    data |= {"charges-INITIAL_FORMS": 1 if rows["id"] else 0, "charges-MIN_NUM_FORMS": 0, "charges-MAX_NUM_FORMS": 1000}
    data |= {f"charges-0-{name}": value for name, value in rows.items()}
    return client.post(reverse("wagtailsnippets_catalog_custodian:edit", args=[body.pk]), data)


def test_a_charge_typed_in_the_commune_is_said_in_public_once_it_is_confirmed(client):
    body = Custodian.objects.create(name_vi=NAME, unit=UnitFactory())
    record = RecordFactory(unit=body.unit)

    def said():
        client.logout()
        return NAME in client.get(record.get_absolute_url()).content.decode()

    assert post(client, body, record, Role.COMMUNE_EDITOR).status_code == 302
    charge = Custody.objects.get()
    assert not charge.is_confirmed
    assert not said()
    assert post(client, body, record, Role.DEPARTMENT_EDITOR, id=charge.pk).status_code == 302
    assert said()
    assert post(client, body, record, Role.COMMUNE_EDITOR, id=charge.pk, until="2020-01-01").status_code == 302
    assert Custody.objects.get().is_confirmed
    assert not said()
    assert post(client, body, record, Role.COMMUNE_EDITOR, id=charge.pk, role="owns").status_code == 302
    assert not Custody.objects.get().is_confirmed
