"""A tourism officer at work in Chromium: hours without syntax, counts of visitors, boundaries; desk and phone."""

import json

import pytest
from playwright.sync_api import expect

from heritage.accounts.models import Role
from heritage.maps.models import Place, ThematicMap, VisitCount
from heritage.places.models import UnitBoundary
from tests.browser.test_map import until
from tests.browser.test_register_import import log_in
from tests.factories.accounts import UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.maps import PlaceFactory
from tests.factories.places import UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RING = [[105.5, 21.8], [105.6, 21.8], [105.6, 21.9], [105.5, 21.9], [105.5, 21.8]]


def narrow(page):
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_hours_are_chosen_from_a_table_and_visitors_counted(page, settings, tmp_path, assert_accessible):
    from heritage.accounts import groups

    groups.synchronise()  # the database of a transactional test is emptied after each
    settings.MEDIA_ROOT = tmp_path
    unit = UnitFactory()
    UserFactory(username="du-lich", role=Role.TOURISM_OFFICER, unit=unit.province)
    RecordFactory(number="TN01", unit=unit)
    place = PlaceFactory(unit=unit, opening_hours="Mo-Fr 07:00-11:00,13:00-17:00; Sa off", latitude=21.59)
    log_in(page, "du-lich")
    page.goto(f"/admin/snippets/maps/place/edit/{place.pk}/#tab-for_the_visit")
    page.get_by_role("tab").nth(2).click()
    monday, saturday, sunday = (page.locator(f"[data-day={day}]") for day in ("Mo", "Sa", "Su"))
    expect(monday.locator("input[type=time]").nth(2)).to_have_value("13:00")
    expect(saturday.locator("input[type=checkbox]")).not_to_be_checked()
    sunday.locator("input[type=checkbox]").check()
    sunday.locator("input[type=time]").nth(1).fill("12:00")
    sunday.locator("input[type=time]").nth(1).press("Tab")
    text = page.locator("[data-opening-hours] input[type=text]")
    expect(text).to_have_value("Mo-Fr 07:00-11:00,13:00-17:00; Su 08:00-12:00")
    text.fill("Apr-Oct Mo-Su 07:00-18:00")
    expect(page.locator("[data-hours-note]")).to_be_visible()
    expect(page.locator("[data-hours-table]")).to_be_hidden()
    text.fill("Mo 09:00-10:00; We 12:00-13:00")
    expect(monday.locator("input[type=time]").first).to_have_value("09:00")
    page.set_viewport_size({"width": 390, "height": 844})
    box = monday.locator("input[type=time]").last.bounding_box()
    assert box["x"] + box["width"] <= 390  # all four times can be reached on a phone
    page.get_by_role("button", name="Mọi ngày như thứ Hai").click()
    expect(text).to_have_value("Mo-Su 09:00-10:00")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("button[name=action-publish]").evaluate("button => button.click()")
    page.wait_for_url("**/maps/place/")
    assert Place.objects.get().opening_hours == "Mo-Su 09:00-10:00"

    page.goto("/admin/visitors/import/")
    assert_accessible(page)
    narrow(page)
    table = "Số hiệu,Năm,Lượt khách\nTN01,2025,12.500\nTN99,2025,1\n".encode()
    page.set_input_files("[name=file]", {"name": "khach.csv", "mimeType": "text/csv", "buffer": table})
    page.fill("[name=source]", "Báo cáo năm")
    page.locator("button[value=keep]").click()
    expect(page.get_by_role("status").get_by_text("TN99")).to_be_visible()
    narrow(page)
    assert VisitCount.objects.get().visitors == 12500
    page.locator("main a[href*='measure=visits']").click()
    page.wait_for_selector("[data-areas]")
    page.goto("/en/map/figures/?measure=visits&division=commune&year=2025")
    expect(page.locator("[data-total]")).to_have_text("12,500")


def test_an_administrator_hands_boundaries_in(page, assert_accessible):
    unit = UnitFactory()
    UserFactory(username="quan-tri", is_superuser=True, is_staff=True)
    log_in(page, "quan-tri")
    page.goto("/admin/units/boundaries/")
    page.locator("[name=day]").click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for()
    page.keyboard.press("Escape")
    rows = [{"code": unit.code}, {"ten": "Xã Không Có"}]
    features = [
        {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": [RING]}} for said in rows
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    for action in ("look", "keep"):
        page.set_input_files("[name=file]", {"name": "xa.geojson", "mimeType": "application/json", "buffer": data})
        page.fill("[name=source]", "Sở mẫu")
        page.fill("[name=licence]", "CC BY 4.0")
        page.locator(f"button[value={action}]").click()
        expect(page.get_by_text("Xã Không Có")).to_be_visible()
        assert UnitBoundary.objects.count() == (action == "keep")
    assert_accessible(page)
    narrow(page)
    page.locator("button[name=forget]").click()
    expect(page.locator("button[name=forget]")).to_have_count(0)


def test_publish_pressed_while_a_new_map_saves_itself_makes_one_map(page):
    UserFactory(username="quan-tri", is_superuser=True, is_staff=True)
    log_in(page, "quan-tri")
    held = []

    def hold(route):
        is_autosave = route.request.method == "POST" and "json" in route.request.headers.get("accept", "")
        held.append(route) if is_autosave and not held else route.continue_()

    page.route("**/snippets/maps/thematicmap/**", hold)
    page.add_init_script("document.addEventListener('w-unsaved:watch-edits', () => { window.isWatched = true; }, true)")
    page.goto("/admin/snippets/maps/thematicmap/add/")
    until(page, "window.isWatched")
    page.fill("[name=title_vi]", "Bản đồ mẫu")
    page.fill("[name=slug]", "ban-do-mau")
    for _wait in range(100):
        page.wait_for_timeout(50)
        if held:
            break
    page.locator(".footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_timeout(200)
    assert ThematicMap.objects.count() == 0
    held[0].continue_()
    page.wait_for_url("**/snippets/maps/thematicmap/")
    assert [one.live for one in ThematicMap.objects.all()] == [True]
