"""Layers of the map and the small number, the symbol, that stands for a layer and a rank together.

Layers differ by shape and letter first and by colour second (colours are in the style sheet, by slug).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.maps.models.vocabulary import PlaceKind


@dataclass(frozen=True)
class Layer:
    """One kind of thing on the map. `code` is stored: it never changes and is not given twice."""

    code: int
    slug: str
    letter: str
    shape: str
    label: str | Promise
    family: str


HERITAGE, TOURISM = "heritage", "tourism"

LAYERS = [
    Layer(1, "monument", "D", "roof", _("Monuments and sites"), HERITAGE),
    Layer(2, "component", "P", "roof", _("Parts of a complex"), HERITAGE),
    Layer(3, "ich", "V", "diamond", _("Intangible heritage"), HERITAGE),
    Layer(4, "object", "H", "diamond", _("Objects"), HERITAGE),
    Layer(5, "treasure", "B", "diamond", _("National treasures"), HERITAGE),
    Layer(6, "documentary", "T", "diamond", _("Documentary heritage"), HERITAGE),
    Layer(7, "festival", "L", "diamond", _("Festivals"), HERITAGE),
    Layer(8, "place_name", "Đ", "tag", _("Street and place names"), HERITAGE),
    Layer(11, PlaceKind.LODGING.value, "N", "square", _("Lodging"), TOURISM),
    Layer(12, PlaceKind.FOOD.value, "A", "circle", _("Food and drink"), TOURISM),
    Layer(13, PlaceKind.SHOPPING.value, "M", "tag", _("Shopping"), TOURISM),
    Layer(14, PlaceKind.ATTRACTION.value, "Q", "hexagon", _("Attractions"), TOURISM),
    Layer(15, PlaceKind.ENTERTAINMENT.value, "G", "hexagon", _("Entertainment"), TOURISM),
    Layer(16, PlaceKind.SERVICE.value, "i", "shield", _("Services"), TOURISM),
]
BY_SLUG = {layer.slug: layer for layer in LAYERS}
BY_CODE = {layer.code: layer for layer in LAYERS}
PLACE_SLUGS = [layer.slug for layer in LAYERS if layer.family == TOURISM]
HERITAGE_SLUGS = [layer.slug for layer in LAYERS if layer.family == HERITAGE]


@dataclass(frozen=True)
class RankBand:
    """Ranks that the map draws alike; `ranks` are values of the catalogue's vocabulary."""

    code: int
    slug: str
    label: str | Promise
    ranks: frozenset[str] = frozenset()


BANDS = [
    RankBand(0, "none", _("not ranked")),
    RankBand(1, "inventory", _("in the inventory"), frozenset({"inventory"})),
    RankBand(2, "provincial", _("provincial"), frozenset({"provincial"})),
    RankBand(
        3,
        "national",
        _("national"),
        frozenset({"national", "national_list", "national_treasure", "national_documentary"}),
    ),
    RankBand(4, "special_national", _("special national"), frozenset({"special_national"})),
    RankBand(
        5,
        "international",
        _("international lists"),
        frozenset(
            {
                "unesco_representative",
                "unesco_urgent",
                "unesco_good_practices",
                "mowcap",
                "mow_international",
                "world_heritage",
                "unesco_masterpiece",
                "global_geopark",
            }
        ),
    ),
]
BAND_BY_SLUG = {band.slug: band for band in BANDS}
BAND_BY_CODE = {band.code: band for band in BANDS}
_BAND_OF_RANK = {rank: band for band in BANDS for rank in band.ranks}


def symbol_of(slug: str, rank: str = "") -> int:
    """The symbol of a layer and a rank, such as 14 for a monument of special national rank.

    Raises:
        KeyError: there is no such layer.
    """
    return BY_SLUG[slug].code * 10 + (_BAND_OF_RANK[rank].code if rank in _BAND_OF_RANK else 0)


def layer_of(symbol: int) -> Layer:
    return BY_CODE[symbol // 10]


def band_of(symbol: int) -> RankBand:
    return BAND_BY_CODE[symbol % 10]


TOTALS = {HERITAGE: 0, TOURISM: 999}
"""By family the symbol under which the pyramid counts the whole of it: most maps show all, and read one row a cell."""
IS_HERITAGE = "symbol < 100"
"""The same in SQL, totals included."""


def total_of(symbol: int) -> int:
    """The symbol that counts a symbol's whole family."""
    return TOTALS[layer_of(symbol).family]


def summed(chosen: Iterable[int]) -> list[int]:
    """The rows of the pyramid that count `chosen`: a family's total in place of all of its symbols."""
    wanted, found = set(chosen), []
    for family, total in TOTALS.items():
        all_of_it = {one for one in symbols() if layer_of(one).family == family}
        found += [total] if all_of_it <= wanted else sorted(all_of_it & wanted)
    return found


def symbols(slugs: Iterable[str] = (), bands: Iterable[str] = ()) -> list[int]:
    """Every symbol of these layers and rank bands (none named = all); the bands narrow heritage only."""
    layers = [BY_SLUG[slug] for slug in slugs if slug in BY_SLUG] or LAYERS
    wanted = [BAND_BY_SLUG[slug].code for slug in bands if slug in BAND_BY_SLUG] or list(BAND_BY_CODE)
    return [
        layer.code * 10 + code
        for layer in layers
        for code in (wanted if layer.family == HERITAGE else list(BAND_BY_CODE))
    ]
