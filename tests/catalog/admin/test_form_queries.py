"""The form of a record asks the database as often for many decisions as for one."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heritage.accounts.models import Role
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


def test_no_query_for_each_decision(client):
    record = RecordFactory(unit=UnitFactory())
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=record.unit))
    url = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])
    counts = []
    for year in range(4):
        act = DesignationFactory(record=record, decided_on=dt.date(1990 + year, 1, 1))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert page.content.decode().count(f'<option value="{act.pk}">') == 5  # each row may correct it, and a new one too
