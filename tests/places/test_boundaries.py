"""Boundaries come from a file that an office has: by code or by name, of a day, with source and licence; no guess."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heritage.places import boundaries
from heritage.places.geometry.shapes import BadGeometryError
from heritage.places.models import UnitBoundary

RING = [[105.5, 21.8], [105.6, 21.8], [105.6, 21.9], [105.5, 21.9], [105.5, 21.8]]
ABROAD = [[21.8, 105.5], [21.9, 105.5], [21.9, 105.6], [21.8, 105.6], [21.8, 105.5]]
CROSSED = [[105, 21], [106, 22], [106, 21], [105, 22], [105, 21]]


def file_of(*rows):
    features = [
        {"type": "Feature", "properties": given, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for given, ring in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def load(*rows, day=None, **options):
    return boundaries.load("a.geojson", file_of(*rows), "Sở mẫu", "CC BY 4.0", day, **options)


def kept():
    return {one.unit.full_label("vi"): one.unit.is_current for one in UnitBoundary.objects.select_related("unit")}


def test_units_in_force_are_known_by_code_or_by_a_name_with_those_above(units):
    loaded = load(
        ({"ma_xa": 29110.0, "ten": "xã Ba Tri"}, RING),
        ({"ten_xa": "ĐẠI TỪ", "ten_tinh": "Thái Nguyên"}, RING),
        ({"MA_TINH": "19"}, RING),
    )
    assert loaded.refused == []
    assert kept() == {
        "xã Ba Tri, tỉnh Vĩnh Long": True,
        "xã Đại Từ, tỉnh Thái Nguyên": True,
        "tỉnh Thái Nguyên": True,
    }
    assert any("Ba Tri" in doubt for doubt in loaded.doubts)  # drawn in another province: kept, and told of
    [*rows] = boundaries.sources()
    assert [(row["source"], row["licence"], row["is_former"]) for row in rows] == [("Sở mẫu", "CC BY 4.0", False)] * 2
    assert sum(row["count"] for row in rows) == 3
    assert boundaries.forget("Sở mẫu") == 3


def test_former_units_are_those_of_the_day_and_a_code_with_another_name_is_refused(units):
    loaded = load(
        ({"ten_huyen": "Huyện Định Hóa", "ten_tinh": "Tỉnh Thái Nguyên"}, RING),
        ({"code": "28984", "name": "Xã An Đức"}, RING),
        day=boundaries.LAST_DAY_BEFORE,
    )
    assert kept() == {"huyện Định Hóa, tỉnh Thái Nguyên": False}
    assert "Giồng Trôm" in loaded.refused[0]
    assert load(({"ten_huyen": "Huyện Định Hóa"}, RING)).count == 0  # no such unit today


@pytest.mark.parametrize(
    ("properties", "ring", "said"),
    [
        ({"code": "99999"}, RING, "99999"),
        ({}, RING, "?"),
        ({"ten": "Tân Thành"}, RING, "Tân Thành"),
        ({"ten": "Xã Không Có"}, RING, "Xã Không Có"),
        ({"code": "19"}, ABROAD, "19"),
        ({"code": "19"}, CROSSED, "19"),
    ],
)
def test_what_cannot_be_kept_is_named_with_the_reason(units, properties, ring, said):
    loaded = load((properties, ring))
    assert (loaded.count, len(loaded.refused)) == (0, 1)
    assert loaded.refused[0].startswith(f"{said}: ")
    assert len(loaded.refused[0]) > len(said) + 12


def test_a_look_keeps_nothing_and_the_same_unit_twice_is_told(units):
    loaded = load(({"code": "19"}, RING), ({"code": "19"}, RING), dry_run=True)
    assert (loaded.count, len(loaded.refused)) == (1, 1)
    assert not UnitBoundary.objects.exists()


@pytest.mark.django_db
@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    for name in ("a.geojson", "a.zip"):
        with pytest.raises(BadGeometryError):
            boundaries.load(name, data, "x", "", dt.date(2025, 6, 30), dry_run=True)
