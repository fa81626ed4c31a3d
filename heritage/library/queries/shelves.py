"""The shelves: published works, filtered, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.core.folding import fold
from heritage.core.limits import page_number
from heritage.library.models import Audience, EditionKind, Language, Work
from heritage.library.models.forms import masks_with

MANY_OF_A_SUBJECT = 1_000
"""From here on it is sooner to go through the newest works than to sort those of a subject."""


def published() -> QuerySet[Work]:
    """Works the public may see, newest first."""
    return Work.objects.filter(live=True)


def for_list(works: QuerySet[Work]) -> QuerySet[Work]:
    """With what a list shows of each work, in a fixed number of queries."""
    return works.select_related("cover").prefetch_related("cover__renditions", "contributors__authority", "editions")


def matching(works: QuerySet[Work], words: str) -> QuerySet[Work]:
    """Works whose title has each of `words`, with or without marks."""
    # What narrows most is looked for first, so that most titles are left at the first look: numbers, then long words.
    for word in sorted(fold(words).split()[:10], key=lambda word: (word.isalpha(), -len(word))):
        works = works.filter(folded__contains=word)
    return works


@dataclass(frozen=True)
class Shelf:
    """What a visitor filters by; blank is no filter. Unknown values count as blank."""

    kind: str = ""
    language: str = ""
    audience: str = ""
    subject: str = ""

    @classmethod
    def from_query(cls, params: QueryDict) -> "Shelf":
        def one_of(name: str, choices: Any) -> str:
            value = params.get(name, "")
            return value if value in choices.values else ""

        subject = params.get("subject", "")
        return cls(
            kind=one_of("kind", EditionKind),
            language=one_of("language", Language),
            audience=one_of("audience", Audience),
            subject=subject if len(subject) <= 80 and subject.isprintable() else "",
        )

    @staticmethod
    def titles() -> dict[str, Promise]:
        return {
            "kind": pgettext_lazy("of a book", "Form"),
            "language": _("Language"),
            "audience": _("For whom"),
            "subject": _("Subject"),
        }

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The filters that are set, as name and value."""
        return [(name, getattr(self, name)) for name in self.titles() if getattr(self, name)]

    @property
    def is_filtered(self) -> bool:
        return self != Shelf()

    def of(self, works: QuerySet[Work]) -> QuerySet[Work]:
        if self.language:
            works = works.filter(language=self.language)
        if self.audience:
            works = works.filter(audience=self.audience)
        if self.subject:
            works = works.filter(subjects__slug=self.subject)
        if self.kind:
            works = works.filter(forms__in=masks_with(self.kind))
        return works

    def standing(self, works: QuerySet[Work], count: int) -> QuerySet[Work]:
        """The same, in the way in which the first of so many are found soonest."""
        if not self.subject or count < MANY_OF_A_SUBJECT:
            return self.of(works)
        links = Work.subjects.through.objects.filter(work=OuterRef("pk"), subject__slug=self.subject)
        return replace(self, subject="").of(works).filter(Exists(links))


class ShelfPaginator(Paginator):
    """Pages of a known number of works: first which they are, of an index alone, then what is shown of them."""

    def __init__(self, works: QuerySet[Work], size: int, count: int, also: Sequence[str]) -> None:
        super().__init__(works.values_list("pk", flat=True), size)
        self._known, self._also = count, also

    @cached_property
    def count(self) -> int:
        return self._known

    def page(self, number: Any) -> Page:
        page = super().page(number)
        keys = list(page.object_list)
        found = for_list(Work.objects.order_by()).prefetch_related(*self._also).in_bulk(keys)
        page.object_list = [found[key] for key in keys if key in found]
        return page


def page_of_shelf(
    shelf: Shelf,
    words: str,
    params: QueryDict,
    count: int,
    *,
    kinds: Sequence[str] = (),
    size: int = 0,
    also: Sequence[str] = (),
) -> Page:
    """The asked-for page of a shelf of `count` works, newest first; the last one where fewer exist.

    Args:
        kinds: only works that can be had in one of them.
        also: what else is wanted of each work than a list shows.
    """
    works = shelf.standing(matching(published(), words), count)
    if kinds:
        works = works.filter(forms__in=masks_with(*kinds))
    paginator = ShelfPaginator(works, size or settings.PUBLIC_PAGE_SIZE, count, also)
    return paginator.get_page(page_number(params))
