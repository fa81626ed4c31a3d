"""The form offers and accepts what lies within reach: units, records, acts."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Designation, Record
from tests.catalog.admin.addresses import NAMESPACE, form_data
from tests.catalog.admin.conftest import SECRET
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, here):
    client.force_login(here.editor)
    return client


def edit(record):
    return reverse(f"{NAMESPACE}:edit", args=[record.pk])


def newest(record):
    return Record.objects.get(pk=record.pk).get_latest_revision_as_object()


def test_a_record_is_not_given_to_a_unit_of_others(editor, here, there):
    answer = editor.post(edit(here.draft), form_data(here.draft, unit=there.unit.pk))
    assert answer.status_code == 200
    assert there.unit.name in str(answer.context["form"].errors["unit"])
    assert newest(here.draft).unit == here.unit


def test_nobody_loses_a_record_by_leaving_the_unit_blank(editor, here):
    answer = editor.post(edit(here.draft), form_data(here.draft, unit=""))
    assert "unit" in answer.context["form"].errors


def test_the_department_moves_records_between_its_communes(client, here, there):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    assert client.post(edit(here.draft), form_data(here.draft, unit=there.unit.pk)).status_code == 302
    assert newest(here.draft).unit == there.unit


def test_a_new_record_begins_in_the_editors_own_unit(editor, here):
    form = editor.get(reverse(f"{NAMESPACE}:add")).context["form"]
    assert form.initial["unit"] == here.unit.pk
    data = form_data(Record(kind="monument", unit=here.unit), number="", name_vi="Miếu mới")
    assert editor.post(reverse(f"{NAMESPACE}:add"), data).status_code == 302
    made = Record.objects.get(name_vi="Miếu mới")
    assert made.unit == here.unit
    assert made.number
    assert not made.live


def test_a_reference_to_an_unseen_draft_is_refused_and_not_named(editor, here, there):
    answer = editor.post(edit(here.draft), form_data(here.draft, part_of=there.draft.pk))
    assert "part_of" in answer.context["form"].errors
    assert f"{SECRET} Bên Kia" not in answer.content.decode()
    rows = {"relations-TOTAL_FORMS": 1, "relations-0-kind": "see_also", "relations-0-target": there.draft.pk}
    answer = editor.post(edit(here.draft), form_data(here.draft, **rows))
    assert f"{SECRET} Bên Kia" not in answer.content.decode()
    assert not newest(here.draft).relations.filter(target=there.draft).exists()


def test_a_reference_made_by_the_department_stays_without_its_name(editor, here, there):
    Record.objects.filter(pk=here.draft.pk).update(part_of=there.draft)
    Record.objects.get(pk=here.draft.pk).save_revision()
    page = editor.get(edit(here.draft)).content.decode()
    assert f"{SECRET} Bên Kia" not in page
    assert f'value="{there.draft.pk}"' in page
    assert editor.post(edit(here.draft), form_data(here.draft, part_of=there.draft.pk)).status_code == 302
    assert newest(here.draft).part_of_id == there.draft.pk


def test_a_reference_to_a_public_record_of_others_is_welcome(editor, here, there):
    assert editor.post(edit(here.draft), form_data(here.draft, part_of=there.public.pk)).status_code == 302
    assert newest(here.draft).part_of_id == there.public.pk


def test_an_act_corrects_acts_of_the_same_record_only(editor, here, there):
    foreign = DesignationFactory(record=there.public)
    own = DesignationFactory(record=here.public)
    form = editor.get(edit(here.public)).context["form"]
    offered = form.formsets["designations"].empty_form.fields["corrects"].queryset
    assert list(offered) == [own]
    assert Designation.objects.filter(pk=foreign.pk).exists()


def test_shared_units_are_typed_by_name(client, here):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    other = UnitFactory(name="Phường Hải Vân", code="20197")
    labels = client.get(reverse("unit_offer"), {"term": "hai van"}).json()
    assert labels == [f"Phường Hải Vân - {other.parent.name} [20197]"]
    data = form_data(here.draft, shared_units=f'"{labels[0]}"')
    assert client.post(edit(here.draft), data).status_code == 302
    assert [unit.pk for unit in newest(here.draft).shared_units.all()] == [other.pk]
    answer = client.post(edit(here.draft), form_data(here.draft, shared_units="Xã Không Có"))
    assert "Xã Không Có" in str(answer.context["form"].errors["shared_units"])


def test_two_who_submit_at_once_are_one_round_of_moderation(client, here):
    client.force_login(UserFactory(role=Role.REVIEWER, unit=here.unit))
    answer = client.post(edit(here.waiting), form_data(here.waiting, **{"action-submit": "1"}))
    assert answer.status_code == 302
    assert here.waiting.workflow_states.count() == 1
