"""Searches of the list are kept under a name and columns are chosen, each for one person."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Kind, ListColumns, SavedList, Survey
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory

pytestmark = pytest.mark.django_db
LIST = f"{NAMESPACE}:list"


@pytest.fixture
def office(client, here):
    client.force_login(UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    return client


def test_a_search_is_kept_used_replaced_and_forgotten_by_its_owner_alone(office, here):
    query = "kind=ich&state=draft&p=3&export="
    page = office.get(reverse("record_searches"), {"query": query})
    assert "kind=ich" in page.content.decode()
    kept = office.post(reverse("record_searches"), {"name": "Nháp phi vật thể", "query": query})
    assert kept["Location"] == f"{reverse(LIST)}?kind=ich&state=draft"
    assert "Nháp phi vật thể" in office.get(reverse(LIST)).content.decode()
    office.post(reverse("record_searches"), {"name": "Nháp phi vật thể", "query": "kind=object"})
    search = SavedList.objects.get()
    assert search.query == "kind=object"
    assert office.post(reverse("record_searches"), {"name": "Trống", "query": "p=2"}).context["form"].errors["query"]
    office.post(reverse("record_searches"), {"name": "Khác", "query": "live=true"})
    rename = reverse("record_search_rename", args=[search.pk])
    for name in ("", "Khác", "x" * 81):  # none, that of another, too long: said, and nothing is changed
        assert office.post(rename, {"name": name}, follow=True).context["messages"]
        assert SavedList.objects.filter(pk=search.pk, name="Nháp phi vật thể").exists()
    office.post(rename, {"name": " Hiện vật "})
    search.refresh_from_db()
    assert (search.name, search.query) == ("Hiện vật", "kind=object")
    SavedList.objects.exclude(pk=search.pk).delete()
    office.force_login(UserFactory(username="khac", role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    assert not SavedList.objects.filter(user__username="khac").exists()
    assert office.post(rename, {"name": "Của tôi"}).status_code == 404
    assert office.post(reverse("record_search_forget", args=[search.pk])).status_code == 404
    office.force_login(UserFactory(username="doc-gia"))
    assert office.get(reverse("record_searches")).status_code in (302, 403)
    office.force_login(search.user)
    office.post(reverse("record_search_forget", args=[search.pk]))
    assert not SavedList.objects.exists()


def test_a_filter_in_force_is_told_in_words(office, here):
    told = [
        office.get(reverse(LIST), {"scans": value}, headers={"accept-language": "vi"}) for value in ("true", "false")
    ]
    assert [one.context["active_filters"][0].value for one in told] == ["có", "không"]


def test_columns_are_chosen_and_what_is_not_shown_is_not_asked(office, here):
    def shown():
        return [column.name for column in office.get(reverse(LIST)).context["table"].columns.values()]

    assert "rank" in shown()
    office.post(reverse("record_columns"), {"names": ["kind", "state"]})
    assert shown()[1:] == ["number", "name_vi", "kind", "state"]
    assert office.post(reverse("record_columns"), {"names": ["password"]}).context["form"].errors
    office.post(reverse("record_columns"), {})
    assert shown()[1:] == ["number", "name_vi"]
    assert ListColumns.objects.get().names == []


def test_what_is_public_complete_and_in_which_condition(office, here):
    def names(**query):
        return {row.pk for row in office.get(reverse(LIST), query).context["object_list"]}

    assert names(live="true") == {here.public.pk}
    assert names(live="false") == {here.draft.pk, here.waiting.pk}
    decayed = RecordFactory(unit=here.unit, kind=Kind.MONUMENT)
    Survey.objects.create(record=decayed, visited_on="2020-01-01", surveyor="A", grade="good")
    Survey.objects.create(record=decayed, visited_on="2024-01-01", surveyor="A", grade="poor")
    assert names(condition="poor") == {decayed.pk}
    assert names(condition="good") == set()
    assert decayed.pk not in names(condition="none")
    assert names(missing="nothing") == set()
    assert names(undated="true") == {here.public.pk, here.draft.pk, here.waiting.pk, decayed.pk}
