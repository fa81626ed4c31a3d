"""The shelves: published works, filtered and counted."""

import time
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from heritage.core.folding import fold
from heritage.library.models import Access, Audience, Edition, EditionKind, Language, Subject, Work

VERSION = "library:shelves"


def published() -> QuerySet[Work]:
    """Works the public may see, newest first."""
    return Work.objects.filter(live=True)


def for_list(works: QuerySet[Work]) -> QuerySet[Work]:
    """With what a list shows of each work, in a fixed number of queries."""
    return works.select_related("cover").prefetch_related("cover__renditions", "contributors", "editions")


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
            works = works.filter(Exists(Edition.objects.filter(work=OuterRef("pk"), kind=self.kind)))
        return works


def counts(shelf: Shelf, words: str = "") -> dict[str, dict[str, int]]:
    """How many works each choice of a filter would give, the other filters kept.

    Counting is four queries over all works, so counts without words are kept for a minute, or until a work changes.
    """
    if words:
        return _counted(shelf, words)
    key = f"library:counts:{cache.get(VERSION, 0)}:{hash(shelf)}"
    kept = cache.get(key)
    if kept is None:
        kept = _counted(shelf, "")
        cache.set(key, kept, 60)
    return kept


def forget_counts() -> None:
    """A work changed: count anew."""
    cache.set(VERSION, time.time_ns(), None)


def _counted(shelf: Shelf, words: str) -> dict[str, dict[str, int]]:
    def without(name: str) -> QuerySet[Work]:
        return replace(shelf, **{name: ""}).of(matching(published(), words)).order_by()

    kinds = Edition.objects.filter(work__in=without("kind").values("pk")).exclude(access=Access.STAFF)
    subjects = Subject.objects.filter(works__in=without("subject").values("pk"))
    return {
        "kind": _by(kinds.order_by().values_list("kind").annotate(n=Count("work", distinct=True))),
        "language": _by(without("language").values_list("language").annotate(n=Count("pk", distinct=True))),
        "audience": _by(without("audience").values_list("audience").annotate(n=Count("pk", distinct=True))),
        "subject": _by(subjects.order_by().values_list("slug").annotate(n=Count("works", filter=Q(works__live=True)))),
    }


def _by(rows: Any) -> dict[str, int]:
    return dict(sorted(rows, key=lambda row: (-row[1], row[0]))[:30])
