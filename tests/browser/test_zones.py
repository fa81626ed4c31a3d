"""A protection zone in the admin: the province's meridian stands ready, a wrong one is shown, the right one saved."""

import datetime as dt

import pytest
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog.models import Record
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.catalog import RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "1 2424000 404900\n2 2424000 405000\n3 2424100 405000"


@pytest.fixture
def record(db):
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên", valid_from=dt.date(2025, 7, 1))
    unit = UnitFactory(parent=province, province=province)
    UserFactory(username="can-bo", role=Role.COMMUNE_EDITOR, unit=unit)
    return RecordFactory(
        number="XX01", unit=unit, latitude=21.91, longitude=105.58, coord_accuracy_m=50, coord_basis="surveyed"
    )


def test_minutes_become_a_zone(page, record):
    address = reverse("wagtailsnippets_catalog_record:edit", args=[record.pk])
    page.goto(reverse("login") + f"?next={address}")
    page.locator("[name=username]").fill("can-bo")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").click()
    page.wait_for_url(f"**{address}")
    page.get_by_role("tab", name="Khu vực bảo vệ").click()
    page.locator("#id_zones-ADD").click()
    page.locator(".zone-field__map.leaflet-container").wait_for()
    page.locator(".zone-field__import summary").click()
    meridian = page.locator(".zone-field__import select")
    page.wait_for_function("document.querySelector('.zone-field__import select').value === '106.5'")
    assert "Thái Nguyên" in page.locator("[data-zone-map-target=usual]").inner_text()
    page.locator("[data-zone-map-target=list]").fill(LIST)
    meridian.select_option("105.0")
    page.locator(".zone-field__import button").click()
    page.locator(".zone-field__problems li").first.wait_for()
    assert "106°30′" in page.locator(".zone-field__problems").inner_text()
    meridian.select_option("106.5")
    page.locator(".zone-field__import button").click()
    page.wait_for_function("!document.querySelector('.zone-field__problems').children.length")
    assert "4.999" in page.locator(".zone-field__size").inner_text()
    page.locator("footer button.action-save, footer [type=submit]").first.click()
    page.locator(".messages .success").wait_for()
    (zone,) = Record.objects.get(pk=record.pk).get_latest_revision_as_object().zones.all()
    assert zone.area_m2 == pytest.approx(5000, rel=0.001)
