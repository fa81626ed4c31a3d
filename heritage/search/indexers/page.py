"""Wagtail pages: whatever their type calls searchable, each in its own language."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.encoding import force_str
from wagtail.models import Locale, Page
from wagtail.search.index import SearchField

from heritage.search import weights
from heritage.search.contract import PUBLIC, Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer, plain


class PageIndexer(Indexer):
    model = "wagtailcore.page"
    kind = DocumentKind.PAGE

    def rows(self) -> QuerySet[Any]:
        return Page.objects.live().public().filter(depth__gt=2)

    def whole(self, rows: Any) -> QuerySet[Any]:
        return rows.specific()

    def containing(self, word: str, folded: str) -> Q:
        return Q(title__icontains=word)

    def document(self, instance: Any) -> Document:
        language = _languages().get(instance.locale_id, "vi")
        return Document(
            id=f"{self.model}:{instance.pk}",
            kind=self.kind,
            number="",
            urls={language: instance.url or ""},
            titles={language: instance.title},
            bodies={language: " ".join(_texts(instance))},
            facets={"kind": (str(DocumentKind.PAGE),)},
            days=(instance.published_on.isoformat(),) if getattr(instance, "published_on", None) else (),
            boost=_freshness(instance),
            audience=frozenset({f"{PUBLIC}:{language}"}),
            modified=instance.last_published_at.isoformat() if instance.last_published_at else "",
        )


def _freshness(page: Any) -> float:
    """The weight of a page by its own date, where its kind has one; it does not change as time goes by."""
    day = getattr(page, "published_on", None)
    return 1.0 + max(0.0, (day.year - 2000 + day.month / 12) * weights.FRESHNESS) if day else 1.0


def _languages() -> dict[int, str]:
    return {locale.pk: locale.language_code for locale in Locale.objects.all()}


def _texts(page: Any) -> Iterator[str]:
    if page.search_description:
        yield page.search_description
    for field in page.get_search_fields():
        if not isinstance(field, SearchField) or field.field_name == "title":
            continue
        value = field.get_value(page)
        for part in value if isinstance(value, list | tuple) else [value]:
            if part:
                yield plain(force_str(part))
