"""Pages of a list whose columns are dear: keys first, then the columns of these alone."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator

Widen = Callable[[QuerySet], QuerySet]
FEW = 500
"""Keys that are read at once: a list that has no more is counted by them, and each of its pages is among them."""


class KeysFirst(WagtailPaginator):
    """Pages of `object_list`, each of its rows as `widen` completes them (annotations, related rows).

    `few` is 0 where the rows sought lie so far apart that a database would go through all others for so many of them.
    Where a database sorts what no index orders, it carries every column of every row, sub-queries worked out, through
    the sort; of keys alone that is a small part.
    """

    def __init__(self, object_list: QuerySet, *args: Any, widen: Widen, few: int | None = None, **kwargs: Any) -> None:
        super().__init__(object_list, *args, **kwargs)
        self.widen, self.few = widen, FEW if few is None else few

    @cached_property
    def count(self) -> int:
        return len(self._first) if self.few and len(self._first) <= self.few else super().count

    def page(self, number: Any) -> Any:
        found = super().page(number)
        bottom, top = found.start_index() - 1, found.end_index()
        keys = (self._first if self.few and top <= len(self._first) else self._keys)[max(bottom, 0) : top]
        rows = {row.pk: row for row in self.widen(self.object_list.model._default_manager.filter(pk__in=list(keys)))}
        found.object_list = [rows[pk] for pk in keys if pk in rows]  # one withdrawn between the questions is left out
        return found

    @property
    def _keys(self) -> QuerySet:
        return self.object_list.values_list("pk", flat=True)

    @cached_property
    def _first(self) -> list[int]:
        return list(self._keys[: self.few + 1])
