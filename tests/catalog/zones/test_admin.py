"""Zones in the record form: drawn, imported, refused with the reason, compared, never of others."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heritage.accounts.models import Role
from heritage.catalog import services
from heritage.catalog.models import ProtectionZone, Record
from tests.catalog.admin.addresses import NAMESPACE, form_data
from tests.factories.accounts import UserFactory
from tests.factories.catalog import DesignationFactory, RecordFactory, square
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
BOW = {"type": "Polygon", "coordinates": [[[105.6, 21.9], [105.601, 21.901], [105.601, 21.9], [105.6, 21.901]]]}


@pytest.fixture
def record():
    made = RecordFactory(unit=UnitFactory(), latitude=21.9005, longitude=105.6005, coord_accuracy_m=50)
    made.save_revision()
    return services.publish(made)


@pytest.fixture
def editor(client, record):
    client.force_login(UserFactory(role=Role.COMMUNE_EDITOR, unit=record.unit))
    return client


def zone(number=0, **changes):
    values = {"kind": "I", "geometry": json.dumps(square()), "is_public": "on", "ORDER": 1, "id": "", **changes}
    return {f"zones-{number}-{name}": value for name, value in values.items()}


def post(client, record, **rows):
    point = {"latitude": "21.9005", "longitude": "105.6005", "coord_accuracy_m": "50"}
    data = form_data(record, **{**point, "zones-TOTAL_FORMS": 1, **rows})
    return client.post(reverse(f"{NAMESPACE}:edit", args=[record.pk]), data)


def zones_of_draft(record):
    return list(Record.objects.get(pk=record.pk).get_latest_revision_as_object().zones.all())


def test_a_zone_is_drawn_measured_and_published_with_its_record(editor, record):
    assert post(editor, record, **zone(stated_area_m2="11000", source="Biên bản khoanh vùng")).status_code == 302
    (drawn,) = zones_of_draft(record)
    assert drawn.area_m2 == pytest.approx(11_437, rel=0.01)
    assert drawn.areas_disagree
    assert not ProtectionZone.objects.exists()  # a draft until it is approved
    services.publish(Record.objects.get(pk=record.pk))
    assert ProtectionZone.objects.get().area_m2 == drawn.area_m2


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (json.dumps(BOW), "21.900500, 105.600500"),
        (json.dumps(square(21.90, 105.60)), "105.6"),
        (json.dumps(square(107.6, 16.4)), "km"),
        ("{", "GeoJSON"),
    ],
)
def test_a_bad_boundary_is_refused_with_its_reason_and_nothing_is_lost(editor, record, geometry, reason):
    answer = post(editor, record, **zone(geometry=geometry, source="Biên bản khoanh vùng"))
    assert answer.status_code == 200
    errors = answer.context["form"].formsets["zones"].forms[0].errors
    assert reason in str(errors["geometry"])
    page = answer.content.decode()
    assert "Biên bản khoanh vùng" in page
    assert geometry.replace('"', "&quot;") in page
    assert not zones_of_draft(record)


def test_dates_and_acts_are_checked(editor, record):
    answer = post(editor, record, **zone(valid_from="2012-01-02", valid_to="2012-01-01"))
    assert "valid_to" in answer.context["form"].formsets["zones"].forms[0].errors
    foreign = DesignationFactory()
    answer = post(editor, record, **zone(designation=foreign.pk))
    assert "designation" in answer.context["form"].formsets["zones"].forms[0].errors


def test_the_point_typed_now_counts_not_the_one_stored(editor, record):
    moved = {"latitude": "16.4005", "longitude": "107.6005"}
    data = form_data(record, **{**moved, "zones-TOTAL_FORMS": 1, **zone(geometry=json.dumps(square(107.6, 16.4)))})
    assert editor.post(reverse(f"{NAMESPACE}:edit", args=[record.pk]), data).status_code == 302


def test_a_comparison_draws_both_shapes(editor, record):
    post(editor, record, **zone())
    first = Record.objects.get(pk=record.pk).latest_revision_id
    (drawn,) = zones_of_draft(record)
    rows = zone(id=drawn.pk or "", geometry=json.dumps(square(side=0.002)))
    post(editor, record, **{"zones-INITIAL_FORMS": 1 if drawn.pk else 0, **rows})
    second = Record.objects.get(pk=record.pk).latest_revision_id
    page = editor.get(reverse(f"{NAMESPACE}:revisions_compare", args=[record.pk, first, second])).content.decode()
    assert page.count("zone-plan__area--") >= 2
    assert "coordinates" not in page


def test_the_form_works_by_its_text_alone_and_names_its_map(editor, record):
    page = editor.get(reverse(f"{NAMESPACE}:edit", args=[record.pk])).content.decode()
    assert 'data-controller="zone-map"' in page
    assert "build/catalog/zones.js" in page
    assert "Quần đảo Hoàng Sa (Việt Nam)" in page
    assert "Quần đảo Trường Sa (Việt Nam)" in page


def ask(client, name, **data):
    return client.post(reverse(name), data)


def test_a_file_is_read_for_the_map_even_where_it_is_refused(editor):
    features = [{"type": "Feature", "properties": {"name": "Khu vực I"}, "geometry": g} for g in (square(), BOW)]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    answer = ask(editor, "zones_read", file=SimpleUploadedFile("a.geojson", data), latitude="21,9", longitude="105.6")
    good, bad = answer.json()["areas"]
    assert good["problems"] == []
    assert good["name"] == "Khu vực I"
    assert bad["geometry"]["type"] == "Polygon"
    assert bad["problems"][0]["code"] == "crossed"
    assert bad["problems"][0]["at"] == pytest.approx([105.6005, 21.9005])


def test_a_list_in_the_wrong_meridian_is_shown_with_the_right_one(editor):
    text = "1 2424000 404900\n2 2424000 405000\n3 2424100 405000"
    answer = ask(editor, "zones_read", list=text, meridian="105.0", latitude="21.91", longitude="105.58").json()
    assert [problem["code"] for problem in answer["areas"][0]["problems"]] == ["meridian", "far"]
    answer = ask(editor, "zones_read", list=text, meridian="106.5", latitude="21.91", longitude="105.58").json()
    assert answer["areas"][0]["problems"] == []


def test_the_meridians_of_the_province_are_proposed_and_another_is_pointed_out(editor):
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên")
    unit = UnitFactory(parent=province, province=province)
    address = reverse("zones_meridians")
    (usual,) = editor.get(address, {"unit": unit.pk}).json()["meridians"]
    assert (usual["value"], usual["label"], usual["provinces"]) == ("106.5", "106°30′", ["Tỉnh Thái Nguyên"])
    assert editor.get(address, {"unit": "x"}).json() == {"meridians": []}
    text = "1 2424000 404900\n2 2424000 405000\n3 2424100 405000"
    for meridian, codes in (("106.5", []), ("104.0", ["meridian", "province"])):
        answer = ask(editor, "zones_read", list=text, meridian=meridian, unit=unit.pk).json()
        assert [problem["code"] for problem in answer["areas"][0]["problems"]] == codes


@pytest.mark.parametrize(
    "data",
    [{}, {"list": "1 2 3"}, {"list": "1 2 3", "meridian": "106.5"}, {"meridian": "nan", "list": "x"}],
)
def test_what_cannot_be_read_is_answered_in_words(editor, data):
    answer = ask(editor, "zones_read", **data)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["message"]


def test_a_drawing_is_checked(editor):
    assert ask(editor, "zones_check", geometry=json.dumps(square())).json()["areas"][0]["area_m2"] > 11_000
    assert ask(editor, "zones_check", geometry="{").status_code == 422
    assert ask(editor, "zones_check", geometry='{"type":"Point"}').status_code == 422


@pytest.mark.parametrize("name", ["zones_read", "zones_check"])
def test_only_who_may_edit_records_is_answered(client, name):
    assert ask(client, name).status_code == 302
    client.force_login(UserFactory(role=Role.VIEWER, unit=UnitFactory()))
    assert ask(client, name).status_code == 302
    assert client.get(reverse(name)).status_code in (302, 405)
    assert client.get(reverse("zones_meridians")).status_code == 302
