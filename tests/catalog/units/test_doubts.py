"""Which unit a record belongs to: by succession, by coordinate, in doubt, settled; and two units that share one."""

import datetime as dt

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.accounts.policies import policy_of
from heritage.catalog.models import Record, UnitDoubt
from heritage.catalog.units import doubts, services
from heritage.core import outbox
from heritage.places.models import Unit, UnitBoundary, UnitChange
from tests.catalog.admin.addresses import NAMESPACE, form_data
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory, square
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 7, 1)


@pytest.fixture
def divided():
    """Xã Rộng of Huyện Cũ became Xã Đông and Xã Tây, whose boundaries meet at 105.6."""
    province = ProvinceFactory()
    before = ProvinceFactory(valid_from=None, valid_to=DAY)
    district = Unit.objects.create(
        code="164", level="district", name="Huyện Cũ", parent=before, province=before, valid_to=DAY
    )
    old = UnitFactory(name="Xã Rộng", parent=district, province=before, valid_from=None, valid_to=DAY)
    west, east = UnitFactory(name="Xã Tây", province=province), UnitFactory(name="Xã Đông", province=province)
    for unit, longitude in ((west, 105.5), (east, 105.6)):
        UnitChange.objects.create(
            predecessor=old, successor=unit, is_partial=True, is_main_part=unit is west, took_effect_on=DAY
        )
        UnitBoundary.objects.create(unit=unit, geometry=square(longitude, 21.8, 0.1), source="mẫu")
    return old, west, east


def record(unit=None, **values):
    printed = {"commune_printed": "Xã Rộng", "district_printed": "Huyện Cũ"}
    return RecordFactory(unit=unit, **{**printed, **values})


def doubt_of(one):
    doubts.refresh([one.pk])
    return UnitDoubt.objects.filter(record=one, settled_at=None).first()


def test_a_divided_commune_is_in_doubt_until_a_coordinate_decides(divided):
    _old, west, east = divided
    doubt = doubt_of(record(west))
    assert (doubt.reason, doubt.candidates) == ("divided", [west.pk, east.pk])
    assert doubt_of(record(west, latitude=21.85, longitude=105.55, coord_accuracy_m=50)) is None
    wrong = doubt_of(record(west, latitude=21.85, longitude=105.65, coord_accuracy_m=50))
    assert (wrong.reason, wrong.candidates) == ("point", [east.pk])


def test_a_point_near_the_border_or_of_the_commune_decides_nothing(divided):
    _old, west, east = divided
    near = doubt_of(record(west, latitude=21.85, longitude=105.5999, coord_accuracy_m=300))
    assert (near.reason, near.candidates) == ("divided", [west.pk, east.pk])
    centre = record(west, latitude=21.85, longitude=105.65, coord_accuracy_m=10, coord_basis="commune")
    assert doubt_of(centre).reason == "divided"


def test_other_doubts(divided):
    old, west, east = divided
    assert doubt_of(record(None)).reason == "none"
    assert doubt_of(record(None, commune_printed="Xã Không Đâu")) is None
    assert doubt_of(record(old)).reason == "ended"
    assert doubt_of(record(UnitFactory())).reason == "other"
    assert doubt_of(record(east.province)).reason == "divided"
    assert doubt_of(RecordFactory(unit=west)) is None


def test_a_record_that_is_saved_is_looked_at_by_the_worker(divided):
    _old, west, _east = divided
    one = record(west)
    outbox.drain_all()
    assert UnitDoubt.objects.filter(record=one).exists()
    one.commune_printed = "Xã Tây"
    one.district_printed = ""
    one.save()
    outbox.drain_all()
    assert not UnitDoubt.objects.filter(record=one).exists()


def test_settled_it_is_not_asked_again_until_the_evidence_changes(divided):
    _old, west, east = divided
    one = record(west)
    one.save_revision()
    services.settle(doubt_of(one), east)
    one = Record.objects.get(pk=one.pk)
    assert one.unit == east
    assert one.get_latest_revision_as_object().unit == east
    assert doubt_of(one) is None
    Record.objects.filter(pk=one.pk).update(latitude=21.85, longitude=105.55, coord_accuracy_m=50)
    assert doubt_of(one).reason == "point"


def test_records_without_a_unit_are_placed_where_there_is_no_doubt(divided):
    _old, west, east = divided
    by_point = record(None, latitude=21.85, longitude=105.65, coord_accuracy_m=50)
    by_name = RecordFactory(unit=None, commune_printed="xã tây")
    left = record(None)
    assert services.place_undecided() == 2
    units = [Record.objects.get(pk=one.pk).unit for one in (by_point, by_name, left)]
    assert units == [east, west, None]


def test_looking_costs_the_same_for_one_and_for_many(divided, django_assert_num_queries):
    _old, west, _east = divided
    for count in (1, 40):
        ones = [record(west) for _n in range(count)]
        with django_assert_num_queries(6):
            doubts.refresh([one.pk for one in ones])


