"""Invented lodgings, restaurants, shops, sights and services around the real sites; each says that it is a sample."""

import csv
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pyproj import Geod

from heritage.catalog.models import Record
from heritage.catalog.queries import published
from heritage.maps import coordinates, pyramid, services
from heritage.maps.models import Category, Place, PlaceKind, TicketPrice
from heritage.maps.models.vocabulary import KIND_OF

SOURCE = "Dữ liệu mẫu / sample data"
PATTERNS = Path(__file__).resolve().parents[1] / "data" / "sample_places.csv"
"""One row for each sort of place: its category, the beginning of its names, hours, prices, what it offers."""
NUMBERS = {"rooms", "price_from", "price_to", "ocop_grade"}
GEOD = Geod(ellps="WGS84")
Say = Callable[[str], None]

PROPER = [
    ("Cây Đa", "Banyan"), ("Bến Nước", "Landing"), ("Hoa Ban", "Orchid Tree"), ("Mái Ngói", "Tiled Roof"),
    ("Giếng Làng", "Village Well"), ("Đồi Chè", "Tea Hill"), ("Sen Trắng", "White Lotus"), ("Trăng Rằm", "Full Moon"),
    ("Suối Mơ", "Dream Stream"), ("Cầu Tre", "Bamboo Bridge"), ("Lúa Vàng", "Golden Rice"), ("Gió Núi", "Hill Breeze"),
]  # fmt: skip
PER_SITE = 7


def load(say: Say) -> None:
    """Add what is missing of the samples around each site; a second run adds nothing."""
    known = set(Place.objects.filter(source=SOURCE).values_list("source_key", flat=True))
    fresh = [place for place in _around_sites() if place.source_key not in known]
    services.save_many(fresh)
    _ticket_prices([place for place in fresh if place.category == Category.TOURIST_AREA])
    say(f"{len(fresh)} sample places added, {len(known)} as before")
    say(f"{pyramid.rebuild()} marks on the map")


def _around_sites() -> Iterator[Place]:
    """Samples by site; sites on one spot (placed by commune) share theirs."""
    done: set[tuple[float, float]] = set()
    for record in published().filter(latitude__isnull=False, imported_row__isnull=False).order_by("number"):
        spot = (round(record.latitude or 0, 2), round(record.longitude or 0, 2))
        if spot not in done:
            done.add(spot)
            yield from _around(record)


def _around(record: Record) -> Iterator[Place]:
    chance = random.Random(record.number)  # noqa: S311  # the same samples at every run
    beds, meals, others = _patterns()
    # Every site has a bed and two meals; the rest differs from site to site.
    chosen = [chance.choice(beds), *chance.sample(meals, 2)]
    chosen += chance.sample(others, PER_SITE - len(chosen))
    for order, pattern in enumerate(chosen):
        point = _dry_point(record, chance)
        if point:
            yield _place(pattern, chance.choice(PROPER), point, f"{record.number}-{order}", record.unit)


@cache
def _patterns() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """The sorts of place: lodgings, food, all others."""
    with PATTERNS.open(encoding="utf-8", newline="") as file:
        rows = [{name: _value(name, text) for name, text in row.items() if text} for row in csv.DictReader(file)]
    kinds = [KIND_OF[Category(str(row["category"]))] for row in rows]
    by_kind = list(zip(kinds, rows, strict=True))
    return (
        [row for kind, row in by_kind if kind == PlaceKind.LODGING],
        [row for kind, row in by_kind if kind == PlaceKind.FOOD],
        [row for kind, row in by_kind if kind not in (PlaceKind.LODGING, PlaceKind.FOOD)],
    )


def _value(name: str, text: str) -> str | int:
    return int(text) if name in NUMBERS else text


def _dry_point(record: Record, chance: random.Random) -> tuple[float, float] | None:
    for _attempt in range(12):
        metres = chance.uniform(150, 5500)
        longitude, latitude, _back = GEOD.fwd(record.longitude, record.latitude, chance.uniform(0, 360), metres)
        if coordinates.province_at(latitude, longitude):
            return round(latitude, 5), round(longitude, 5)
    return None


def _place(pattern: dict[str, Any], proper: tuple[str, str], point: tuple[float, float], key: str, unit: Any) -> Place:
    fields = {name: value for name, value in pattern.items() if name not in ("name_vi", "name_en")}
    return Place(
        kind=KIND_OF[Category(pattern["category"])],
        name_vi=f"{pattern['name_vi']} {proper[0]} (mẫu)",
        name_en=f"{proper[1]} {pattern['name_en'].lower()} (sample)",
        description_vi="Địa điểm do trang này đặt ra để làm mẫu; không có thật.",
        description_en="A place invented for this site as a sample; it does not exist.",
        latitude=point[0],
        longitude=point[1],
        unit=unit,
        source=SOURCE,
        source_key=key,
        is_sample=True,
        **fields,
    )


def _ticket_prices(places: list[Place]) -> None:
    TicketPrice.objects.bulk_create(
        [
            TicketPrice(place=place, group=group, price=price, sort_order=order)
            for place in places
            for order, (group, price) in enumerate([("adult", 30_000), ("child", 0), ("student", 15_000)])
        ]
    )


def synthesise(count: int, say: Say) -> None:
    """Make `count` synthetic places spread over the country as its provinces lie, for benchmarks."""
    chance = random.Random(count)  # noqa: S311
    patterns = [pattern for group in _patterns() for pattern in group]
    batch: list[Place] = []
    for number in range(count):
        latitude, longitude = _somewhere(chance)
        point = (latitude, longitude)
        batch.append(_place(chance.choice(patterns), chance.choice(PROPER), point, f"synthetic-{number}", None))
        if len(batch) == 5000 or number == count - 1:
            services.save_many(batch, check=False)
            say(f"{number + 1} synthetic places")
            batch = []
    pyramid.rebuild()


def _somewhere(chance: random.Random) -> tuple[float, float]:
    """A point on the mainland, thick around 200 towns."""
    while True:
        town = random.Random(f"town {chance.randrange(200)}")  # noqa: S311
        latitude = town.uniform(8.6, 23.3) + chance.gauss(0, 0.15)
        longitude = town.uniform(102.2, 109.4) + chance.gauss(0, 0.15)
        if coordinates.province_at(latitude, longitude):
            return round(latitude, 6), round(longitude, 6)
