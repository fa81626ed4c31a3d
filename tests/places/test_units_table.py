"""The shipped table says what is known of Viet Nam's units, before and since 1 July 2025."""

import datetime as dt

import pytest
from django.db import connection

from heritage.places import queries
from heritage.places.models import UnitChange
from heritage.places.models.unit import REORGANISATION, Level
from heritage.places.naming import split_kind
from heritage.places.services import Counts, load_units

EVE = dt.date(2025, 6, 30)
TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "level", "count"),
    [
        (EVE, Level.PROVINCE, 63),
        (EVE, Level.DISTRICT, 696),
        (EVE, Level.COMMUNE, 10_035),
        (REORGANISATION, Level.PROVINCE, 34),
        (REORGANISATION, Level.DISTRICT, 0),
        (REORGANISATION, Level.COMMUNE, 3_321),
        (TODAY, Level.PROVINCE, 34),
        (TODAY, Level.COMMUNE, 3_321),
    ],
)
def test_units_in_force(units, day, level, count):
    assert units.on(day).filter(level=level).count() == count


def test_lowest_units_before_were_10040_counting_five_islands_without_communes(units):
    districts = units.on(EVE).filter(level=Level.DISTRICT)
    islands = districts.exclude(pk__in=units.on(EVE).filter(level=Level.COMMUNE).values("parent"))
    assert sorted(split_kind(unit.name)[1] for unit in islands) == [
        "Bạch Long Vĩ",
        "Côn Đảo",
        "Cồn Cỏ",
        "Hoàng Sa",
        "Lý Sơn",
    ]
    assert units.on(EVE).filter(level=Level.COMMUNE).count() + islands.count() == 10_040


def test_a_code_is_no_key(units):
    before = dict(units.on(EVE).filter(level=Level.COMMUNE).values_list("code", "name"))
    since = dict(units.on(REORGANISATION).filter(level=Level.COMMUNE).values_list("code", "name"))
    both = before.keys() & since.keys()
    assert (len(both), sum(before[code] != since[code] for code in both)) == (3_316, 2_145)


def test_every_old_unit_has_a_successor_and_every_present_one_an_origin(units):
    changes = UnitChange.objects.filter(took_effect_on=REORGANISATION)
    communes = units.on(EVE).filter(level=Level.COMMUNE)
    assert not communes.exclude(pk__in=changes.values("predecessor")).exists()
    assert not units.on(REORGANISATION).exclude(pk__in=changes.values("successor")).exists()
    assert changes.filter(is_main_part=True).values("predecessor").distinct().count() == 471


def test_every_unit_below_a_province_knows_it(units):
    assert not units.exclude(level=Level.PROVINCE).filter(province=None).exists()
    assert not units.current().filter(province__valid_to__isnull=False).exists()


def test_provinces_that_took_in_others(units):
    for code, name, taken in [
        ("19", "Tỉnh Thái Nguyên", {"Tỉnh Bắc Kạn", "Tỉnh Thái Nguyên"}),
        ("46", "Thành phố Huế", {"Thành phố Huế"}),
        ("52", "Tỉnh Gia Lai", {"Tỉnh Bình Định", "Tỉnh Gia Lai"}),
        ("86", "Tỉnh Vĩnh Long", {"Tỉnh Bến Tre", "Tỉnh Trà Vinh", "Tỉnh Vĩnh Long"}),
        ("33", "Tỉnh Hưng Yên", {"Tỉnh Thái Bình", "Tỉnh Hưng Yên"}),
    ]:
        province = queries.current_unit(code)
        assert province.name == name
        assert {change.predecessor.name for change in queries.predecessors(province)} == taken


def test_loading_again_changes_nothing(units):
    counts = load_units()
    assert counts["units"] == Counts(0, 0, units.count())
    assert counts["changes"] == Counts(0, 0, UnitChange.objects.count())


def test_what_staff_added_stays(units):
    own = units.create(code="99999", level=Level.COMMUNE, name="Xã Mới", valid_from=dt.date(2026, 9, 1))
    load_units()
    assert units.filter(pk=own.pk).exists()
    own.delete()


def test_an_edited_name_is_brought_back_in_step(units):
    units.filter(code="28987", valid_to=None).update(name="Xã Sai")
    assert load_units()["units"].updated == 1


def test_the_planner_knows_the_units_in_the_very_transaction_that_loaded_them(units):
    """It took both tables for empty until the transaction ended, and a look-up of a millisecond took 9 s."""
    known = {
        "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'places_unit'",
        "sqlite": "SELECT MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = 'places_unit'",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor])
        (rows,) = cursor.fetchone()
    assert rows == units.count()
