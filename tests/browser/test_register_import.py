"""An officer brings a sheet in old letters in, sees it in the list, and takes it back; on a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from heritage.accounts.models import Role
from heritage.catalog.exports import ordering as lists
from heritage.catalog.imports import ordering
from heritage.catalog.models import Record
from heritage.core.letters import to_letters
from tests.catalog.imports.test_pictures import packed, photograph
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.catalog import RecordFactory
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


def test_in_english_a_zip_of_pictures_is_tried_and_taken_and_a_long_list_is_made(
    page, phone, settings, tmp_path, monkeypatch, assert_accessible
):
    from heritage.accounts import groups

    groups.synchronise()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    unit = UnitFactory()
    user = UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=unit.province)
    UserProfile.objects.create(user=user, preferred_language="en")
    RecordFactory(number="TN05", name_vi="Đền Đuổm", live=False, unit=unit)
    RecordFactory(number="TN06", unit=unit)
    log_in(page, "so")
    page.goto("/admin/register/imports/")
    content = packed(**{"TN05-1.jpg": photograph(6), "XX99.jpg": photograph()})
    page.set_input_files("[name=file]", {"name": "pictures.zip", "mimeType": "application/zip", "buffer": content})
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    for action in ("trial", "import"):
        page.locator(f"button[value={action}]").click()
        ordering.run_waiting()
        expect(page.get_by_text("Name it after one, such as TN05-2.jpg.")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="Take it as the record's point")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Take it as the record's point").click()
    expect(page.get_by_role("button", name="Take it as the record's point")).to_have_count(0)
    assert Record.objects.get(number="TN05").latitude

    log_in(phone, "so")
    phone.goto("/admin/snippets/catalog/record/?export=pdf")
    phone.get_by_role("button", name="Make the list").click()
    phone.wait_for_url("**/register-lists/*/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    lists.run_waiting()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Download").click(timeout=20_000)
    assert download.value.suggested_filename.endswith(".pdf")
