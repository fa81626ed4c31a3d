"""Reads of the home page: a fixed number of queries, whatever the archive holds."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.utils import timezone

from heritage.catalog import festivals, lunar
from heritage.catalog import queries as catalog
from heritage.catalog.models import Kind, Record
from heritage.home.models import ArticlePage, HomePage
from heritage.library import queries as library
from heritage.library.models import Work
from heritage.library.queries.shelves import for_list

COMING_DAYS = 120
"""How far ahead the home page looks for festivals; the longest gap between two is some ten weeks."""

COUNTS_KEPT_S = 300
"""Seconds for which the figures by kind are kept; they count every record."""


def home_context(page: HomePage) -> dict[str, Any]:
    """What the home page shows today."""
    today = timezone.localdate()
    featured = featured_records(page)
    return {
        "today": today,
        "lunar_today": lunar.to_lunar(today),
        "occasions": festivals.upcoming(days=COMING_DAYS, limit=5, today=today),
        "first_featured": featured[0] if featured else None,
        "more_featured": featured[1:],
        "counts": counts_by_kind(),
        "works": new_works(),
        "articles": latest_articles(page),
    }


def shown_records() -> QuerySet[Record]:
    """Public records with what a card shows of each."""
    return catalog.published().select_related("cover", "unit__province").prefetch_related("cover__renditions")


def featured_records(page: HomePage, limit: int = 5) -> list[Record]:
    """The records that staff chose, in their order; where none is public, those marked as featured."""
    chosen = [block.value.pk for block in page.featured if block.value is not None]
    if chosen:
        rows = in_order(shown_records().filter(pk__in=chosen), chosen)
        if rows:
            return rows[:limit]
    return list(shown_records().filter(is_featured=True).order_by("sort_vi", "number")[:limit])


def in_order(rows: Iterable[Record], pks: list[int]) -> list[Record]:
    by_pk = {row.pk: row for row in rows}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def counts_by_kind() -> list[tuple[str, int]]:
    """Kind and number of public records, kinds without any left out; at most five minutes old."""
    counts = cache.get_or_set("home:counts", _count, COUNTS_KEPT_S) or {}
    return [(kind, counts[kind]) for kind in Kind.values if counts.get(kind)]


def _count() -> dict[str, int]:
    rows = Record.objects.filter(live=True).order_by().values_list("kind").annotate(Count("pk"))
    return dict(rows)


def new_works(limit: int = 5) -> list[Work]:
    return list(for_list(library.published()).order_by("-first_published_at", "-pk")[:limit])


def latest_articles(page: HomePage, limit: int = 4) -> list[ArticlePage]:
    """The newest articles in the page's language that have come due."""
    rows = ArticlePage.objects.live().public().descendant_of(page).filter(published_on__lte=_tomorrow())
    return list(rows.select_related("cover").order_by("-published_on", "-pk")[:limit])


def _tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)
