"""Units in the admin: found by old and new names, with what became of them."""

import pytest

from heritage.accounts.models import User


@pytest.fixture
def staff(client, units):
    client.force_login(User.objects.create_superuser("lan", password="mat-khau-dai"))
    return client


def test_an_old_name_shows_what_it_is_now(staff, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        page = staff.get("/admin/units/", {"q": "an duc", "former": "true"}).content.decode()
    assert "xã An Đức, huyện Ba Tri, tỉnh Bến Tre" in page
    assert "xã Ba Tri, tỉnh Vĩnh Long" in page


def test_a_list_can_be_ordered_and_filtered(staff):
    assert staff.get("/admin/units/", {"q": "ba tri", "ordering": "-code", "level": "commune"}).status_code == 200


@pytest.mark.parametrize("text", ["%", "'", "x" * 10_000])
def test_hostile_searches(staff, text):
    assert staff.get("/admin/units/", {"q": text}).status_code == 200


def test_those_without_the_right_see_nothing(client, units):
    client.force_login(User.objects.create_user("minh", password="mat-khau-dai"))
    assert client.get("/admin/units/").status_code == 302