def test_the_queue_offers_the_candidates_and_settles(client, divided):
    _old, west, east = divided
    one = record(west, name_vi="Đình trong hàng chờ")
    doubt = doubt_of(one)
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=west.province))
    page = client.get(reverse("unit_doubts")).content.decode()
    assert "Đình trong hàng chờ" in page
    assert "xã Đông" in page
    answer = client.post(reverse("unit_doubts"), {"doubt": doubt.pk, "unit": east.pk})
    assert answer.status_code == 302
    assert Record.objects.get(pk=one.pk).unit == east
    assert "Đình trong hàng chờ" not in client.get(reverse("unit_doubts")).content.decode().partition("messages")[0]


def test_the_queue_shows_and_settles_nothing_of_others(client, divided):
    _old, west, east = divided
    doubt = doubt_of(record(west, name_vi="Đình của người khác"))
    elsewhere = ProvinceFactory(code="20", name="Tỉnh Khác")
    for role, unit in ((Role.DEPARTMENT_EDITOR, elsewhere), (Role.COMMUNE_EDITOR, west)):
        client.force_login(UserFactory(role=role, unit=unit))
        assert "Đình của người khác" not in client.get(reverse("unit_doubts")).content.decode()
        assert client.post(reverse("unit_doubts"), {"doubt": doubt.pk, "unit": east.pk}).status_code in (302, 404)
        assert client.post(reverse("unit_doubts"), {"action": "look"}).status_code == 302
    assert UnitDoubt.objects.get(pk=doubt.pk).settled_at is None
    client.force_login(UserFactory(role=Role.DEPARTMENT_EDITOR, unit=west.province))
    for unit in (UnitFactory(province=elsewhere).pk, "x", "", 10**15):
        assert client.post(reverse("unit_doubts"), {"doubt": doubt.pk, "unit": unit}).status_code in (302, 404)
    assert UnitDoubt.objects.get(pk=doubt.pk).settled_at is None


def test_a_change_is_recorded_in_the_admin(client, divided):
    _old, west, east = divided
    client.force_login(UserFactory(role=Role.ADMINISTRATOR))
    assert client.get(reverse("unit_change")).status_code == 200
    data = {
        "kind": "merge",
        "units": f'"{west.name} [{west.code}]", "{east.name} [{east.code}]"',
        "name": "Xã Chung",
        "resolution": "1/NQ-MAU",
        "took_effect_on": "2026-09-01",
    }
    bad = client.post(reverse("unit_change"), data | {"name": "Chung"})
    assert "name" in bad.context["form"].errors
    assert "1/NQ-MAU" in bad.content.decode()
    assert client.post(reverse("unit_change"), data).status_code == 302
    assert Unit.objects.current().filter(name="Xã Chung").exists()


def test_only_who_keeps_all_units_records_changes(client, divided):
    _old, west, _east = divided
    for role, unit in ((Role.DEPARTMENT_EDITOR, west.province), (Role.ADMINISTRATOR, west.province)):
        client.force_login(UserFactory(role=role, unit=unit))
        assert client.get(reverse("unit_change")).status_code == 302
        assert client.post(reverse("unit_change"), {"kind": "rename"}).status_code == 302


def test_hai_van_quan_is_edited_by_both_provinces_and_by_no_third(client):
    hue, da_nang, third = (
        ProvinceFactory(code=code, name=name)
        for code, name in (("46", "Thành phố Huế"), ("48", "Thành phố Đà Nẵng"), ("19", "Tỉnh Thái Nguyên"))
    )
    lang_co = UnitFactory(name="Xã Chân Mây - Lăng Cô", code="20137", province=hue)
    hai_van = UnitFactory(name="Phường Hải Vân", code="20194", province=da_nang)
    gate = RecordFactory(number="HU13", name_vi="Hải Vân Quan", unit=lang_co)
    gate.shared_units.set([hai_van])
    gate.save()
    gate.save_revision()
    shared = f'"{hai_van.name} [{hai_van.code}]"'
    for unit in (lang_co, hai_van, hue, da_nang):
        role = Role.COMMUNE_EDITOR if unit.level == "commune" else Role.DEPARTMENT_EDITOR
        client.force_login(UserFactory(role=role, unit=unit))
        summary = f"Sửa bởi {unit.name}"
        data = form_data(gate, name_vi=gate.name_vi, summary_vi=summary, shared_units=shared)
        answer = client.post(reverse(f"{NAMESPACE}:edit", args=[gate.pk]), data)
        assert answer.status_code == 302, answer.context["form"].errors
        assert Record.objects.get(pk=gate.pk).get_latest_revision_as_object().summary_vi == summary
    stranger = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=third)
    assert not policy_of(Record).user_has_permission_for_instance(stranger, "change", gate)
