"""Counting what stands on the shelves: anew where they are few, from what the worker keeps where they are many."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet

from heritage.core.outbox import ChangedObject
from heritage.library.models import ShelfSummary, Work
from heritage.library.models.forms import BITS, masks_with
from heritage.library.queries.shelves import Shelf, matching, published

VERSION = "library:shelves"
MANY = 5_000
"""Works from which on counts are kept by the worker; they may then lag some seconds behind a change."""
KEPT_S, KEPT_OF_SUMMARY_S = 60, 5
MOST_CHOICES = 30
Group = Sequence[Any]
"""Forms, language, audience, number of works."""


@dataclass(frozen=True)
class Counts:
    """How many works there are on the shelf, and how many each choice of a filter would give, the others kept."""

    total: int
    by: dict[str, dict[str, int]]


def counts(shelf: Shelf, words: str = "", kinds: tuple[str, ...] = ()) -> Counts:
    """Counts of the shelf; with `kinds`, only of works that can be had in one of them.

    Kept for a minute or until a work changes; of many works for seconds.
    """
    version = cache.get(VERSION, 0)
    key = f"library:counts:{version}:{hashlib.sha1(repr((shelf, words, kinds)).encode()).hexdigest()}"  # noqa: S324
    kept = cache.get(key)
    if kept is None:
        summary = None if words else ShelfSummary.objects.first()
        kept = _counted(shelf, words, kinds) if summary is None else _summed(summary, shelf, kinds)
        cache.set(key, kept, KEPT_S if summary is None else KEPT_OF_SUMMARY_S)
    return kept


def forget_counts() -> None:
    """A work changed: count anew."""
    cache.set(VERSION, time.time_ns(), None)


def take_up(_changes: list[ChangedObject]) -> None:
    """What the worker does after changes of works."""
    refresh()


def refresh() -> None:
    """Count all shelves for `ShelfSummary`, or forget it where there are few works."""
    works = published()
    if not works.order_by()[MANY : MANY + 1].exists():
        ShelfSummary.objects.all().delete()
        return
    subjects: dict[str, list[list[Any]]] = {}
    links = Work.subjects.through.objects.filter(work__live=True).order_by()
    rows = links.values_list("subject__slug", "work__forms", "work__language", "work__audience")
    for slug, *group in rows.annotate(n=Count("pk")):
        subjects.setdefault(slug, []).append(group)
    ShelfSummary.objects.update_or_create(pk=1, defaults={"groups": [*map(list, _groups(works))], "subjects": subjects})


def _summed(summary: ShelfSummary, shelf: Shelf, kinds: tuple[str, ...]) -> Counts:
    wanted = set(masks_with(*kinds)) if kinds else None

    def acceptable(groups: Iterable[Group]) -> list[Group]:
        return [group for group in groups if wanted is None or group[0] in wanted]

    groups = acceptable(summary.subjects.get(shelf.subject, []) if shelf.subject else summary.groups)
    total, by = _facets(groups, shelf)
    fitting = (
        (slug, sum(group[3] for group in acceptable(rows) if all(_fits(shelf, group).values())))
        for slug, rows in summary.subjects.items()
    )
    return Counts(total, {**by, "subject": _largest((slug, n) for slug, n in fitting if n)})


def _counted(shelf: Shelf, words: str, kinds: tuple[str, ...]) -> Counts:
    """Two queries, of groups and of subjects."""
    works = matching(published(), words)
    if kinds:
        works = works.filter(forms__in=masks_with(*kinds))
    total, by = _facets(_groups(replace(shelf, kind="", language="", audience="").of(works)), shelf)
    return Counts(total, {**by, "subject": _subject_counts(replace(shelf, subject="").of(works))})


def _facets(groups: Iterable[Group], shelf: Shelf) -> tuple[int, dict[str, dict[str, int]]]:
    by: dict[str, Counter[str]] = {"kind": Counter(), "language": Counter(), "audience": Counter()}
    total = 0
    for group in groups:
        forms, language, audience, count = group
        fits = _fits(shelf, group)
        total += count if all(fits.values()) else 0
        values = {"kind": [k for k, bit in BITS.items() if forms & bit], "language": [language], "audience": [audience]}
        for name, present in values.items():
            if all(fit for other, fit in fits.items() if other != name):
                by[name].update(dict.fromkeys(present, count))
    return total, {name: _largest(counted.items()) for name, counted in by.items()}


def _fits(shelf: Shelf, group: Group) -> dict[str, bool]:
    forms, language, audience, _count = group
    return {
        "kind": not shelf.kind or bool(forms & BITS[shelf.kind]),
        "language": shelf.language in ("", language),
        "audience": shelf.audience in ("", audience),
    }


def _groups(works: QuerySet[Work]) -> Iterable[Group]:
    rows = works.order_by().values_list("forms", "language", "audience")
    return rows.annotate(n=Count("pk"))


def _subject_counts(works: QuerySet[Work]) -> dict[str, int]:
    links = Work.subjects.through.objects.filter(work__in=works.order_by().values("pk"))
    return _largest(links.order_by().values_list("subject__slug").annotate(n=Count("pk")))


def _largest(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST_CHOICES])
