"""Staff reach the admin's login page, in Vietnamese."""

import pytest

from heritage.accounts.models import User

pytestmark = pytest.mark.browser


def test_a_member_of_staff_logs_in(page, transactional_db):
    User.objects.create_superuser("quantri", password="di-san-2026")
    page.goto("/admin/")
    page.fill("input[name=username]", "quantri")
    page.fill("input[name=password]", "di-san-2026")
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    assert page.locator("html").get_attribute("lang") == "vi"


def test_what_migrations_put_in_is_there_again_after_a_transactional_test(transactional_db):
    from wagtail.models import Locale, Page

    assert not User.objects.exists()
    assert Page.objects.exists()
    assert Locale.objects.exists()
