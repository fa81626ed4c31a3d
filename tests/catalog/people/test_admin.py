"""Who may see people in the admin: roles with personal data, in their own unit; consents are not deleted."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.admin.custodian import CustodianViewSet
from heritage.catalog.admin.object_file import ObjectFileViewSet
from heritage.catalog.admin.person import PersonViewSet
from heritage.catalog.models import Custodian, Lineage, ObjectFile
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.people import PersonFactory
from tests.factories.places import UnitFactory

pytestmark = pytest.mark.django_db
NAME = "Lò Thị Xuyến"
ALLOWED = {
    Role.COMMUNE_EDITOR,
    Role.MUSEUM_EDITOR,
    Role.REVIEWER,
    Role.DEPARTMENT_EDITOR,
    Role.ADMINISTRATOR,
}


def addresses(viewset, instance):
    """Every address that the viewset and its chooser have for an instance, and its lists."""
    name = f"catalog_{instance._meta.model_name}"
    for pattern in viewset().get_urlpatterns():
        needs = pattern.pattern.converters or {}
        if not needs:
            yield reverse(f"wagtailsnippets_{name}:{pattern.name}")
        elif set(needs) == {"pk"}:
            yield reverse(f"wagtailsnippets_{name}:{pattern.name}", args=[instance.pk])
    yield reverse(f"wagtailsnippetchoosers_{name}:choose")
    yield reverse(f"wagtailsnippetchoosers_{name}:chosen", args=[instance.pk])


@pytest.mark.parametrize("role", Role)
def test_names_are_for_roles_with_personal_data_in_their_own_unit(client, role):
    here = UnitFactory()
    there = UnitFactory(province=here.province, parent=here.province)
    person, stranger = PersonFactory(name=NAME, unit=here), PersonFactory(name="Người Nơi Khác", unit=there)
    client.force_login(UserFactory(role=role, unit=here))
    bodies = [client.get(address).content.decode() for address in addresses(PersonViewSet, person)]
    assert any(NAME in body for body in bodies) is (role in ALLOWED)
    for address in addresses(PersonViewSet, stranger):
        for answer in (client.get(address), client.post(address, {})):
            assert "Người Nơi Khác" not in answer.content.decode(), address
    before = list(type(person).objects.values())
    assert list(type(person).objects.values()) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.COMMUNE_EDITOR, Role.DEPARTMENT_EDITOR])
def test_custodians_and_object_files_of_another_unit_stay_closed(client, role):
    here = UnitFactory()
    there = UnitFactory(province=here.province, parent=here.province)
    client.force_login(UserFactory(role=role, unit=here))
    body = Custodian.objects.create(name_vi="Ban nơi khác", unit=there)
    file = ObjectFile.objects.create(
        record=RecordFactory(kind="object", unit=there, name_vi="Vật nơi khác", live=False)
    )
    for viewset, instance, words in (
        (CustodianViewSet, body, "Ban nơi khác"),
        (ObjectFileViewSet, file, "Vật nơi khác"),
    ):
        for address in addresses(viewset, instance):
            for answer in (client.get(address), client.post(address, {})):
                assert words not in answer.content.decode(), address


def person_data(person, **changes):
    """The form of `person` as a browser sends it."""
    data = {"unit": person.unit_id or "", "is_sample": "on"}
    for name in ("personal_data", "consents", "titles", "practices", "masters"):
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0, f"{name}-MIN_NUM_FORMS": 0}
    row = person.personal_data.get()
    data |= {"personal_data-TOTAL_FORMS": 1, "personal_data-INITIAL_FORMS": 1, "personal_data-0-id": row.pk}
    data |= {"personal_data-0-full_name": row.full_name}
    return data | changes


def test_a_recorded_consent_is_not_deleted_but_withdrawn(client):
    person = PersonFactory(name=NAME, unit=UnitFactory())
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=person.unit))
    address = reverse("wagtailsnippets_catalog_person:edit", args=[person.pk])
    consent = person.consents.get()
    rows = {
        "consents-TOTAL_FORMS": 1,
        "consents-INITIAL_FORMS": 1,
        "consents-0-id": consent.pk,
        "consents-0-ORDER": 1,
        "consents-0-purposes": consent.purposes,
        "consents-0-fields": consent.fields,
        "consents-0-given_on": "2026-01-02",
        "consents-0-given_by": "self",
        "consents-0-evidence": "Cặp 1",
    }
    answer = client.post(address, person_data(person, **rows, **{"consents-0-DELETE": "on"}))
    assert answer.status_code == 200
    assert "bằng chứng" in answer.content.decode()
    assert person.consents.count() == 1
    assert client.get(person.get_absolute_url()).status_code == 200
    assert (
        client.post(address, person_data(person, **rows, **{"consents-0-withdrawn_on": "2026-11-01"})).status_code
        == 302
    )
    assert client.get(person.get_absolute_url()).status_code == 404


def test_a_circle_of_masters_is_refused_in_the_form(client):
    unit = UnitFactory()
    master, pupil = PersonFactory(name="Thầy Mẫu", unit=unit), PersonFactory(name="Trò Mẫu", unit=unit)
    Lineage.objects.create(person=pupil, master=master)
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=unit))
    rows = {"masters-TOTAL_FORMS": 1, "masters-0-master": pupil.pk, "masters-0-ORDER": 1}
    answer = client.post(reverse("wagtailsnippets_catalog_person:edit", args=[master.pk]), person_data(master, **rows))
    assert answer.status_code == 200
    assert not master.masters.exists()
