"""VN-2000 coordinates: printed lists, each province's meridian, and a wrong one found out."""

import datetime as dt
import re

import pytest
from pyproj import CRS, Transformer

from heritage.core.folding import fold
from heritage.places import naming, tables
from heritage.places.geometry import coordinate_lists, measuring, shapes, vn2000
from heritage.places.models import UnitChange
from tests.factories.places import ProvinceFactory, UnitFactory

HERE = (105.6458, 21.8412)
"""A point in Thái Nguyên, whose drawings have the meridian 106°30′."""


@pytest.fixture(scope="module")
def corners():
    """A square of 100 m as the drawing gives it: eastings and northings by PROJ's own definition of the zone."""
    system = "+proj=tmerc +lat_0=0 +lon_0=106.5 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84=0,0,0"
    x, y = Transformer.from_crs("+proj=longlat +ellps=WGS84 +towgs84=0,0,0", system).transform(*HERE)
    x, y = round(x, 2), round(y, 2)
    return [(x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100)]


def test_the_shift_is_that_of_the_registry(corners):
    """By a second road: the published seven parameters, step by step, against what is used."""
    ((longitude, latitude),) = vn2000.to_degrees([corners[0]], 106.5)
    again = Transformer.from_crs(9213, 4326, always_xy=True).transform(*corners[0])
    assert (longitude, latitude) == pytest.approx(again, abs=1e-7)
    assert 100 < measuring.distance_m((longitude, latitude), HERE) < 300  # the datum lies about 200 m away


def test_a_metre_stays_a_metre(corners):
    area = shapes.from_rings([vn2000.to_degrees(corners, 106.5)])
    # Scale 0.9999 at the meridian, growing away from it: 88 km west it is 0.99999.
    assert measuring.area_m2(area) == pytest.approx(10_000, rel=3e-4)


@pytest.mark.parametrize(
    "row",
    [
        "{n}\t{y:.2f}\t{x:.2f}",
        "{n};{y:.2f};{x:.2f}",
        "M{n} {y:.2f} {x:.2f}",
        "{x:.2f} {y:.2f}",
        "{n},{y:.2f},{x:.2f}",
        "{n}  {y_comma}  {x_comma}",
        "{n}\t{y_grouped}\t{x_grouped}",
        "Mốc {n}: X = {y:.2f}; Y = {x:.2f}",
    ],
)
def test_lists_are_read_however_they_are_printed(corners, row):
    def comma(value):
        return f"{value:.2f}".replace(".", ",")

    def grouped(value):
        return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")

    lines = [
        row.format(n=n, x=x, y=y, x_comma=comma(x), y_comma=comma(y), x_grouped=grouped(x), y_grouped=grouped(y))
        for n, (x, y) in enumerate(corners, 1)
    ]
    area, hints = coordinate_lists.read("Điểm  X (m)  Y (m)\n" + "\n".join(lines), 106.5, near=HERE)
    assert measuring.area_m2(area) == pytest.approx(10_000, rel=1e-3)
    assert hints == []


def test_an_empty_line_begins_another_polygon(corners):
    block = "\n".join(f"{y} {x}" for x, y in corners)
    other = "\n".join(f"{y} {x + 500}" for x, y in corners)
    area, _hints = coordinate_lists.read(f"{block}\n\nKhu vực 2\n{other}", 106.5)
    assert len(shapes.parts(area)) == 2


@pytest.mark.parametrize(
    "line", ["3 2402123.45", "3 abc 2402123.45 1", "3 24021234567 412345", "5 2402123.45 2402124.45"]
)
def test_a_line_that_cannot_be_read_is_named(corners, line):
    text = "\n".join(f"{y} {x}" for x, y in corners[:2])
    with pytest.raises(shapes.BadGeometryError, match="3") as refused:
        coordinate_lists.read(f"{text}\n{line}", 106.5)
    assert refused.value.problems[0].code == "line"


@pytest.mark.parametrize("text", ["", "\n\n", "không có số", "x" * 2_000_000])
def test_a_list_without_points_is_refused(text):
    with pytest.raises(shapes.BadGeometryError):
        coordinate_lists.read(text, 106.5)


def test_a_wrong_meridian_is_found_out_and_the_right_one_named(corners):
    text = "\n".join(f"{y} {x}" for x, y in corners)
    _area, (hint,) = coordinate_lists.read(text, 105.0, near=HERE)
    assert hint.code == "meridian"
    assert "105°00′" in hint.message
    assert "106°30′" in hint.message


def test_a_meridian_that_does_not_exist_is_refused(corners):
    with pytest.raises(shapes.BadGeometryError):
        vn2000.to_degrees(corners, 106.6)


def test_the_table_is_that_of_the_registry():
    """Each province stands in the area of use that the EPSG registry gives the zone of its meridian."""
    old = [row for row in tables.units() if len(row.code) == 2 and row.valid_to == "2025-07-01"]
    assert len(old) == 63
    named = {meridian: fold(CRS.from_epsg(epsg).area_of_use.name) for meridian, epsg in vn2000.THREE_DEGREES.items()}
    by_province = [meridian for meridian in named if re.search("province|municipality|cities", named[meridian])]
    assert len(by_province) == 15
    for row in old:
        meridian = vn2000.of_province(row.code)
        assert meridian in named, row
        bare = "thua thien-hue" if row.code == "46" else fold(naming.split_kind(row.name)[1]).replace(" - ", "-")
        assert bare in named[meridian] or meridian not in by_province, row


@pytest.mark.django_db
def test_a_merged_province_has_the_meridians_of_all_that_it_took_in():
    day = dt.date(2025, 7, 1)
    vinh_long = ProvinceFactory(code="86", name="Tỉnh Vĩnh Long")
    for code in ("83", "84", "86"):
        old = ProvinceFactory(code=code, name=f"Tỉnh cũ {code}", valid_from=None)
        UnitChange.objects.create(predecessor=old, successor=vinh_long, took_effect_on=day)
    commune = UnitFactory(province=vinh_long)
    assert vn2000.meridians_of(vinh_long) == vn2000.meridians_of(commune) == [105.5, 105.75]
    assert vn2000.meridians_of(ProvinceFactory()) == [106.5]
    assert vn2000.meridians_of(None) == []
    assert vn2000.label(105.75) == "105°45′"
