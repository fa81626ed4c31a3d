"""An officer brings a sheet in old letters in, sees it in the list, and takes it back; on a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from heritage.accounts.models import Role
from heritage.catalog.imports import ordering
from heritage.catalog.models import Record
from heritage.core.letters import to_letters
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.places import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = """Số,Tên di tích,Nhóm,Tóm tắt
TN05,Đền Đuổm,di tích,Thờ Dương Tự Minh ở huyện Phú Lương
TN06,Chùa Hang,ngôi chùa,Chùa trong núi đá ở huyện Đồng Hỷ
"""


def log_in(page: Page, username: str) -> None:
    page.goto("/vi/tai-khoan/dang-nhap/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def test_a_sheet_in_old_letters_is_mapped_imported_and_undone(page, phone, settings, tmp_path, assert_accessible):
    from heritage.accounts import groups

    groups.synchronise()  # the database of a transactional test is emptied after each
    settings.MEDIA_ROOT = tmp_path
    UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=UnitFactory(name="Xã Mẫu Sơn").province)
    log_in(page, "so")
    page.goto("/admin/register/imports/")
    content = to_letters(SHEET, "tcvn3").encode("cp1252")
    page.set_input_files("[name=file]", {"name": "sổ xã.csv", "mimeType": "text/csv", "buffer": content})
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    expect(page.get_by_role("alert").get_by_text("TCVN3")).to_be_visible()
    expect(page.get_by_role("cell", name="Đền Đuổm").first).to_be_visible()
    expect(page.locator("[name=column_1]")).to_have_value("name_vi")
    page.select_option("[name=column_0]", "id")
    page.fill("[name=save_as]", "Sổ của xã")
    assert_accessible(page)
    page.locator("button[value=import]").click()
    expect(page.locator("#export-progress")).to_be_visible()
    ordering.run_waiting()
    expect(page.locator("button[value=undo]")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("ngôi chùa")).to_be_visible()
    assert Record.objects.get().name_vi == "Đền Đuổm"

    log_in(phone, "so")
    phone.goto(page.url)
    expect(phone.locator("button[value=undo]")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("button[value=undo]").click()
    ordering.run_waiting()
    phone.goto(page.url)
    expect(phone.locator("button[value=undo]")).to_have_count(0)
    assert Record.objects.get().imported_row.withdrawn
