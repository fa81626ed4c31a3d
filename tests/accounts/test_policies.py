"""A role reaches its unit and what is below it, follows mergers, and nothing else."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from heritage.accounts import coverage
from heritage.accounts.models import Role, UnitRole
from heritage.accounts.policies import forget_roles, policy_of
from heritage.accounts.reach import reach_of
from heritage.accounts.roles import ANY_ACTION, Action, granted
from heritage.catalog.models import Dossier, Kind, Record
from heritage.iiif.models import DigitalObject
from heritage.places.models import Unit, UnitChange
from heritage.places.models.unit import REORGANISATION, Level
from tests.catalog.admin.addresses import form_data
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory


@pytest.fixture
def policy():
    return policy_of(Record)


@pytest.mark.django_db
class TestCoverage:
    def test_a_province_reaches_its_communes_and_no_other(self):
        commune, elsewhere = UnitFactory(), UnitFactory(province=ProvinceFactory(code="52", name="Tỉnh Gia Lai"))
        reached = coverage.units_below([commune.province_id])
        assert commune.pk in reached
        assert elsewhere.pk not in reached

    def test_a_merger_moves_the_rights_with_it(self):
        old, other, new = UnitFactory(valid_to=REORGANISATION), UnitFactory(valid_to=REORGANISATION), UnitFactory()
        for part in (old, other):
            UnitChange.objects.create(predecessor=part, successor=new, took_effect_on=REORGANISATION)
        assert {old.pk, new.pk} <= coverage.units_below([old.pk])
        assert {old.pk, other.pk, new.pk} == coverage.units_below([new.pk])

    def test_a_unit_that_was_split_passes_to_nobody(self):
        old, part = UnitFactory(), UnitFactory()
        UnitChange.objects.create(predecessor=old, successor=part, is_partial=True, took_effect_on=REORGANISATION)
        assert coverage.units_below([old.pk]) == {old.pk}

    def test_a_merger_to_come_moves_nothing_yet(self):
        old, new = UnitFactory(), UnitFactory()
        UnitChange.objects.create(predecessor=old, successor=new, took_effect_on=dt.date(2999, 1, 1))
        assert coverage.units_below([old.pk]) == {old.pk}


@pytest.mark.django_db
class TestPolicy:
    def test_an_editor_sees_and_changes_the_own_unit_only(self, policy):
        own, other = RecordFactory(unit=UnitFactory()), RecordFactory(unit=UnitFactory())
        user = UserFactory(role=Role.COMMUNE_EDITOR, unit=own.unit)
        assert policy.user_has_permission_for_instance(user, "change", own)
        assert not policy.user_has_any_permission_for_instance(user, ANY_ACTION, other)
        assert list(policy.instances_user_has_permission_for(user, "change")) == [own]

    def test_a_shared_record_belongs_to_each_of_its_units_once(self, policy):
        record = RecordFactory(unit=UnitFactory())
        units = [UnitFactory(), UnitFactory()]
        record.shared_units.set(units)
        record.save()
        user = UserFactory(role=Role.COMMUNE_EDITOR, unit=units[0])
        UnitRole.objects.create(user=user, role=Role.COMMUNE_EDITOR, unit=units[1])
        assert list(policy.instances_user_has_permission_for(user, "change")) == [record]

    def test_a_record_of_no_unit_is_the_business_of_the_province(self, policy):
        record, commune = RecordFactory(unit=None), UnitFactory()
        assert policy.user_has_permission_for_instance(
            UserFactory(role=Role.DEPARTMENT_EDITOR, unit=commune.province), "publish", record
        )
        assert not policy.user_has_permission_for_instance(
            UserFactory(role=Role.COMMUNE_EDITOR, unit=commune), "view", record
        )

    def test_the_answer_comes_from_the_database_not_from_a_form(self, policy):
        own, other = UnitFactory(), UnitFactory()
        record = RecordFactory(unit=other)
        record.unit = own
        assert not policy.user_has_permission_for_instance(
            UserFactory(role=Role.COMMUNE_EDITOR, unit=own), "change", record
        )

    def test_a_role_for_some_kinds_reaches_those_and_what_hangs_on_them(self, policy):
        unit = UnitFactory()
        jar, temple = RecordFactory(unit=unit, kind=Kind.OBJECT), RecordFactory(unit=unit, kind=Kind.MONUMENT)
        elsewhere = RecordFactory(unit=UnitFactory(), kind=Kind.OBJECT)
        museum = UserFactory(role=Role.MUSEUM_EDITOR, unit=unit, kinds=[Kind.OBJECT, Kind.TREASURE])
        for action in ("view", "change"):
            assert set(policy.instances_user_has_permission_for(museum, action)) == {jar}
        for record, allowed in ((jar, True), (temple, False), (elsewhere, False)):
            assert policy.user_has_permission_for_instance(museum, "change", record) is allowed
            assert (museum in policy.users_with_any_permission_for_instance(["change"], record)) is allowed
        dossiers = [Dossier.objects.create(record=record, candidate_rank="national") for record in (jar, temple)]
        assert list(policy_of(Dossier).instances_user_has_permission_for(museum, "change")) == dossiers[:1]
        UnitRole.objects.create(user=museum, role=Role.VIEWER, unit=unit)  # two roles add up
        forget_roles(museum)
        assert set(policy.instances_user_has_permission_for(museum, "view")) == {jar, temple}
        assert set(policy.instances_user_has_permission_for(museum, "change")) == {jar}
        reach = reach_of(museum, Record, Action.ADD)
        assert reach.cover(unit.pk, Kind.TREASURE)
        assert not reach.cover(unit.pk, Kind.MONUMENT)
        assert not reach.cover(elsewhere.unit_id, Kind.OBJECT)

    def test_a_form_offers_the_kinds_of_the_role_only(self, client):
        unit = UnitFactory()
        client.force_login(UserFactory(role=Role.MUSEUM_EDITOR, unit=unit, kinds=[Kind.OBJECT]))
        add = reverse("wagtailsnippets_catalog_record:add")
        assert [value for value, _label in client.get(add).context["form"].fields["kind"].choices] == [Kind.OBJECT]
        values = form_data(RecordFactory.build(number="", unit=unit, kind=Kind.MONUMENT))
        assert client.post(add, values).context["form"].errors["kind"]
        assert client.post(add, values | {"kind": Kind.OBJECT}).status_code == 302
        assert list(Record.objects.values_list("kind", flat=True)) == [Kind.OBJECT]

    @pytest.mark.parametrize("role", Role)
    def test_nobody_deletes(self, policy, role):
        record = RecordFactory(unit=UnitFactory())
        for user in (UserFactory(role=role), UserFactory(is_superuser=True)):
            assert not policy.user_has_permission(user, "delete")
            assert not policy.user_has_permission_for_instance(user, "delete", record)

    def test_an_inactive_user_and_a_visitor_may_nothing(self, policy):
        from django.contrib.auth.models import AnonymousUser

        record = RecordFactory(unit=UnitFactory())
        for user in (UserFactory(role=Role.ADMINISTRATOR, is_active=False), AnonymousUser()):
            assert not policy.user_has_any_permission(user, ANY_ACTION)
            assert not policy.user_has_any_permission_for_instance(user, ANY_ACTION, record)
            assert not policy.instances_user_has_any_permission_for(user, ANY_ACTION).exists()

    def test_the_area_decides_too(self):
        unit = UnitFactory()
        librarian = UserFactory(role=Role.LIBRARIAN, unit=unit)
        assert not policy_of(Record).user_has_permission(librarian, "change")
        assert policy_of(DigitalObject).user_has_permission(librarian, "change")


class EveryTree(TestCase):
    """Whatever the tree, the roles and the records: three ways of asking agree, and agree with a slow count."""

    @settings(max_examples=25, deadline=None)
    @given(data=st.data())
    def test_list_object_and_users_agree(self, data):
        units = self._tree(data)
        role = data.draw(st.sampled_from(list(Role)))
        action = data.draw(st.sampled_from([action for action in Action if action != Action.DELETE]))
        user = UserFactory(role=role, unit=data.draw(st.sampled_from([None, *units])))
        held = user.unit_roles.get()
        records = [RecordFactory(unit=data.draw(st.sampled_from([None, *units]))) for _each in range(4)]
        policy = policy_of(Record)
        listed = set(policy.instances_user_has_permission_for(user, action))
        for record in records:
            expected = action in granted(role, "catalog") and self._reaches(held, record.unit)
            assert (record in listed) is expected
            assert policy.user_has_permission_for_instance(user, action, record) is expected
            assert (user in policy.users_with_permission_for_instance(action, record)) is expected

    def _tree(self, data):
        units = []
        for position in range(data.draw(st.integers(1, 7))):
            parent = data.draw(st.sampled_from([None, *units]))
            level = Level.COMMUNE if parent else Level.PROVINCE
            units.append(
                Unit.objects.create(code=f"{90000 + position}", level=level, name=f"Đơn vị {position}", parent=parent)
            )
        return units

    def _reaches(self, held, unit):
        if held.unit is None:
            return True
        if unit is None:
            return held.unit.level == Level.PROVINCE
        while unit is not None:
            if unit == held.unit:
                return True
            unit = unit.parent
        return False
