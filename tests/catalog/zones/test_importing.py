"""Zones from files: each to its record, a second time nothing, what is wrong refused with field, value and remedy."""

import json

import pytest
from django.core.management import CommandError, call_command

from heritage.catalog.models import ProtectionZone, Record
from heritage.catalog.zones import naming
from heritage.places.geometry import provinces, shapes
from tests.factories.catalog import RecordFactory, square
from tests.factories.places import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
LIST = "1  2420000,00  407000,00\n2  2420000,00  407100,00\n3  2420100,00  407100,00\n4  2420100,00  407000,00\n"


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@pytest.fixture
def file(tmp_path):
    def write(*features, name="zones.geojson", text=None):
        path = tmp_path / name
        path.write_text(text or json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
        return path

    return write


@pytest.fixture
def bring(capsys):
    def run(path, *options):
        call_command("zones", "import", str(path), "--json", *options)
        return json.loads(capsys.readouterr().out)

    return run


def counts(report):
    return tuple(report[name] for name in ("created", "updated", "unchanged", "refused"))


@pytest.fixture
def record():
    province = ProvinceFactory(code="19", name="Tỉnh Thái Nguyên")
    unit = UnitFactory(parent=province, province=province)
    return RecordFactory(number="TN90", unit=unit, latitude=21.9005, longitude=105.6005, coord_accuracy_m=50)


def zones_of(record):
    return list(Record.objects.get(pk=record.pk).get_latest_revision_as_object().zones.all())


def test_a_trial_then_a_draft_then_nothing_then_a_change(record, file, bring):
    areas = [
        feature(square(), so_hieu="TN90", khu_vuc="Khu vực bảo vệ I", dien_tich="11.437", nguon="Biên bản mẫu"),
        feature(square(side=0.002), record="TN90", zone="II", valid_from="2012-05-10"),
    ]
    path = file(*areas)
    assert counts(bring(path, "--dry-run")) == (2, 0, 0, 0)
    assert not zones_of(record)
    assert counts(bring(path)) == (2, 0, 0, 0)
    one, two = sorted(zones_of(record), key=lambda zone: zone.kind)
    assert (one.stated_area_m2, one.source, two.valid_from.year) == (11437, "Biên bản mẫu", 2012)
    assert not one.areas_disagree
    assert not ProtectionZone.objects.exists()  # it awaits approval
    assert counts(bring(path)) == (0, 0, 2, 0)
    areas[0]["geometry"] = square(side=0.0011)
    assert counts(bring(file(*areas), "--record", "TN90")) == (0, 1, 1, 0)
    assert len(zones_of(record)) == 2
    del areas[1]["properties"]["valid_from"]  # the only zone II that goes on is meant
    assert counts(bring(file(*areas))) == (0, 0, 2, 0)


def test_publishing_is_asked_for_and_never_takes_a_waiting_draft_along(record, file, bring):
    path = file(feature(square(), name="TN90 I"))
    assert counts(bring(path, "--publish")) == (1, 0, 0, 0)
    assert ProtectionZone.objects.get().record == record
    draft = Record.objects.get(pk=record.pk)
    draft.summary_vi = "đang viết"
    draft.save_revision()
    report = bring(file(feature(square(side=0.002), name="TN90 I")), "--publish")
    assert counts(report) == (0, 0, 0, 1)


def test_what_cannot_be_taken_names_field_value_and_remedy_and_leaves_the_rest(record, file, bring):
    bow = {"type": "Polygon", "coordinates": [[[105.6, 21.9], [105.601, 21.901], [105.601, 21.9], [105.6, 21.901]]]}
    report = bring(
        file(
            feature(square(), zone="I"),
            feature(square(), record="TN90"),
            feature(square(), record="NO99", zone="I"),
            feature(bow, record="TN90", zone="I"),
            feature(square(21.9, 105.6), record="TN90", zone="I"),
            feature(square(107.6, 16.4), record="TN90", zone="I"),
            feature(square(), record="TN90", zone="I", valid_from="30/2/2012"),
            feature(square(), record="TN90", zone="I", stated_area_m2="một sào"),
            feature(square(), record="TN90", zone="II"),
        )
    )
    assert counts(report) == (1, 0, 0, 8)
    columns = {one["line"]: one["column"] for one in report["refused_areas"]}
    geometry = dict.fromkeys((4, 5, 6), "geometry")
    assert columns == {1: "record", 2: "zone", 3: "record", **geometry, 7: "valid_from", 8: "stated_area_m2"}
    assert all(one["reason"] for one in report["refused_areas"])


def test_a_list_takes_the_meridian_of_the_province_and_a_wrong_one_is_pointed_out(record, file, bring):
    path = file(name="moc.txt", text=LIST)
    Record.objects.update(latitude=21.87, longitude=105.60)
    assert counts(bring(path, "--record", "TN90", "--zone", "I")) == (1, 0, 0, 0)
    report = bring(path, "--record", "TN90", "--zone", "II", "--meridian", "104")
    assert report["refused"] == 1
    assert "106°30′" in report["warnings"][0]["reason"]
    Record.objects.update(unit=None)
    with pytest.raises(CommandError, match="--meridian"):
        bring(path, "--record", "TN90", "--zone", "I")


def test_outside_its_province_is_pointed_out_where_the_record_has_no_point(record, file, bring):
    Record.objects.update(latitude=None, longitude=None)
    report = bring(file(feature(square(108.0, 15.9), name="TN90 I")), "--dry-run")
    assert counts(report) == (1, 0, 0, 0)
    assert "Thái Nguyên" in report["warnings"][0]["reason"]
    assert provinces.away_m(shapes.read(square()), "19") == 0


def test_a_broken_file_is_one_error(file, bring):
    with pytest.raises(CommandError):
        bring(file(name="a.kml", text="<!DOCTYPE kml [<!ENTITY a 'a'>]><kml>&a;</kml>"))


def test_kml_says_its_record_in_data_of_the_placemark(record, file, bring):
    ring = " ".join(f"{x},{y},0" for x, y in square()["coordinates"][0])
    data = "".join(
        f'<Data name="{key}"><value>{value}</value></Data>' for key, value in (("record", "TN90"), ("zone", "2"))
    )
    boundary = f"<outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs>"
    polygon = f"<Polygon>{boundary}</Polygon>"
    text = f"<kml><Placemark><name>x</name><ExtendedData>{data}</ExtendedData>{polygon}</Placemark></kml>"
    assert counts(bring(file(name="a.kml", text=text))) == (1, 0, 0, 0)
    assert zones_of(record)[0].kind == "II"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Khu vực bảo vệ II", "II"), ("zone 2", "II"), ("KV1", "I"), ("i", "I"), ("III", ""), ("khu 12", ""), ("", "")],
)
def test_zones_are_read_however_they_are_written(text, kind):
    assert naming.kind_of(text) == kind
