"""The list says what staff need, finds without marks, and costs the same however long it is."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog import services
from heritage.catalog.models import Kind, Rank
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory

pytestmark = pytest.mark.django_db
LIST = f"{NAMESPACE}:list"


@pytest.fixture
def office(client, here):
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=here.unit.province))
    return client


def names(client, **query):
    return [row.name_vi for row in client.get(reverse(LIST), query).context["object_list"]]


def test_search_does_not_mind_marks_or_case(office, here):
    assert names(office, q="DINH ben nay") == ["Đình Bên Này"]
    assert names(office, q=here.public.number) == ["Đình Bên Này"]


def test_filters(office, here):
    festival = RecordFactory(unit=here.unit, kind=Kind.ICH, name_vi="Hội", latitude=21.5, longitude=105.5)
    DesignationFactory(record=festival, rank=Rank.NATIONAL_LIST)
    assert names(office, kind="ich") == ["Hội"]
    assert names(office, rank=Rank.NATIONAL_LIST) == ["Hội"]
    assert "Hội" not in names(office, missing="point")
    assert len(names(office, unit=here.unit.pk)) == 4
    services.withdraw(here.public, "Ghi trùng.")
    assert names(office, state="withdrawn") == ["Đình Bên Này"]
    assert len(names(office, state="moderation")) == 1


def test_hostile_queries_answer(office):
    for query in ({"q": "x" * 10_000}, {"p": "-1"}, {"unit": "9' OR 1=1"}, {"state": "?"}, {"ordering": "password"}):
        assert office.get(reverse(LIST), query).status_code in (200, 404)


def test_the_list_costs_the_same_at_5_and_at_30_rows(office, here, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(60) as captured:
            assert office.get(reverse(LIST)).status_code == 200
        return len(captured)

    office.get(reverse(LIST))
    few = cost()
    for _each in range(26):
        DesignationFactory(record=RecordFactory(unit=here.unit))
    assert cost() <= few
