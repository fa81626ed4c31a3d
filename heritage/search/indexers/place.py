"""Tourist places: names, kinds, where they are."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from heritage.maps import queries
from heritage.maps.models import Place
from heritage.maps.models.vocabulary import Category, PlaceKind
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer, addresses, labels_of, unit_names
from heritage.search.indexers.record import thumbnail


class PlaceIndexer(Indexer):
    model = "maps.place"
    kind = DocumentKind.PLACE

    def rows(self) -> QuerySet[Place]:
        return queries.published()

    def whole(self, rows: QuerySet[Place]) -> QuerySet[Place]:
        return rows.select_related("cover").prefetch_related("cover__renditions")

    def containing(self, word: str, folded: str) -> Q:
        return Q(folded__contains=folded)

    def document(self, instance: Place) -> Document:
        names = unit_names(instance.unit_id) if instance.unit_id else ()
        return Document(
            id=self.identity(instance),
            kind=self.kind,
            number=instance.number,
            urls=addresses("place", instance.number),
            titles={k: v for k, v in (("vi", instance.name_vi), ("en", instance.name_en)) if v},
            keywords=tuple(dict.fromkeys(_keywords(instance, names))),
            bodies={"vi": instance.description_vi, "en": instance.description_en},
            facets={
                "kind": (f"{DocumentKind.PLACE}/{instance.kind}",),
                "unit": ("/".join(name.replace("/", "-") for name in names),) if names else (),
            },
            location=(instance.latitude, instance.longitude)
            if instance.latitude is not None and instance.longitude is not None
            else None,
            thumbnail=thumbnail(instance.cover),
            place=", ".join(dict.fromkeys(filter(None, (instance.address, *reversed(names[:1] + names[-1:]))))),
            modified=instance.modified_at.isoformat(),
        )


def _keywords(place: Place, names: tuple[str, ...]) -> Iterator[str]:
    yield from names
    if place.address:
        yield place.address
    yield from labels_of(PlaceKind, place.kind)
    if place.category in Category.values:
        yield from labels_of(Category, place.category)
