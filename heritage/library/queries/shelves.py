"""The shelves: published works, filtered and counted."""

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.core.folding import fold
from heritage.core.limits import page_number
from heritage.library.models import Audience, EditionKind, Language, Work
from heritage.library.models.forms import BITS, masks_with

VERSION = "library:shelves"


def published() -> QuerySet[Work]:
    """Works the public may see, newest first."""
    return Work.objects.filter(live=True)


def for_list(works: QuerySet[Work]) -> QuerySet[Work]:
    """With what a list shows of each work, in a fixed number of queries."""
    return works.select_related("cover").prefetch_related("cover__renditions", "contributors__authority", "editions")


def matching(works: QuerySet[Work], words: str) -> QuerySet[Work]:
    """Works whose title has each of `words`, with or without marks."""
    for word in fold(words).split()[:10]:
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


@dataclass(frozen=True)
class Counts:
    """How many works there are on the shelf, and how many each choice of a filter would give, the others kept."""

    total: int
    by: dict[str, dict[str, int]]


def counts(shelf: Shelf, words: str = "", kinds: tuple[str, ...] = ()) -> Counts:
    """Counts of the shelf; with `kinds`, only of works that can be had in one of them.

    Two queries, of groups and of subjects, whose answers are kept for a minute or until a work changes.
    """
    version = cache.get(VERSION, 0)
    key = f"library:counts:{version}:{hashlib.sha1(repr((shelf, words, kinds)).encode()).hexdigest()}"  # noqa: S324
    kept = cache.get(key)
    if kept is None:
        kept = _counted(shelf, words, kinds)
        cache.set(key, kept, 60)
    return kept


def forget_counts() -> None:
    """A work changed: count anew."""
    cache.set(VERSION, time.time_ns(), None)


def _counted(shelf: Shelf, words: str, kinds: tuple[str, ...]) -> Counts:
    works = matching(published(), words)
    if kinds:
        works = works.filter(forms__in=masks_with(*kinds))
    groups = _groups(replace(shelf, kind="", language="", audience="").of(works))
    by: dict[str, Counter[str]] = {"kind": Counter(), "language": Counter(), "audience": Counter()}
    total = 0
    for forms, language, audience, count in groups:
        fits = {
            "kind": not shelf.kind or bool(forms & BITS[shelf.kind]),
            "language": shelf.language in ("", language),
            "audience": shelf.audience in ("", audience),
        }
        total += count if all(fits.values()) else 0
        values = {"kind": [k for k, bit in BITS.items() if forms & bit], "language": [language], "audience": [audience]}
        for name, present in values.items():
            if all(fit for other, fit in fits.items() if other != name):
                by[name].update(dict.fromkeys(present, count))
    subjects = _subject_counts(replace(shelf, subject="").of(works))
    return Counts(total, {**{name: _largest(counted.items()) for name, counted in by.items()}, "subject": subjects})


def _groups(works: QuerySet[Work]) -> Any:
    rows = works.order_by().values_list("forms", "language", "audience")
    return rows.annotate(n=Count("pk"))


def _subject_counts(works: QuerySet[Work]) -> dict[str, int]:
    links = Work.subjects.through.objects.filter(work__in=works.order_by().values("pk"))
    return _largest(links.order_by().values_list("subject__slug").annotate(n=Count("pk")))


def _largest(rows: Any) -> dict[str, int]:
    return dict(sorted(rows, key=lambda row: (-row[1], row[0]))[:30])


class CountedPaginator(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: QuerySet, size: int, count: int) -> None:
        super().__init__(rows, size)
        self._known = count

    @cached_property
    def count(self) -> int:
        return self._known


def page_of_counted(rows: QuerySet[Work], params: QueryDict, count: int, size: int = 0) -> Page:
    """The asked-for page, the last one where fewer exist."""
    return CountedPaginator(rows, size or settings.PUBLIC_PAGE_SIZE, count).get_page(page_number(params))
