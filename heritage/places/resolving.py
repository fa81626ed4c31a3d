"""Which present unit an old address or a coordinate means, for one or for a hundred thousand: all in memory.

resolver = Resolver()
resolver.by_address("Xã An Đức", "Huyện Ba Tri", "Tỉnh Bến Tre").units   # keys of present units, the likeliest first
resolver.at([(longitude, latitude), ...])
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import shapely
from shapely import STRtree

from heritage.core.folding import fold
from heritage.places.models import Unit, UnitBoundary, UnitChange
from heritage.places.models.unit import Level
from heritage.places.naming import KINDS, split_kind

CHUNK = 10_000
METRES_PER_DEGREE = 111_320
KINDS_FOLDED = tuple(fold(kind) for kind in KINDS)


@dataclass(frozen=True)
class Found:
    """Keys of present units, the likeliest first; `matched` old or present units bore the printed name."""

    units: tuple[int, ...] = ()
    matched: int = 0

    @property
    def is_certain(self) -> bool:
        return len(self.units) == 1


NOTHING = Found()


@lru_cache(maxsize=50_000)
def _split(name: str) -> tuple[str, str]:
    kind, bare = split_kind(name)
    return fold(kind), fold(bare)


@lru_cache(maxsize=50_000)
def _readings(name: str) -> tuple[tuple[str, str], ...]:
    """How a printed name may be split: as written, and where it has no marks with its kind read without them."""
    kind, bare = _split(name)
    if kind:
        return ((kind, bare),)
    typed = ((one, bare.removeprefix(f"{one} ")) for one in KINDS_FOLDED if bare.startswith(f"{one} "))
    return ((kind, bare), *typed)


def _all_met(wanted: list[set[str]], above: set[str]) -> bool:
    return all(not readings.isdisjoint(above) for readings in wanted)


class Resolver:
    """Units, their changes and boundaries as they stood when it was made; three queries."""

    def __init__(self) -> None:
        self._names: dict[str, list[int]] = defaultdict(list)
        self._kinds: dict[int, str] = {}
        self._parents: dict[int, int | None] = {}
        self._bare: dict[int, str] = {}
        self._lowest: set[int] = set()
        self._current: set[int] = set()
        for pk, name, level, parent, ends in Unit.objects.order_by("pk").values_list(
            "pk", "name", "level", "parent", "valid_to"
        ):
            self._kinds[pk], self._bare[pk] = _split(name)
            self._parents[pk] = parent
            self._names[self._bare[pk]].append(pk)
            if level == Level.COMMUNE:
                self._lowest.add(pk)
            if ends is None:
                self._current.add(pk)
        self._next: dict[int, list[int]] = defaultdict(list)
        changes = UnitChange.objects.order_by("predecessor", "-is_main_part", "successor__code")
        for predecessor, successor in changes.values_list("predecessor", "successor"):
            self._next[predecessor].append(successor)
        self._present: dict[int, tuple[int, ...]] = {}
        self._load_boundaries()

    def _load_boundaries(self) -> None:
        rows = UnitBoundary.objects.filter(unit__valid_to=None).order_by("unit").values_list("unit", "geometry")
        keys, shapes = [], []
        for key, geometry in rows.iterator(chunk_size=200):
            keys.append(key)
            shapes.append(shapely.geometry.shape(geometry))
        self._keys = keys
        self._tree = STRtree(shapes) if shapes else None

    @property
    def has_boundaries(self) -> bool:
        return self._tree is not None

    def present(self, pk: int) -> tuple[int, ...]:
        """The units in force that hold what unit `pk` was, the main part first; itself where it still exists."""
        if pk in self._current:
            return (pk,)
        if pk not in self._present:
            self._present[pk] = ()  # a circle of changes, which no law makes, ends here
            after = (one for successor in self._next.get(pk, []) for one in self.present(successor))
            self._present[pk] = tuple(dict.fromkeys(after))
        return self._present[pk]

    def by_address(self, commune: str, district: str = "", province: str = "") -> Found:
        """What a printed address means today; where only a district or province is printed, all that it became."""
        printed = [part for part in (commune, district, province) if part.strip()]
        if not printed:
            return NOTHING
        (kind, bare), *readings = _readings(printed[0])
        wanted = [{one for _kind, one in _readings(part)} for part in printed[1:]]
        named = self._named(bare, bool(commune.strip()), wanted)
        for kind_typed, bare_typed in readings if not named else ():
            kind, named = kind_typed, self._named(bare_typed, bool(commune.strip()), wanted)
        of_kind = [pk for pk in named if self._kinds[pk] == kind]
        former = [pk for pk in (of_kind or named) if pk not in self._current]
        # A printed district proves an old unit; without one the present unit of that name may be meant as well.
        matched = former if district.strip() and former else (of_kind or named)
        units = dict.fromkeys(one for pk in matched for one in self.present(pk))
        return Found(tuple(units), len(matched))

    def _named(self, bare: str, is_commune: bool, wanted: list[set[str]]) -> list[int]:
        """Units of this name whose units above bear the other printed names."""
        return [
            pk
            for pk in self._names.get(bare, ())
            if (pk in self._lowest) is is_commune and _all_met(wanted, self._above(pk))
        ]

    def by_addresses(self, addresses: Iterable[Sequence[str]]) -> Iterator[Found]:
        return (self.by_address(*address) for address in addresses)

    def at(self, points: Iterable[tuple[float, float]]) -> Iterator[tuple[int, ...]]:
        """For each (longitude, latitude) the units in force that hold it; two at a border."""
        rest = iter(points)
        while chunk := list(islice(rest, CHUNK)):
            if self._tree is None:
                yield from (() for _point in chunk)
                continue
            found: list[list[int]] = [[] for _point in chunk]
            pairs = self._tree.query(shapely.points(chunk), predicate="intersects")
            for point, shape in zip(*pairs.tolist(), strict=True):
                found[point].append(self._keys[shape])
            yield from map(tuple, found)

    def around(self, longitude: float, latitude: float, accuracy_m: float) -> tuple[int, ...]:
        """The units in force within reach of a point that may be off by `accuracy_m`; its own first."""
        if self._tree is None:
            return ()
        (own,) = self.at([(longitude, latitude)])
        if accuracy_m <= 0:
            return own
        circle = shapely.Point(longitude, latitude).buffer(accuracy_m / METRES_PER_DEGREE)
        near = (self._keys[index] for index in self._tree.query(circle, predicate="intersects").tolist())
        return tuple(dict.fromkeys([*own, *near]))

    def is_within(self, pk: int, above: int) -> bool:
        """Whether `above` is one of the units above unit `pk`."""
        parent = self._parents.get(pk)
        while parent is not None and parent != above:
            parent = self._parents.get(parent)
        return parent is not None

    def _above(self, pk: int) -> set[str]:
        names, parent = set(), self._parents.get(pk)
        while parent is not None:
            names.add(self._bare[parent])
            parent = self._parents.get(parent)
        return names
