"""Adding and sorting pages in the admin: dropped files, an interrupted one gone on with, rows moved by keyboard."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from heritage.core import outbox
from heritage.iiif.models import Canvas, Upload
from tests.factories.iiif import DigitalObjectFactory, image_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIECE = 8 * 1024 * 1024


@pytest.fixture
def folders(settings, tmp_path):
    for name in ("originals", "pyramids", "cache", "uploads"):
        setattr(settings, f"IIIF_{name.upper()}_DIR", tmp_path / name)


@pytest.fixture
def admin(page, live_server):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("head", "a@b.vn", "x"))
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_files_go_up_in_pieces_go_on_after_a_break_and_are_sorted_by_keyboard(
    admin, folders, tmp_path, assert_accessible
):
    from django.urls import reverse

    DigitalObjectFactory(identifier="SO1", label_vi="Sổ sắc phong")
    small = image_file(tmp_path, "tr-2.png", 300, 200)
    large = image_file(tmp_path, "tr-10.tif", 2400, 2000)  # two pieces
    assert PIECE < large.stat().st_size < 2 * PIECE
    admin.goto(reverse("scan_pages", args=["SO1"]))
    broken = []

    def break_once(route):
        if route.request.headers.get("upload-offset") == str(PIECE) and not broken:
            broken.append(True)
            route.abort("connectionreset")
        else:
            route.continue_()

    admin.route("**/uploads/*/", break_once)
    admin.set_input_files("#scan-files", [small, large])
    expect(admin.get_by_text("Đã đến nơi; đang được nhận vào kho.")).to_have_count(2)
    assert broken == [True]
    outbox.drain_all()
    expect(admin.get_by_role("row").filter(has_text="tr-10.tif")).to_be_visible()
    assert Upload.objects.filter(state="done").count() == 2
    assert_accessible(admin)
    rows = admin.locator("tbody tr")
    first = Canvas.objects.first().original_name
    handle = rows.first.locator("button[data-w-orderable-target=handle]")
    handle.focus()
    with admin.expect_response("**/order/**"):
        admin.keyboard.press("ArrowDown")
        admin.keyboard.press("Enter")
    admin.reload()
    expect(rows.nth(1)).to_contain_text(first)
    admin.get_by_role("button", name="Xếp theo tên tệp").click()
    expect(rows.first).to_contain_text("tr-2.png")
    assert [one.original_name for one in Canvas.objects.all()] == ["tr-2.png", "tr-10.tif"]
