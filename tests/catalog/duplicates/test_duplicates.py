"""Likely duplicates: found by name, place and decision; told apart with a reason; shown to who may see both."""

import pytest
from django.db.models import F
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.log_actions import registry

from heritage.accounts.models import Role
from heritage.catalog import duplicates, services, shown
from heritage.catalog.duplicates.finding import CELL, NEAR_M, Candidate, _keys, metres
from heritage.catalog.models import DayTrait, Kind, LikelyPair, Record, TraitPeriod
from heritage.catalog.moderation import uniting
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(db):
    here = UnitFactory()
    return here, UnitFactory(province=here.province, parent=here.province), UnitFactory(province=ProvinceFactory())


def open_pairs():
    return {(pair.first.number, pair.second.number) for pair in LikelyPair.objects.filter(dismissed_at=None)}


def test_what_is_found_and_what_is_not(units):
    here, there, far = units
    exact = {"latitude": 21.6, "longitude": 105.8, "coord_accuracy_m": 20}
    RecordFactory(number="A1", name_vi="Đình làng Kiên Lao", unit=here, **exact)
    RecordFactory(number="A2", name_vi="Đình Làng Kiền Lào", unit=here)  # marks and case aside: one name, one unit
    RecordFactory(number="A3", name_vi="Đình làng Kiên Lao", unit=here, kind=Kind.ICH)  # another kind of thing
    RecordFactory(number="A4", name_vi="Đình làng Kiên Lao", unit=far)  # another province
    near = exact | {"latitude": 21.601}
    RecordFactory(number="B1", name_vi="Chùa Hang Thượng Sơn Tự", unit=here, **exact)
    RecordFactory(number="B2", name_vi="Chùa Hang Thượng Sơn", unit=there, **near)  # 111 m, over the communes' border
    RecordFactory(number="B3", name_vi="Chùa Hang Thượng Sơn", unit=there, **exact | {"latitude": 21.9})  # 33 km
    for number, unit in (("C1", here), ("C2", there)):
        DesignationFactory(
            record=RecordFactory(number=number, name_vi="Đền Mẫu Thượng Ngàn", unit=unit), decision_number="12/QĐ-BVHTT"
        )
    whole = RecordFactory(number="D1", name_vi="Cụm di tích An Toàn khu", unit=here)
    RecordFactory(number="D2", name_vi="Cụm di tích An Toàn khu", unit=here, part_of=whole)
    gone = RecordFactory(number="E1", name_vi="Đình làng Kiên Lao", unit=here)
    services.withdraw(gone, "Ghi trùng.")
    assert duplicates.look() == 3
    assert open_pairs() == {("A1", "A2"), ("B1", "B2"), ("C1", "C2")}
    pair = LikelyPair.objects.get(first__number="B1")
    assert (pair.why["unit"], pair.why["metres"]) == (False, 111)
    assert LikelyPair.objects.get(first__number="C1").why["decision"] == "12/QĐ-BVHTT"
    there_now = pair.second
    there_now.name_vi = "Miếu Cô"
    there_now.save()
    assert duplicates.look() == 2


def test_a_pair_told_apart_stays_so_and_can_be_asked_about_again(client, units, django_assert_max_num_queries):
    here, _there, far = units
    one, other = (RecordFactory(name_vi="Đình Kiên Lao Thượng", unit=here) for _n in range(2))
    duplicates.look()
    pair = LikelyPair.objects.get()
    client.force_login(UserFactory(username="xa", role=Role.COMMUNE_EDITOR, unit=here))
    client.get(reverse("register_duplicates"))
    with django_assert_max_num_queries(25):
        page = client.get(reverse("register_duplicates")).content.decode()
    assert one.number in page
    address = reverse("register_duplicate", args=[pair.pk])
    client.post(address, {"reason": " "})
    assert LikelyPair.objects.filter(dismissed_at=None).exists()
    client.post(address, {"reason": "Hai đình ở hai xóm"})
    assert duplicates.look() == 0
    assert "Hai đình ở hai xóm" in client.get(reverse("register_duplicates"), {"dismissed": "1"}).content.decode()
    told = registry.get_logs_for_instance(other).get(action="catalog.duplicate")
    assert (told.data["other"], told.user.username) == (one.number, "xa")
    assert "Hai đình ở hai xóm" in told.message  # and not the words of a record begun as a copy
    client.post(address, {"again": "1"})
    assert open_pairs() == {(one.number, other.number)}
    assert client.post(reverse("register_duplicates_look")).status_code in (302, 403)
    client.get(reverse("register_duplicates"))  # shows what was said to the first user
    stranger = UserFactory(username="la", role=Role.COMMUNE_EDITOR, unit=far)
    client.force_login(stranger)
    assert one.number not in client.get(reverse("register_duplicates")).content.decode()
    assert client.post(address, {"reason": "x"}).status_code == 404
    client.force_login(UserFactory(username="xem", role=Role.VIEWER, unit=here))
    assert client.get(reverse("register_duplicates")).status_code in (302, 403)


def test_who_may_end_both_goes_from_a_pair_to_the_merging_of_one_into_the_other(client, units):
    here, _there, _far = units
    one, other = (RecordFactory(name_vi="Đình Kiên Lao Thượng", unit=here) for _n in range(2))
    duplicates.look()
    way = f"{reverse('wagtailsnippets_catalog_record:unite', args=[one.pk])}?into={other.pk}"
    client.force_login(UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=here.province))
    assert way in client.get(reverse("register_duplicates")).content.decode()
    assert client.get(way).context["form"]["into"].value() == other.pk
    assert client.get(way.replace(str(other.pk), "9" * 40)).status_code == 200
    gone, kept = Record.objects.get(pk=one.pk), Record.objects.get(pk=other.pk)
    shown.remember({gone.pk: frozenset({DayTrait.PUBLIC}), kept.pk: frozenset()})
    union = uniting.unite(gone, kept, "Cùng một đình")
    assert one.number not in client.get(reverse("register_duplicates")).content.decode(), "judged by merging"
    assert not LikelyPair.objects.filter(first=F("second")).exists()
    assert TraitPeriod.objects.filter(record=gone).exists(), "its days stay its own"
    uniting.separate(union)
    assert way in client.get(reverse("register_duplicates")).content.decode()
    client.force_login(UserFactory(username="xa", role=Role.COMMUNE_EDITOR, unit=here))
    assert way not in client.get(reverse("register_duplicates")).content.decode()


@given(st.floats(8, 23), st.floats(102, 110), st.floats(-1, 1), st.floats(-1, 1))
def test_points_that_are_near_share_a_cell(latitude, longitude, down, right):
    """Whatever side of a cell's border they lie on."""
    points = (latitude, longitude), (latitude + down * CELL / 2, longitude + right * CELL / 2)
    one, other = (Candidate(n, "ich", frozenset(), None, None, point, None) for n, point in enumerate(points))
    assert set(_keys(one, {})) & set(_keys(other, {})) - {("name", "ich", None, frozenset())}
    assert metres(*points) < 2 * NEAR_M
