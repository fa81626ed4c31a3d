"""The form of a full record asks the database a fixed number of times, whatever it holds."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.dossiers import services
from heritage.catalog.models import Designation, DossierItem, ProtectionZone, RecordName, Survey
from heritage.catalog.services import publish
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.surveys import SurveyFactory

pytestmark = pytest.mark.django_db
BAR = 26
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[105.0, 21.0], [105.01, 21.0], [105.01, 21.01], [105.0, 21.01], [105.0, 21.0]]],
}


def full_record(unit, acts, zones, items):
    record = RecordFactory(unit=unit)
    for number in range(acts):
        Designation.objects.create(record=record, rank="national", decided_on=dt.date(1980 + number, 1, 1))
    for number in range(zones):
        ProtectionZone.objects.create(record=record, kind="I" if number % 2 else "II", geometry=SQUARE)
    dossier = services.open_dossier(record, "national")
    more = max(0, items - dossier.items.count())
    DossierItem.objects.bulk_create(DossierItem(dossier=dossier, title_vi=f"Giấy {number}") for number in range(more))
    return record


def asked(client, record):
    url = reverse(f"{NAMESPACE}:edit", args=[record.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def a_draft_of(record):
    record.save_revision()
    publish(record)
    record.refresh_from_db()
    record.name_vi = "Tên sửa"
    record.save_revision()
    return record


def test_the_form_asks_as_often_for_thirty_decisions_as_for_one(client, here):
    """Asked by the department, whose units take more queries than a commune's."""
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    small, large = full_record(here.unit, 1, 1, 1), full_record(here.unit, 30, 10, 200)
    asked(client, here.public)  # content types, sites and the like are read once for a process
    of_small, of_large = asked(client, small), asked(client, large)
    assert len(of_large) == len(of_small)
    assert len(of_large) <= BAR, "\n".join(of_large)
    of_draft = asked(client, a_draft_of(large))
    assert len(of_draft) <= BAR, "\n".join(of_draft)


def test_the_form_shows_all_that_the_record_has(client, here):
    """What is not asked for because there is none of it must not hide what there is."""
    record = full_record(here.unit, 2, 1, 1)
    part = RecordFactory(unit=here.unit, part_of=record)
    RecordName.objects.create(record=record, kind="other", text="Tên khác thử")
    SurveyFactory(record=record)
    client.force_login(here.editor)
    answer = client.get(reverse(f"{NAMESPACE}:edit", args=[record.pk]))
    page, form = answer.content.decode(), answer.context["form"]
    assert "Tên khác thử" in page
    acts = form.formsets["designations"].forms
    assert part.pk in [value for value, _label in acts[0].fields["part"].choices]
    known = set(record.designations.values_list("pk", flat=True))
    for offered in (acts[0].fields["corrects"], form.formsets["zones"].forms[0].fields["designation"]):
        assert {value for value, _label in offered.choices if value} == known
    assert Survey.objects.get(record=record).get_grade_display() in page
