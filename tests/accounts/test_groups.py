"""Groups follow from roles; nobody makes them by hand."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Workflow

from heritage.accounts import groups, moderation
from heritage.accounts.models import Role, UnitRole
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_a_role_opens_the_admin_and_its_end_closes_it():
    user = UserFactory(role=Role.COMMUNE_EDITOR)
    assert type(user).objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
    user.unit_roles.all().delete()
    assert not type(user).objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


def test_other_groups_are_left_alone():
    user = UserFactory()
    own = Group.objects.create(name="Tổ dịch thuật")
    user.groups.add(own)
    UnitRole.objects.create(user=user, role=Role.VIEWER)
    assert own in user.groups.all()
    assert user.groups.count() == 2


def test_only_who_may_publish_has_the_permission_of_that_name():
    may = {role for role in Role if UserFactory(role=role).has_perm("catalog.publish_record")}
    assert may == {Role.DEPARTMENT_EDITOR, Role.ADMINISTRATOR}


def test_no_role_may_delete_a_record():
    assert not any(UserFactory(role=role).has_perm("catalog.delete_record") for role in Role)


def test_synchronising_twice_changes_nothing():
    def state():
        return {g.name: sorted(g.permissions.values_list("pk", flat=True)) for g in Group.objects.all()}

    before, workflows = state(), Workflow.objects.count()
    groups.synchronise()
    moderation.synchronise()
    assert state() == before
    assert Workflow.objects.count() == workflows
