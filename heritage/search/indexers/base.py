"""What every indexer does, and the parts they share."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from heritage.core.languages import LANGUAGES
from heritage.places.models import Unit
from heritage.search.contract import Document, Kind

_NUMBER = "NUMBER-0"
_CHUNK = 500


class Indexer:
    """Turns the visible objects of one model into documents.

    A document's id is `<model>:<pk>`, with `/<n>` behind it where one object gives many; `visible` is the one
    definition of what the public may find. `follows` names the models of the outbox whose changes concern it, where
    that is not its own; their primary keys are then its own.
    """

    model: ClassVar[str]
    kind: ClassVar[Kind]
    follows: ClassVar[str] = ""

    def rows(self) -> QuerySet[Any]:
        """The rows the public may see, nothing fetched beside them."""
        raise NotImplementedError

    def whole(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """`rows` with everything `document` reads, in a fixed number of queries a chunk."""
        return rows

    def document(self, instance: Any) -> Document:
        raise NotImplementedError

    def containing(self, word: str, folded: str) -> Q:
        """A condition on rows whose name has `word`, for the day the index cannot be asked."""
        raise NotImplementedError

    def visible(self, pks: Collection[int]) -> set[int]:
        return set(self.rows().filter(pk__in=pks).values_list("pk", flat=True))

    def of_one(self, instance: Any) -> Iterator[Document]:
        """All documents of one object."""
        yield self.document(instance)

    def documents(self, pks: Collection[int] | None = None, after: int = 0, until: int = 0) -> Iterator[Document]:
        """Documents of the visible rows, by primary key: of `pks`, or of those above `after` up to `until`."""
        rows = self.rows() if pks is None else self.rows().filter(pk__in=pks)
        rows = rows.filter(pk__gt=after) if after else rows
        rows = rows.filter(pk__lte=until) if until else rows
        for instance in self.whole(rows.order_by("pk")).iterator(chunk_size=_CHUNK):
            yield from self.of_one(instance)

    def count(self) -> int:
        return self.rows().count()

    def named(self, words: Iterable[tuple[str, str]], limit: int) -> Iterator[Document]:
        """The first documents whose names have every word (as typed, folded), straight from the database."""
        rows = self.rows()
        for word, folded in words:
            rows = rows.filter(self.containing(word, folded))
        for instance in self.whole(rows.order_by("pk")[:limit]):
            yield self.document(instance)

    def identity(self, instance: Model) -> str:
        return f"{self.model}:{instance.pk}"


@lru_cache(maxsize=64)
def _pattern(name: str, language: str) -> str:
    with override(language):
        try:
            return reverse(name, args=[_NUMBER])
        except NoReverseMatch:  # an installation without that page: the permanent address leads on
            return reverse("identifier", args=[_NUMBER])


def addresses(name: str, number: str) -> dict[str, str]:
    """The address of a numbered object in each language; resolved once for each name."""
    return {language: _pattern(name, language).replace(_NUMBER, number) for language in LANGUAGES}


@lru_cache(maxsize=1024)
def labels_of(choices: Any, value: str) -> tuple[str, ...]:
    """The labels of a choice in Vietnamese and English; labels are code, so they may be remembered."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(choices(value).label))
    return tuple(dict.fromkeys(found))


def plain(html: str) -> str:
    """Rich text as words: a space where a tag was, so that paragraphs do not run together."""
    return " ".join(strip_tags(html.replace("<", " <")).split()) if html else ""


@lru_cache(maxsize=8192)
def unit_names(pk: int) -> tuple[str, ...]:
    """A present unit's place in the hierarchy: province, district of before July 2025 where known, commune."""
    unit = Unit.objects.select_related("parent", "province").get(pk=pk)
    if unit.province is None:
        return (unit.name,)
    district = _district(unit)
    return tuple(name for name in (unit.province.name, district, unit.name) if name)


def _district(unit: Unit) -> str:
    origins = unit.origins.select_related("predecessor__parent").order_by("is_partial", "predecessor__code")
    for change in origins[:1]:
        above = change.predecessor.parent
        if above is not None and above.level == "district":
            return above.name
    return ""


_remembered: list[Any] = [unit_names]


def remember(function: Any) -> Any:
    """Let `forget` empty the cache of `function` too."""
    _remembered.append(function)
    return function


def forget() -> None:
    """Read units, periods and the like anew; called before every batch, so that an edit of them is seen."""
    for function in _remembered:
        function.cache_clear()
