"""Shelves: the collections in which open objects are listed, named by the apps that know them.

    shelves.register(Shelf("monuments", {"vi": "Di tích", "en": "Monuments"}, monuments))

where `monuments()` gives a queryset of digital objects. Only the open ones of them are shown, whatever it gives.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from heritage.iiif import queries
from heritage.iiif.descriptions import Texts
from heritage.iiif.models import DigitalObject


@dataclass(frozen=True)
class Shelf:
    """One collection: its name in the address, its label by language, and what stands on it."""

    name: str
    label: Texts
    objects: Callable[[], QuerySet[DigitalObject]]


ALL = Shelf("all", {"vi": "Tất cả đối tượng số", "en": "All digital objects"}, DigitalObject.objects.all)
_shelves: dict[str, Shelf] = {ALL.name: ALL}


def register(shelf: Shelf) -> None:
    _shelves[shelf.name] = shelf


def named(name: str) -> Shelf | None:
    return _shelves.get(name)


def all_shelves() -> list[Shelf]:
    return list(_shelves.values())


def shown(shelf: Shelf) -> QuerySet[DigitalObject]:
    """What everybody may see of a shelf, by identifier."""
    return queries.open_objects().filter(pk__in=shelf.objects().order_by().values("pk"))
