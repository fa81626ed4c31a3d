"""A commune editor's, a reviewer's and a department editor's day, in Vietnamese: from log-in to a published record.

Shows the pains 5 and 9 solved as their users see it: an approved record changes only through moderation, and of two
editors on one field neither loses a word.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from heritage.accounts.models import Role
from heritage.catalog.models import EditHold, Record
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/snippets/catalog/record/"
LISTED = re.compile(r"/admin/snippets/catalog/record/$")
SLOWEST = 60_000
"""Milliseconds for what sends a record on, on a machine with much else to do: its checks, its task and its letters."""
TASKS = "/admin/tasks/"
NEW_NAME = "Đình Mẫu Sơn Thượng"
COLLEAGUES = "Một dòng của đồng nghiệp."


@pytest.fixture
def commune():
    from heritage.accounts import groups, moderation

    groups.synchronise()  # the database of a transactional test is emptied after each
    moderation.synchronise()
    return UnitFactory(name="Xã Mẫu Sơn")


@pytest.fixture
def record(commune):
    record = RecordFactory(number="XX01", unit=commune, live=False, name_vi="Đình Mẫu Sơn", name_en="")
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
    editor, colleague, reviewer, office = (open_context(**desk).new_page() for _each in range(4))
    UserFactory(username="xa", role=Role.COMMUNE_EDITOR, unit=commune)
    UserFactory(username="xa2", role=Role.COMMUNE_EDITOR, unit=commune)
    UserFactory(username="tham-dinh", role=Role.REVIEWER, unit=commune.province)
    UserFactory(username="so", role=Role.DEPARTMENT_EDITOR, unit=commune.province)

    log_in(colleague, "xa2")
    colleague.goto(f"{LIST}edit/{record.pk}/")
    log_in(editor, "xa")
    editor.goto(LIST + "?q=dinh mau")
    expect(editor.locator("td.title")).to_have_count(1)
    editor.goto(LIST)
    expect(editor.get_by_text("Chùa Xã Khác")).to_have_count(0)
    editor.locator("td.title a").first.click()
    wait_until_it_is_free(editor, colleague)
    expect(editor.locator("[name=action-publish]")).to_have_count(0)
    change_name(editor)
    merge_with_the_other(colleague)
    colleague.goto(LIST)
    editor.reload()
    submit(editor)
    assert not Record.objects.get(pk=record.pk).live
    assert editor.goto("/vi/di-san/XX01/").status == 404

    log_in(reviewer, "tham-dinh")
    comment_and_return(reviewer, record)
    answer_and_submit_again(editor, record)
    reviewer.goto(TASKS)
    expect(reviewer.get_by_role("heading", name="Chờ bạn quyết định (1)")).to_be_visible()
    open_free(reviewer, record)
    approve(reviewer)
    assert not Record.objects.get(pk=record.pk).live

    log_in(office, "so")
    office.goto(TASKS)
    expect(office.get_by_text(NEW_NAME).first).to_be_visible()
    open_free(office, record)
    approve(office)
    assert office.goto("/vi/di-san/XX01/").status == 200
    expect(office.get_by_text(NEW_NAME).first).to_be_visible()
    expect(office.get_by_text(COLLEAGUES).first).to_be_visible()

    withdraw(office, record)
    answer = office.goto("/vi/di-san/XX01/")
    assert answer.status == 410
    expect(office.get_by_text("Ghi trùng với hồ sơ khác.")).to_be_visible()
    restore(office, record)
    assert office.goto("/vi/di-san/XX01/").status == 200


def wait_until_it_is_free(page: Page, colleague: Page) -> None:
    """The colleague has it open, so others only read it; gone to lunch, they let go of it."""
    expect(page.get_by_text("đang sửa mục này từ")).to_be_visible()
    expect(page.locator("button.action-save")).to_be_disabled()
    page.wait_for_load_state("load")
    page.locator("[data-contentpath=name_vi] .field-comment").click(trial=True)  # reading, one may comment
    page.locator("[name=name_vi]").press_sequentially("chữ")
    expect(page.locator("[name=name_vi]")).to_have_value("Đình Mẫu Sơn")
    EditHold.objects.update(active_at=timezone.now() - dt.timedelta(hours=1))
    page.reload()
    page.wait_for_load_state("load")
    expect(page.locator("button.action-save")).to_be_enabled()
    assert_side_by_side(page)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("F8")  # from outside any field the first one, then on, and back
    first = page.evaluate("document.activeElement.name")
    page.keyboard.press("F8")
    second = page.evaluate("document.activeElement.name")
    assert "" not in (first, second)
    assert first != second, "F8 goes from field to field"
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.name") == first
    page.locator("[name=name_vi]").focus()
    page.keyboard.press("F9")
    expect(page.locator("[name=name_en]")).to_be_focused()
    page.keyboard.press("Alt+PageDown")
    expect(page.locator("[role=tab][aria-selected=true]")).to_contain_text("Riêng của loại này")
    page.keyboard.press("Alt+PageUp")


def open_free(page: Page, record: Record) -> None:
    """Who sent it on lets go of it as the page closes; word of that may come after the next person has asked."""
    page.goto(f"{LIST}edit/{record.pk}/")
    for _attempt in range(30):
        if not page.locator("body.content-locked").count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator(".edit-hold, .messages").all_inner_texts())


def assert_side_by_side(page: Page) -> None:
    """Vietnamese and English in one row at a desk, below each other on a telephone."""
    names = ("name_vi", "name_en")
    vietnamese, english = (page.locator(f"[name={name}]").bounding_box() for name in names)
    assert vietnamese["y"] == english["y"]
    assert english["x"] > vietnamese["x"] + vietnamese["width"]
    page.set_viewport_size({"width": 390, "height": 844})
    vietnamese, english = (page.locator(f"[name={name}]").bounding_box() for name in names)
    assert english["y"] > vietnamese["y"] + vietnamese["height"]
    page.set_viewport_size({"width": 1440, "height": 900})


def change_name(page: Page) -> None:
    page.fill("[name=name_vi]", NEW_NAME)
    with page.expect_response(lambda response: "/edit/" in response.url and response.request.method == "POST"):
        page.locator("button.action-save").click()
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("[data-side-panel=preview] iframe:not(.w-preview__proxy)")
    expect(preview.get_by_text(NEW_NAME).first).to_be_visible()


def merge_with_the_other(page: Page) -> None:
    """The colleague had the form open all the while: what both wrote is asked about, what one wrote is taken."""
    page.locator("[role=tab]", has_text="Bài viết").click()
    with page.expect_response(
        lambda response: "/edit/" in response.url and response.request.method == "POST"
    ) as saving:
        page.fill("[name=summary_vi]", COLLEAGUES)
    assert saving.value.status == 400
    page.locator("button.action-save").click()
    go_on = page.locator("[data-action='w-dialog#confirm']:visible")
    go_on.or_(page.locator(".merge-value")).first.wait_for()
    if "/merge/" not in page.url:  # a page that has heard of the other's version asks once more
        go_on.click()
    page.wait_for_url("**/merge/**")
    for word in (NEW_NAME, COLLEAGUES):
        expect(page.locator(".merge-value", has_text=word)).to_be_visible()
    page.get_by_role("button", name="Lưu cả hai thành một bản nháp").click()
    page.wait_for_url("**/edit/**")


def comment_and_return(page: Page, record: Record) -> None:
    page.goto(TASKS)
    expect(page.locator("table.tasks")).to_contain_text("Hôm nay")
    page.locator("table.tasks a").click()
    page.wait_for_url("**/edit/**")
    open_free(page, record)
    with page.expect_popup() as opened:
        page.locator("[data-contentpath=name_vi] .field-comment").click()
    remarks = opened.value
    remarks.fill("#comment-text", "Quyết định ghi tên khác.")
    remarks.locator("button[name=say]").click()
    expect(remarks.locator(".comment-thread")).to_contain_text("Tên chính thức")
    remarks.close()
    more_actions(page)
    page.locator("[data-workflow-action-name=reject]").first.click()
    page.locator(".modal textarea[name=comment]").fill("Xin xem góp ý.")
    page.locator(".modal [type=submit]").click()
    page.wait_for_url(LISTED, wait_until="commit", timeout=SLOWEST)


def answer_and_submit_again(page: Page, record: Record) -> None:
    page.goto(TASKS)
    expect(page.get_by_role("heading", name="Trả lại để bạn sửa (1)")).to_be_visible()
    expect(page.get_by_text("Xin xem góp ý.")).to_be_visible()
    page.goto(f"{LIST}edit/{record.pk}/")
    expect(page.locator("[data-contentpath=name_vi] .field-comment")).to_have_text("1")
    page.goto(f"{LIST}comments/{record.pk}/")
    page.locator(".comment-thread textarea").fill("Đã xem lại.")
    page.get_by_role("button", name="Trả lời").click()
    page.get_by_role("button", name="Đã giải quyết").click()
    expect(page.locator(".comment-thread--resolved")).to_be_visible()
    open_free(page, record)
    submit(page)


def submit(page: Page) -> None:
    """By keyboard, from within a field; the answer that leads to the list says that it is saved and sent on."""
    page.locator("[name=name_en]").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(LISTED, wait_until="commit", timeout=SLOWEST)


def approve(page: Page) -> None:
    more_actions(page)
    page.locator("[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(LISTED, wait_until="commit", timeout=SLOWEST)


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
