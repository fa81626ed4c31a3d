"""Shelves: the collections in which open objects are listed, named by the apps that know them.

    shelves.register(Shelf("monuments", {"vi": "Di tích", "en": "Monuments"}, monuments))

where `monuments()` gives a queryset of digital objects. Only the open ones of them are shown, whatever it gives. Where
the shelves follow the data, one for each rank or unit, a `Family` stands for them:

    shelves.register_family(Family("ranks", {"vi": "Theo cấp xếp hạng", "en": "By rank"}, "rank-", filled, find))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from heritage.iiif import queries
from heritage.iiif.descriptions import Texts
from heritage.iiif.models import DigitalObject


@dataclass(frozen=True)
class Shelf:
    """One collection: its name in the address, its labels by language, and what stands on it.

    `parts` gives the shelves inside it on which something stands. Objects are listed by identifier, or as
    `objects` orders them where `keeps_order`. `parent` is the name of the collection that it is part of.
    """

    name: str
    label: Texts
    objects: Callable[[], QuerySet[DigitalObject]]
    parts: Callable[[], Sequence["Shelf"]] = tuple
    summary: Texts | None = None
    keeps_order: bool = False
    parent: str = "top"


@dataclass(frozen=True)
class Family:
    """Shelves of one sort, listed in a collection called `name`.

    `filled` gives those on which something stands, in a number of queries that does not grow with them; `find` the one
    of a name without `prefix`, None where there is none.
    """

    name: str
    label: Texts
    prefix: str
    filled: Callable[[], Sequence[Shelf]]
    find: Callable[[str], Shelf | None]


ALL = Shelf("all", {"vi": "Tất cả đối tượng số", "en": "All digital objects"}, DigitalObject.objects.all)
_shelves: dict[str, Shelf] = {ALL.name: ALL}
_families: dict[str, Family] = {}


def register(shelf: Shelf) -> None:
    _shelves[shelf.name] = shelf


def register_family(family: Family) -> None:
    _families[family.name] = family


def named(name: str) -> Shelf | None:
    """The shelf of that name, be it of a family."""
    if name in _shelves:
        return _shelves[name]
    families = [one for one in _families.values() if name.startswith(one.prefix)]
    return families[0].find(name.removeprefix(families[0].prefix)) if families else None


def family(name: str) -> Family | None:
    return _families.get(name)


def all_shelves() -> list[Shelf]:
    return list(_shelves.values())


def all_families() -> list[Family]:
    return list(_families.values())


def shown(shelf: Shelf) -> QuerySet[DigitalObject]:
    """What everybody may see of a shelf, in its order."""
    if shelf.keeps_order:
        return shelf.objects().filter(pk__in=queries.open_objects().order_by().values("pk"))
    return queries.open_objects().filter(pk__in=shelf.objects().order_by().values("pk"))
