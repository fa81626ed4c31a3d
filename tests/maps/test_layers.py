"""A symbol is a layer and a rank in one number."""

from heritage.maps import layers


def test_a_symbol_tells_layer_and_band():
    symbol = layers.symbol_of("monument", "special_national")
    assert layers.layer_of(symbol).slug == "monument"
    assert layers.band_of(symbol).slug == "special_national"


def test_bands_narrow_heritage_and_leave_tourism_alone():
    chosen = layers.symbols(["monument", "lodging"], ["national"])
    assert [s for s in chosen if s < 100] == [13]
    assert layers.symbol_of("lodging") in chosen


def test_unknown_names_are_passed_over():
    assert layers.symbols(["nothing"], ["nothing"]) == layers.symbols()


def test_codes_and_slugs_are_given_once():
    assert len(layers.BY_CODE) == len(layers.BY_SLUG) == len(layers.LAYERS)


def test_every_rank_of_the_catalogue_has_a_band():
    from heritage.catalog.models import Rank

    assert {layers.band_of(layers.symbol_of("monument", rank)).slug for rank in Rank.values} >= {"national"}
    assert all(layers.band_of(layers.symbol_of("monument", rank)).code for rank in Rank.values)


def test_every_kind_of_record_and_place_has_a_layer():
    from heritage.catalog.models import Kind
    from heritage.maps.models import PlaceKind

    assert {*Kind.values, *PlaceKind.values} == set(layers.BY_SLUG)


def test_a_family_that_is_chosen_whole_is_read_as_one_row():
    everything = layers.symbols()
    assert layers.summed(everything) == [0, 999]
    assert layers.summed(layers.symbols(["food"])) == layers.symbols(["food"])
    without_one = [symbol for symbol in everything if symbol != layers.symbol_of("monument")]
    assert layers.summed(without_one) == [one for one in without_one if one < 100] + [999]
    assert {layers.total_of(symbol) for symbol in everything} == {0, 999}
