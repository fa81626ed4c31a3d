"""Changes of units that staff record: merged, divided, renamed; rights and objects move with them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from heritage.accounts.models import Role
from heritage.accounts.policies import policy_of
from heritage.catalog.models import Record, UnitDoubt
from heritage.places import queries, recording
from heritage.places.models import Unit, UnitChange
from heritage.places.recording import Order
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)


def order(kind, *units, **values):
    return Order(kind, list(units), **{"took_effect_on": DAY, "resolution": "1/NQ-MAU", **values})


def may_edit(user, record):
    return policy_of(Record).user_has_permission_for_instance(user, "change", Record.objects.get(pk=record.pk))


def test_a_merger_takes_records_drafts_and_rights_with_it():
    one, two = UnitFactory(name="Xã Một"), UnitFactory(name="Xã Hai")
    editor = UserFactory(role=Role.COMMUNE_EDITOR, unit=two)
    record = RecordFactory(unit=two)
    shared = RecordFactory(unit=UnitFactory())
    shared.shared_units.set([one, two])
    shared.save()
    record.save_revision()
    recording.record(order("merge", one, two, name="Xã Mới", code=two.code))
    new = Unit.objects.get(name="Xã Mới")
    assert (new.valid_from, new.valid_to, new.code) == (DAY, None, two.code)
    assert not Unit.objects.current().filter(pk__in=[one.pk, two.pk]).exists()
    record = Record.objects.get(pk=record.pk)
    assert record.unit == new
    assert record.get_latest_revision_as_object().unit == new
    assert list(Record.objects.get(pk=shared.pk).shared_units.all()) == [new]
    assert may_edit(editor, record)
    assert queries.present_units(Unit.objects.get(pk=one.pk)) == [new]


def test_a_draft_that_waits_is_not_published_into_the_former_unit():
    old, other = UnitFactory(name="Xã Cũ"), UnitFactory()
    record = RecordFactory(unit=other)
    record.unit = old
    record.save_revision()  # only the draft lies in the unit that changes
    recording.record(order("rename", old, name="Phường Cũ"))
    record = Record.objects.get(pk=record.pk)
    assert record.unit == other
    assert record.get_latest_revision_as_object().unit.name == "Phường Cũ"


def test_a_province_that_is_renamed_keeps_its_communes_and_its_rights():
    province = ProvinceFactory(code="91", name="Tỉnh Mẫu")
    commune = UnitFactory(province=province)
    editor = UserFactory(role=Role.DEPARTMENT_EDITOR, unit=province)
    record = RecordFactory(unit=commune)
    recording.record(order("rename", province, name="Thành phố Mẫu"))
    commune.refresh_from_db()
    assert commune.parent.name == commune.province.name == "Thành phố Mẫu"
    assert may_edit(editor, record)


def test_a_divided_unit_puts_its_records_in_doubt_and_passes_to_nobody():
    old = UnitFactory(name="Xã Rộng")
    editor = UserFactory(role=Role.COMMUNE_EDITOR, unit=old)
    record = RecordFactory(unit=old, commune_printed="Xã Rộng")
    recording.record(order("split", old, parts=[("Xã Đông", "90001"), ("Xã Tây", "90002")]))
    east, west = Unit.objects.get(code="90001"), Unit.objects.get(code="90002")
    assert [change.is_main_part for change in old.successions.order_by("pk")] == [True, False]
    doubt = UnitDoubt.objects.get(record=record)
    assert (doubt.reason, doubt.candidates) == ("ended", [east.pk, west.pk])
    assert may_edit(editor, record)  # nobody else is given it before staff decide
    other = RecordFactory(unit=east)
    assert not may_edit(editor, other)


def test_loading_the_shipped_table_again_undoes_nothing(tmp_path):
    (tmp_path / "units.csv").write_text("code,name,parent,valid_from,valid_to\n90009,Xã Cũ,,2025-07-01,\n", "utf-8")
    (tmp_path / "unit_changes.csv").write_text("predecessor,successor,part,took_effect_on,resolution\n", "utf-8")
    from heritage.places.services import load_units

    load_units(tmp_path)
    recording.record(order("rename", Unit.objects.get(code="90009"), name="Phường Cũ"))
    load_units(tmp_path)
    assert [unit.name for unit in Unit.objects.current().filter(code="90009")] == ["Phường Cũ"]


@pytest.mark.parametrize(
    ("kind", "count", "values", "field"),
    [
        ("merge", 1, {"name": "Xã Mới"}, "units"),
        ("merge", 0, {"name": "Xã Mới"}, "units"),
        ("rename", 2, {"name": "Xã Mới"}, "units"),
        ("merge", 2, {"name": "Mới"}, "name"),
        ("merge", 2, {"name": "Xã Mới", "code": "12a"}, "name"),
        ("merge", 2, {"name": "Xã Mới", "resolution": " "}, "resolution"),
        ("merge", 2, {"name": "Xã Mới", "took_effect_on": timezone.localdate() + dt.timedelta(1)}, "took_effect_on"),
        ("merge", 2, {"name": "Xã Mới", "took_effect_on": dt.date(2025, 7, 1)}, "took_effect_on"),
        ("merge", 2, {"name": "Xã Mới", "decided_on": dt.date(2026, 9, 2)}, "decided_on"),
        ("split", 1, {"parts": [("Xã Đông", "90001")]}, "parts"),
        ("split", 1, {"parts": [("Xã Đông", "90001"), ("Xã Tây", "90001")]}, "parts"),
        ("split", 1, {"parts": [("Xã Đông", "90001"), ("Xã Tây", "")]}, "parts"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_changes_nothing(kind, count, values, field):
    units = UnitFactory.create_batch(count)
    with pytest.raises(ValidationError) as refused:
        recording.record(order(kind, *units, **values))
    assert field in refused.value.error_dict
    assert Unit.objects.current().filter(pk__in=[unit.pk for unit in units]).count() == count
    assert not UnitChange.objects.exists()


def test_units_of_two_provinces_and_former_units_are_refused():
    here, there = UnitFactory(), UnitFactory(province=ProvinceFactory(code="20", name="Tỉnh Khác"))
    ended = UnitFactory(valid_to=dt.date(2026, 1, 1))
    for units in ([here, there], [here, ended]):
        with pytest.raises(ValidationError) as refused:
            recording.record(order("merge", *units, name="Xã Mới"))
        assert "units" in refused.value.error_dict
    taken = UnitFactory()
    with pytest.raises(ValidationError) as refused:
        recording.record(order("rename", here, name="Xã Mới", code=taken.code))
    assert "name" in refused.value.error_dict
