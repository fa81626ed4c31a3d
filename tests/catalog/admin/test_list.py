"""The list says what staff need, finds without marks, and costs the same however long it is."""

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.accounts.policies import policy_of
from heritage.catalog import services
from heritage.catalog.admin.filters import units_to_choose
from heritage.catalog.models import Kind, Rank, Record
from tests.catalog.admin.addresses import NAMESPACE
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

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


@pytest.mark.parametrize("kinds", [[], ["ich"], ["monument"]])
@pytest.mark.parametrize("role_in", ["here", "province", "nowhere"])
def test_the_units_offered_are_those_of_the_records_within_reach(rf, here, there, kinds, role_in):
    UnitFactory(province=here.unit.province, parent=here.unit.province)  # of no record
    RecordFactory(unit=there.unit, kind=Kind.ICH).shared_units.add(here.unit)
    RecordFactory(unit=UnitFactory(province=ProvinceFactory(code="52", name="Tỉnh Gia Lai")))
    unit = {"here": here.unit, "province": here.unit.province, "nowhere": None}[role_in]
    user = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=unit, kinds=kinds) if unit else UserFactory()
    request = rf.get("/")
    request.user = user
    seen = policy_of(Record).instances_user_has_permission_for(user, "view").values_list("unit", "unit__province")
    assert {each.pk for each in units_to_choose(request)} == {key for row in seen for key in row if key}
