"""Units are found by old and new names, and an old one leads to the present."""

import pytest

from heritage.places import queries
from heritage.places.resolving import Resolver


@pytest.fixture
def an_duc(units):
    """A commune of Ba Tri district, Bến Tre, which is Ba Tri commune of Vĩnh Long now."""
    (found,) = queries.find_old("Xã An Đức", "Huyện Ba Tri", "Tỉnh Bến Tre")
    return found


def test_a_code_must_go_with_the_name(units):
    assert queries.current_unit("05602", "Xã Phú Đình").name == "Xã Phú Đình"
    assert queries.current_unit("05602", "phu dinh").name == "Xã Phú Đình"
    assert queries.current_unit("05602", "Xã Định Hóa") is None
    assert queries.current_unit("00000") is None


def test_an_old_name_needs_its_district_where_there_are_several(units):
    assert len(queries.find_old("xã an đức")) > 1
    assert len(queries.find_old("xã an đức", "ba tri")) == 1


def test_then_and_now(an_duc):
    (present,) = queries.present_units(an_duc)
    assert an_duc.full_label("vi") == "xã An Đức, huyện Ba Tri, tỉnh Bến Tre"
    assert (
        queries.then_and_now(an_duc.full_label("vi"), present, "vi")
        == "xã An Đức, huyện Ba Tri, tỉnh Bến Tre (nay xã Ba Tri, tỉnh Vĩnh Long)"
    )
    assert queries.then_and_now("An Duc", present, "en") == "An Duc (now Ba Tri Commune, Vinh Long Province)"
    assert queries.then_and_now("", present, "vi") == "xã Ba Tri, tỉnh Vĩnh Long"
    assert queries.then_and_now("Xã Ba Tri, Tỉnh Vĩnh Long", present, "vi") == "xã Ba Tri, tỉnh Vĩnh Long"
    assert queries.then_and_now("xã An Đức", None) == "xã An Đức"


def test_a_divided_commune_leads_to_its_main_part_first(units):
    (old,) = queries.find_old("Xã Hòa Liên", "Hòa Vang", "Đà Nẵng")
    assert [unit.name for unit in queries.present_units(old)] == ["Phường Liên Chiểu", "Phường Hải Vân"]


def test_an_island_district_leads_to_its_special_zone(units):
    (old,) = queries.find_old("Huyện Hoàng Sa", province="Đà Nẵng")
    assert [unit.full_label("vi") for unit in queries.present_units(old)] == ["đặc khu Hoàng Sa, thành phố Đà Nẵng"]


def test_a_change_of_2026_is_followed_too(units):
    (old,) = queries.find_old("Thị trấn Long Thành", "Long Thành", "Đồng Nai")
    assert [unit.full_label("vi") for unit in queries.present_units(old)] == ["phường Long Thành, thành phố Đồng Nai"]


def test_search_needs_no_marks_and_puts_units_in_force_first(units):
    found = list(queries.search("ba tri")[:2])
    assert found[0].name == "Xã Ba Tri"
    assert found[0].is_current
    assert found[1].valid_to
    assert not queries.search("ba tri", include_former=False).exclude(valid_to=None).exists()
    assert queries.search("28987").first().code == "28987"


def test_labels_of_a_list_cost_one_query(units, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len({unit.full_label("vi") for unit in queries.search("an")[:200]}) > 50


def test_provinces_by_name(units):
    assert queries.current_province("thai nguyen").code == "19"
    assert queries.current_province("Tỉnh Bắc Kạn") is None


@pytest.mark.parametrize("text", ["", " ", "%", "_", "'", "a" * 10_000, "\x00"])
def test_hostile_searches_answer(units, text):
    list(queries.search(text)[:5])


def names(found):
    by_key = queries.with_units_above().in_bulk(found)
    return [by_key[key].full_label("vi") for key in found]


def test_every_former_commune_resolves_as_one_by_one(units):
    resolver = Resolver()
    sample = list(units.filter(level="commune", valid_from=None).select_related("parent__parent").order_by("pk")[::97])
    assert len(sample) > 90
    for unit in sample:
        found = resolver.by_address(unit.name, unit.parent.name, unit.parent.parent.name)
        assert list(found.units) == [one.pk for one in queries.present_units(unit)], unit.full_label("vi")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (("Xã An Đức", "Huyện Ba Tri", "Tỉnh Bến Tre"), ["xã Ba Tri, tỉnh Vĩnh Long"]),
        (("xa an duc", "ba tri", "ben tre"), ["xã Ba Tri, tỉnh Vĩnh Long"]),
        (("Xã Ba Tri", "", "Tỉnh Vĩnh Long"), ["xã Ba Tri, tỉnh Vĩnh Long"]),
        (("", "Huyện Hoàng Sa", "Đà Nẵng"), ["đặc khu Hoàng Sa, thành phố Đà Nẵng"]),
        (("Xã Không Đâu Có", "", ""), []),
        (("", "", ""), []),
    ],
)
def test_addresses(units, address, expected):
    assert names(Resolver().by_address(*address).units) == expected


def test_a_name_in_many_places_is_not_certain(units):
    found = Resolver().by_address("Xã An Đức")
    assert found.matched > 1
    assert not found.is_certain
