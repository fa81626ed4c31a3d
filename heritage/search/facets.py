"""Facets: which there are, how their values are labelled in both languages, how counts are ordered."""

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext, gettext_lazy, override, pgettext_lazy

from heritage.catalog.models import HeritageType, IchCategory, Period, Rank
from heritage.catalog.models import Kind as RecordKind
from heritage.core import languages
from heritage.core.folding import fold, sort_key
from heritage.library.models import EditionKind, Subject
from heritage.maps.models.vocabulary import PlaceKind
from heritage.search.contract import FacetCount, Kind, Query
from heritage.search.hierarchy import HIERARCHIES, is_open
from heritage.search.indexers.base import remember

TITLES: dict[str, Any] = {
    "kind": gettext_lazy("Kind"),
    "rank": gettext_lazy("Rank"),
    "unit": gettext_lazy("Place"),
    "type": pgettext_lazy("of heritage", "Type"),
    "period": gettext_lazy("Period"),
    "list": gettext_lazy("International lists"),
    "subject": gettext_lazy("Subject"),
    "lunar_month": gettext_lazy("Lunar month"),
    "decade": gettext_lazy("Decade"),
}
KNOWN = frozenset(TITLES)
KINDS: dict[str, Any] = {
    Kind.RECORD: gettext_lazy("Heritage"),
    Kind.PLACE: gettext_lazy("Places to visit, stay and eat"),
    Kind.WORK: gettext_lazy("Books and audiobooks"),
    Kind.PAGE: pgettext_lazy("kind of result", "Pages"),
    Kind.SCAN: gettext_lazy("Text in scans"),
    Kind.CHAPTER: gettext_lazy("Text in books"),
    Kind.QUESTION: gettext_lazy("Questions and answers"),
}
_BY_ORDER = {"rank": [str(rank) for rank in Rank], "lunar_month": [str(month) for month in range(1, 13)]}


def label(facet: str, value: str) -> str:
    """What a person reads for `value`, in the page's language."""
    if facet in ("period", "subject"):
        last, minute = value.rpartition("/")[2], int(time.monotonic() // 60)
        return _vocabulary(facet, minute).get(last, {}).get(languages.current()) or last
    return _label(facet, value, languages.current())


@lru_cache(maxsize=16_384)
def _label(facet: str, value: str, _language: str) -> str:
    """Labels that are code, or names that are their own label."""
    last = value.rpartition("/")[2]
    match facet:
        case "kind":
            return str(_kind_labels().get(value, last))
        case "rank" | "list":
            return _choice(Rank, value)
        case "type":
            return _choice(HeritageType, value) if value in HeritageType.values else _choice(IchCategory, value)
        case "lunar_month":
            return gettext("Lunar month %(month)s") % {"month": value}
        case "decade":
            return gettext("%(year)ss") % {"year": value}
    return last


def _choice(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


@lru_cache(maxsize=1)
def _kind_labels() -> dict[str, Any]:
    labels: dict[str, Any] = dict(KINDS)
    labels |= {f"{Kind.RECORD}/{kind.value}": kind.label for kind in RecordKind}
    labels |= {f"{Kind.PLACE}/{kind.value}": kind.label for kind in PlaceKind}
    labels |= {f"{Kind.WORK}/{kind.value}": kind.label for kind in EditionKind}
    return labels


@remember
@lru_cache(maxsize=4)
def _vocabulary(facet: str, _minute: int) -> dict[str, dict[str, str]]:
    """Labels kept as rows: periods by code, subjects by slug; read each minute, for others edit them."""
    if facet == "period":
        return {p.code: {"vi": p.name_vi, "en": p.name_en or p.name_vi} for p in Period.objects.all()}
    return {s.slug: {"vi": s.label_vi, "en": s.label_en or s.label_vi} for s in Subject.objects.all()}


def value_named(facet: str, text: str) -> str:
    """The value of `facet` whose code or label in either language is `text`, marks or not; "" if none."""
    wanted = fold(text.replace("_", " "))
    for value in _values(facet):
        names = {fold(value.rpartition("/")[2].replace("_", " "))}
        for language in languages.LANGUAGES:
            with override(language):
                names.add(fold(label(facet, value)))
        if wanted in names:
            return value
    return ""


def _values(facet: str) -> list[str]:
    if facet == "kind":
        return list(_kind_labels())
    if facet in ("rank", "list"):
        return list(Rank.values)
    if facet == "type":
        return [*HeritageType.values, *IchCategory.values]
    return []


def counted(found: Mapping[str, Mapping[str, int]], query: Query) -> dict[str, tuple[FacetCount, ...]]:
    """The counts in the order they are shown; what is chosen stays even where it counts nothing.

    Of a hierarchy only the tops are shown, what is chosen, what lies directly below it and beside it.
    """
    out: dict[str, tuple[FacetCount, ...]] = {}
    for facet in query.facets:
        chosen = set(query.filters.get(facet, ()))
        values = dict(found.get(facet, {}))
        for value in chosen:
            values.setdefault(value, 0)
        if facet in HIERARCHIES:
            values = {value: count for value, count in values.items() if is_open(value, chosen)}
        ordered = sorted(values.items(), key=lambda item: _order(facet, item[0], values))
        out[facet] = tuple(
            FacetCount(value, count, value in chosen, value.count("/") if facet in HIERARCHIES else 0)
            for value, count in ordered
        )
    return out


@lru_cache(maxsize=16_384)
def _sorting(name: str) -> Any:
    return sort_key(name)


def _order(facet: str, value: str, counts: Mapping[str, int]) -> tuple[Any, ...]:
    """By their own order where they have one, else the most frequent first; what lies below follows its top."""
    if facet == "decade":
        return (int(value) if value.lstrip("-").isdigit() else 0,)
    if facet in _BY_ORDER:
        order = _BY_ORDER[facet]
        return (order.index(value) if value in order else len(order), value)
    if facet not in HIERARCHIES:
        return (-counts[value], _sorting(value))
    parts = value.split("/")
    paths = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    return tuple((-counts.get(path, 0), _sorting(path.rpartition("/")[2])) for path in paths)
