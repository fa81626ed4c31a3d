"""Giving roles in the admin: within the own units, never above the own power."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from heritage.accounts.models import Role, UnitRole
from tests.factories.accounts import UserFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def form(user=None, roles=(), **changes):
    data = {
        "username": user.username if user else "can-bo-moi",
        "email": "can-bo@example.org",
        "first_name": "Mẫu",
        "last_name": "Cán bộ",
        "is_active": "on",
        "password1": "",
        "password2": "",
        "roles-TOTAL_FORMS": len(roles),
        "roles-INITIAL_FORMS": user.unit_roles.count() if user else 0,
        "roles-MIN_NUM_FORMS": 0,
        "roles-MAX_NUM_FORMS": 1000,
    }
    for position, role in enumerate(roles):
        data |= {f"roles-{position}-{key}": value for key, value in role.items()}
    return data | changes


@pytest.fixture
def commune():
    return UnitFactory()


@pytest.fixture
def administrator(client, commune):
    user = UserFactory(role=Role.ADMINISTRATOR, unit=commune.province)
    client.force_login(user)
    return user


def edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_a_new_user_with_a_role(client, administrator, commune):
    data = form(roles=[{"role": Role.COMMUNE_EDITOR, "unit": commune.pk}])
    data |= {"password1": "mua-xuan-2026", "password2": "mua-xuan-2026"}
    assert client.post(reverse("wagtailusers_users:add"), data).status_code == 302
    user = get_user_model().objects.get(username="can-bo-moi")
    assert [(held.role, held.unit) for held in user.unit_roles.all()] == [(Role.COMMUNE_EDITOR, commune)]
    assert user.has_perm("wagtailadmin.access_admin")


def test_a_role_is_taken_back(client, administrator, commune):
    user = UserFactory(role=Role.COMMUNE_EDITOR, unit=commune)
    held = user.unit_roles.get()
    row = {"id": held.pk, "user": user.pk, "role": held.role, "unit": commune.pk, "DELETE": "on"}
    assert client.post(edit(user), form(user, [row])).status_code == 302
    assert not user.unit_roles.exists()
    assert not get_user_model().objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("where", ["elsewhere", "everywhere"])
def test_no_role_outside_the_own_units(client, administrator, commune, where):
    elsewhere = UnitFactory(province=ProvinceFactory(code="52", name="Tỉnh Gia Lai"))
    unit = elsewhere.pk if where == "elsewhere" else ""
    user = UserFactory(role=Role.COMMUNE_EDITOR, unit=commune)
    held = user.unit_roles.get()
    rows = [
        {"id": held.pk, "user": user.pk, "role": held.role, "unit": commune.pk},
        {"role": Role.ADMINISTRATOR, "unit": unit},
    ]
    assert client.post(edit(user), form(user, rows)).status_code == 200
    assert UnitRole.objects.filter(user=user).count() == 1


def test_nobody_edits_an_account_stronger_than_the_own(client, administrator):
    for stronger in (UserFactory(is_superuser=True), UserFactory(role=Role.ADMINISTRATOR)):
        before = stronger.password
        data = form(stronger, password1="chiem-quyen-2026", password2="chiem-quyen-2026")
        assert client.post(edit(stronger), data).status_code == 302
        assert client.get(edit(stronger)).status_code == 302
        stronger.refresh_from_db()
        assert stronger.password == before


def test_nobody_makes_himself_a_superuser(client, administrator):
    held = administrator.unit_roles.get()
    row = {"id": held.pk, "user": administrator.pk, "role": held.role, "unit": held.unit_id}
    client.post(edit(administrator), form(administrator, [row], is_superuser="on"))
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_others_do_not_manage_users(client, commune):
    for role in set(Role) - {Role.ADMINISTRATOR}:
        client.force_login(UserFactory(role=role, unit=commune.province))
        assert client.get(reverse("wagtailusers_users:index")).status_code == 302
        assert client.get(reverse("wagtailusers_users:add")).status_code == 302


def test_the_list_names_roles_in_few_queries(client, administrator, django_assert_max_num_queries):
    for _each in range(15):
        UserFactory(role=Role.REVIEWER, unit=UnitFactory(name="Xã Thử"))
    client.get(reverse("wagtailusers_users:index"))
    with django_assert_max_num_queries(30):
        page = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Xã Thử" in page
