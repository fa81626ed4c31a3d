"""A commune editor's and a department editor's day, from log-in to a published and a withdrawn record."""

import re

import pytest
from playwright.sync_api import Page, expect

from heritage.accounts.models import Role
from heritage.catalog.models import Record
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/snippets/catalog/record/"
NEW_NAME = "Đình Mẫu Sơn Thượng"


@pytest.fixture
def commune():
    from heritage.accounts import groups, moderation

    groups.synchronise()  # the database of a transactional test is emptied after each
    moderation.synchronise()
    return UnitFactory(name="Xã Mẫu Sơn")


@pytest.fixture
def record(commune):
    record = RecordFactory(
        number="XX01", unit=commune, live=False, name_vi="Đình Mẫu Sơn", name_en="", summary_vi="Một dòng."
    )
    record.save_revision()
    RecordFactory(number="XX02", unit=UnitFactory(province=commune.province), live=False, name_vi="Chùa Xã Khác")
    return record


def log_in(page: Page, username: str) -> None:
    page.goto("/vi/tai-khoan/dang-nhap/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def more_actions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()


def test_a_record_goes_from_the_commune_to_the_public_and_back(open_context, commune, record):
    desk = {"viewport": {"width": 1440, "height": 900}}
    editor, office = open_context(**desk).new_page(), open_context(**desk).new_page()
    UserFactory(username="xa", role=Role.COMMUNE_EDITOR, unit=commune)
    UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=commune.province)

    log_in(editor, "xa")
    editor.goto(LIST + "?q=dinh mau")
    expect(editor.locator("td.title")).to_have_count(1)
    editor.goto(LIST)
    expect(editor.get_by_text("Chùa Xã Khác")).to_have_count(0)
    editor.locator("td.title a").first.click()
    expect(editor.locator("[name=action-publish]")).to_have_count(0)
    change_name(editor)
    submit(editor)
    assert not Record.objects.get(pk=record.pk).live
    assert editor.goto("/vi/di-san/XX01/").status == 404

    log_in(office, "so")
    expect(office.get_by_text(NEW_NAME).first).to_be_visible()
    office.goto(f"{LIST}edit/{record.pk}/")
    approve(office)
    assert office.goto("/vi/di-san/XX01/").status == 200
    expect(office.get_by_text(NEW_NAME).first).to_be_visible()

    withdraw(office, record)
    answer = office.goto("/vi/di-san/XX01/")
    assert answer.status == 410
    expect(office.get_by_text("Ghi trùng với hồ sơ khác.")).to_be_visible()
    restore(office, record)
    assert office.goto("/vi/di-san/XX01/").status == 200


def change_name(page: Page) -> None:
    page.fill("[name=name_vi]", NEW_NAME)
    with page.expect_response(lambda response: "/edit/" in response.url and response.request.method == "POST"):
        page.locator("button.action-save").click()
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("[data-side-panel=preview] iframe:not(.w-preview__proxy)")
    expect(preview.get_by_text(NEW_NAME).first).to_be_visible()


def submit(page: Page) -> None:
    more_actions(page)
    page.locator("[name=action-submit]").click()
    page.wait_for_url(re.compile(r"/admin/snippets/catalog/record/"))


def approve(page: Page) -> None:
    more_actions(page)
    page.locator("[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(re.compile(r"/admin/snippets/catalog/record/$"))


def withdraw(page: Page, record: Record) -> None:
    page.goto(f"{LIST}withdraw/{record.pk}/")
    page.fill("[name=reason_vi]", "Ghi trùng với hồ sơ khác.")
    page.locator("#w-editor-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/edit/"))


def restore(page: Page, record: Record) -> None:
    page.goto(f"{LIST}restore/{record.pk}/")
    page.locator("#w-editor-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/edit/"))


def test_the_log_in_page_is_accessible_and_says_what_is_wrong(page, phone, assert_accessible, db):
    for window in (page, phone):
        window.goto("/en/account/log-in/")
        assert_accessible(window)
        window.fill("[name=username]", "nobody")
        window.fill("[name=password]", "nothing")
        window.locator("form.form button[type=submit]").click()
        expect(window.get_by_role("alert")).to_be_visible()
        assert window.input_value("[name=username]") == "nobody"
        assert_accessible(window)
