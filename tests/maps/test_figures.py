"""Figures by area: every year of designations, units of today and of before, and what only staff see."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from heritage.accounts.roles import Role
from heritage.catalog.models import Survey
from heritage.maps.figures import DIVISIONS, MEASURES, breaks, figures
from heritage.maps.folium_elements.archipelagos import LABELS
from heritage.places.models import UnitBoundary
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory
from tests.factories.places import ProvinceFactory, UnitFactory
from tests.maps.test_views import spec_of


@given(st.lists(st.integers(0, 10**6)))
def test_classes_are_few_round_and_hold_every_number(values):
    bounds = breaks(values)
    assert bounds == sorted(set(bounds))
    assert len(bounds) <= 5
    assert bounds[:1] == ([1] if max(values, default=0) > 0 else [])
    assert all(str(bound).strip("0") in "125" and bound <= max(values) for bound in bounds)


@pytest.fixture
def register(db):
    """Three records: ranked in 1962 and upgraded, ranked in 1990 until 2001, ranked nobody knows when."""
    cache.clear()  # figures are kept for five minutes
    with translation.override("vi"):
        yield _register()


def _register():
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên")
    commune = UnitFactory(province=province, parent=province)
    old = {"commune_printed": "xã Phú Đình", "district_printed": "huyện Định Hóa", "province_printed": "tỉnh Bắc Thái"}
    first, second, undated = [
        RecordFactory(unit=unit, latitude=21.8, longitude=105.5, **printed)
        for unit, printed in ((commune, old), (province, {}), (None, old))
    ]
    DesignationFactory(record=first, decided_on=dt.date(1962, 4, 28), rank="national")
    DesignationFactory(record=first, act="upgrade", decided_on=dt.date(2012, 5, 10), rank="special_national")
    DesignationFactory(record=second, decided_on=dt.date(1990, 1, 5), rank="provincial")
    DesignationFactory(record=second, act="cancel", decided_on=dt.date(2001, 1, 5), rank="")
    DesignationFactory(record=undated, decided_on=None, rank="provincial")
    return {"province": province, "commune": commune, "first": first, "second": second}


def told(division, year):
    found = figures(MEASURES["designated"], AnonymousUser(), DIVISIONS[division])
    names = {key: area.name for key, area in found.areas.items()}
    return {names[key]: count for key, count in found.at(year).items() if count}


def test_the_end_of_each_year_is_told_and_an_upgrade_counts_once(register, django_assert_max_num_queries):
    province = register["province"].name
    with django_assert_max_num_queries(5):
        assert told("province", 1962) == {province: 1}
    assert [told("province", year) for year in (1961, 1989, 1990, 2000, 2001, 2020)] == [
        {}, {province: 1}, {province: 2}, {province: 2}, {province: 1}, {province: 1},
    ]  # fmt: skip
    assert told("commune", 2020) == {f"{register['commune'].name}, tỉnh Thái Nguyên": 1}
    assert told("former-province", 1970) == {"tỉnh Bắc Thái": 2}  # the undated one counts in every year
    assert told("former-district", 2020) == {"huyện Định Hóa, tỉnh Bắc Thái": 2}


def test_provinces_have_outlines_and_communes_have_those_that_were_loaded(register):
    def areas(division):
        return {
            area.name.partition(",")[0]: area
            for area in figures(MEASURES["designated"], None, DIVISIONS[division]).areas.values()
        }

    assert areas("province")[register["province"].name].outline == "19"
    commune = register["commune"]
    assert areas("commune")[commune.name].geometry is None
    assert areas("commune")[commune.name].at == (21.8, 105.5)
    square = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]]]}
    UnitBoundary.objects.create(unit=commune, geometry=square, source="Sở Nội vụ (mẫu)")
    assert areas("commune")[commune.name].geometry["type"] == "Polygon"


def test_an_outline_that_an_office_loads_of_a_former_unit_is_drawn_with_its_source(client, register):
    old_province = ProvinceFactory(code="19", name="Tỉnh Bắc Thái", valid_from=None, valid_to=dt.date(2025, 7, 1))
    district = UnitFactory(
        code="164", level="district", name="Huyện Định Hóa", parent=old_province, valid_from=None,
        valid_to=dt.date(2025, 7, 1),
    )  # fmt: skip
    square = {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]]]}
    page, answer = "/en/map/figures/?division=former-district", "/en/map/figures.json?division=former-district"
    assert "No outlines of these units come with the archive" in client.get(page).content.decode()
    UnitBoundary.objects.create(unit=district, geometry=square, source="Sở <b>mẫu", licence="CC BY 4.0")
    cache.clear()
    [area] = client.get(answer).json()["areas"]
    assert (area["name"], area["geometry"]["type"]) == ("huyện Định Hóa, tỉnh Bắc Thái", "Polygon")
    assert "Outlines: Sở &lt;b&gt;mẫu · CC BY 4.0" in client.get(page).content.decode()
    former = told("former-commune", 2020)
    assert former == {"xã Phú Đình, huyện Định Hóa, tỉnh Bắc Thái": 2}


def test_page_and_answer_agree_and_the_table_needs_no_map(client, register):
    html = client.get("/vi/ban-do/so-lieu/?division=province&year=1995").content.decode()
    parts = {part["kind"]: part for part in spec_of(html)["parts"]}
    assert parts["archipelagos"]["labels"] == LABELS
    assert parts["areas"]["year"] == 1995
    row = html.split(f'data-area="{register["province"].pk}"')[1].split("</tr>")[0]
    assert ">2</td>" in row
    assert f"?unit={register['province'].code}" in row
    body = client.get("/en/map/figures.json?division=province").json()
    [area] = body["areas"]
    assert area["changes"] == [[1962, 1], [1990, 1], [2001, -1], [2012, 0]] or area["changes"] == [
        [1962, 1], [1990, 1], [2001, -1],
    ]  # fmt: skip
    assert body["breaks"] == [1, 2]
    assert client.get("/vi/ban-do/so-lieu/?division=galaxy&year=99999&kind=%00x").status_code == 200


def test_condition_and_visits_are_for_staff_within_their_units(client, register):
    other = RecordFactory(unit=UnitFactory(province=ProvinceFactory(code="52")))
    for record in (register["first"], other):
        Survey.objects.create(record=record, visited_on=dt.date(2020, 1, 1), surveyor="A", grade="good")
        Survey.objects.create(record=record, visited_on=dt.date(2021, 1, 1), surveyor="A", grade="critical")
    page, answer = "/vi/ban-do/so-lieu/?measure=condition", "/vi/ban-do/so-lieu.json?measure=condition"
    for url in (page, answer, page.replace("condition", "unvisited")):
        assert client.get(url).status_code == 404
    assert "surveyed" not in client.get("/en/map/figures/").content.decode()
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=register["commune"]))
    reply = client.get(answer)
    assert reply["Cache-Control"] == "private, no-store"
    assert [(area["name"], area["changes"]) for area in reply.json()["areas"]] == [
        (register["province"].name, [[0, 1]])
    ]
    assert client.get(page).status_code == 200
    client.force_login(UserFactory())  # staff without any role
    assert client.get(answer).status_code == 404
