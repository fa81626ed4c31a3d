"""Heritage records: names, decisions, places of then and now, festival days."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from heritage.catalog import festivals, queries
from heritage.catalog.models import Act, HeritageType, IchCategory, Kind, Period, Rank, Record, Scheme
from heritage.catalog.models.vocabulary import scheme_of
from heritage.search.contract import Document
from heritage.search.contract import Kind as DocumentKind
from heritage.search.indexers.base import Indexer, addresses, labels_of, plain, remember, unit_names

BOOSTS = {
    Rank.SPECIAL_NATIONAL: 1.35,
    Rank.NATIONAL_TREASURE: 1.3,
    Rank.NATIONAL: 1.2,
    Rank.NATIONAL_LIST: 1.2,
    Rank.NATIONAL_DOCUMENTARY: 1.2,
    Rank.PROVINCIAL: 1.1,
}
"""How much the rank raises a record among equals."""
OFFICIAL = {
    HeritageType.HISTORICAL: "di tích lịch sử",
    HeritageType.ARCHITECTURAL: "di tích kiến trúc nghệ thuật",
    HeritageType.ARCHAEOLOGICAL: "di tích khảo cổ",
    HeritageType.SCENIC: "danh lam thắng cảnh",
    Rank.SPECIAL_NATIONAL: "di tích quốc gia đặc biệt",
    Rank.NATIONAL: "di tích cấp quốc gia",
    Rank.PROVINCIAL: "di tích cấp tỉnh",
    Rank.NATIONAL_TREASURE: "bảo vật quốc gia",
    Rank.NATIONAL_LIST: "danh mục di sản văn hóa phi vật thể quốc gia",
    Kind.ICH: "di sản văn hóa phi vật thể",
    Kind.DOCUMENTARY: "di sản tư liệu",
}
"""As the law and its lists say it, beside the labels shown on pages."""
LISTED = 1.25
YEARS_AHEAD = 10
"""Years of festival days in a document: at least five are always to come."""
MOST_WEEKS = 6
"""Weeks of one festival that count."""
PARTS = ("names", "designations", "lunar_rules", "festival_years", "periods", "terms", "shared_units")
_MONTH_NAMES = {1: "tháng Giêng", 12: "tháng Chạp"}


class RecordIndexer(Indexer):
    model = "catalog.record"
    kind = DocumentKind.RECORD

    def rows(self) -> QuerySet[Record]:
        return queries.published()

    def whole(self, rows: QuerySet[Record]) -> QuerySet[Record]:
        """Lists of their own for what belongs to a record: a manager for each of them costs more than their rows."""
        parts: list[Any] = [Prefetch(name, to_attr=f"own_{name}") for name in PARTS]
        parts += ["tags", "cover__renditions"]
        return rows.select_related("unit__province", "part_of", "cover").prefetch_related(*parts)

    def containing(self, word: str, folded: str) -> Q:
        return Q(folded__contains=folded)

    def document(self, instance: Record) -> Document:
        lists = _lists(instance)
        rank = instance.rank  # type: ignore[attr-defined]  # annotated by queries.published
        years = _years(instance)
        return Document(
            id=self.identity(instance),
            kind=self.kind,
            number=instance.number,
            urls=addresses("record", instance.number),
            titles={k: v for k, v in (("vi", instance.name_vi), ("en", instance.name_en)) if v},
            other_names=tuple(name.text for name in instance.own_names),
            keywords=tuple(dict.fromkeys(_keywords(instance, rank, lists))),
            identifiers=tuple(d.decision_number for d in instance.own_designations if d.decision_number),
            bodies={
                "vi": " ".join(filter(None, (instance.summary_vi, plain(instance.text_vi)))),
                "en": " ".join(filter(None, (instance.summary_en, plain(instance.text_en)))),
            },
            facets=_facets(instance, rank, lists),
            location=(instance.latitude, instance.longitude)
            if instance.latitude is not None and instance.longitude is not None
            else None,
            years=years,
            days=tuple(_held_on(instance)),
            boost=max(BOOSTS.get(rank, 1.0), LISTED if lists else 1.0) + (0.05 if instance.is_featured else 0),
            thumbnail=thumbnail(instance.cover),
            place=_place(instance),
            modified=instance.modified_at.isoformat(),
        )


def thumbnail(image: Any) -> str:
    """The address of a small rendition; "" without an image or where its file is gone."""
    if image is None:
        return ""
    try:
        return image.get_rendition("fill-160x120|format-webp").url
    except OSError:
        return ""


def _lists(record: Any) -> list[str]:
    """International lists and honours, beside the State's rank."""
    acts = [d for d in record.own_designations if d.rank and d.act in (Act.RANK, Act.UPGRADE) and not d.concerns_parts]
    return list(dict.fromkeys(d.rank for d in acts if scheme_of(d.rank) != Scheme.STATE))


def _years(record: Any) -> tuple[int, int] | None:
    spans = [(p.first_year, p.last_year) for p in record.own_periods if p.first_year is not None]
    if not spans:
        return None
    return min(first for first, _last in spans), max(last if last is not None else first for first, last in spans)


def _keywords(record: Any, rank: str, lists: list[str]) -> Iterator[str]:
    yield from filter(None, (record.commune_printed, record.district_printed, record.province_printed, record.address))
    if record.unit is not None:
        yield from unit_names(record.unit.pk)
        yield from filter(None, (record.unit.name_en, record.unit.province.name_en if record.unit.province else ""))
    for unit in record.own_shared_units:
        yield from unit_names(unit.pk)
    yield from labels_of(Kind, record.kind)
    yield from (OFFICIAL[word] for word in (record.kind, rank, *record.types) if word in OFFICIAL)
    for value in (rank, *lists):
        if value:
            yield from labels_of(Rank, value)
    for choices, values in ((HeritageType, record.types), (IchCategory, record.ich_categories)):
        for value in values:
            if value in choices._value2member_map_:
                yield from labels_of(choices, value)
    for designation in record.own_designations:
        if designation.decision_number:
            day = f", {designation.decided_on:%-d/%-m/%Y}" if designation.decided_on else ""
            yield f"Quyết định {designation.decision_number}{day}"
    for period in record.own_periods:
        yield from filter(None, (period.name_vi, period.name_en))
    for term in record.own_terms:
        yield from filter(None, (term.name_vi, term.name_en))
        yield from filter(None, f"{term.other_names_vi}\n{term.other_names_en}".splitlines())
    yield from (tag.name for tag in record.tags.all())
    yield from _days(record)
    if record.part_of is not None and record.part_of.live:
        yield record.part_of.name_vi


def _days(record: Any) -> Iterator[str]:
    for rule in record.own_lunar_rules:
        calendar = "âm lịch" if rule.calendar == "lunar" else "dương lịch"
        day = f"ngày {rule.day} " if rule.day else ""
        yield f"Lễ hội {day}tháng {rule.month} {calendar}"
        if rule.calendar == "lunar":
            yield f"Festival, lunar month {rule.month}"
            if rule.month in _MONTH_NAMES:
                yield _MONTH_NAMES[rule.month]


def _held_on(record: Any) -> Iterator[str]:
    """A day of each week in which the festival is held, some years ahead.

    The years begin at a multiple of five, so that a record's document does not change from year to year.
    """
    if not record.own_lunar_rules and not record.own_festival_years:
        return
    first = timezone.localdate().year // 5 * 5
    years = range(first, first + YEARS_AHEAD)
    for occasion in festivals.of_rules(record, record.own_lunar_rules, record.own_festival_years, years):
        for week in range(min((occasion.last - occasion.first).days // 7 + 1, MOST_WEEKS)):
            yield (occasion.first + dt.timedelta(weeks=week)).isoformat()


def _facets(record: Any, rank: str, lists: list[str]) -> dict[str, tuple[str, ...]]:
    units = {
        path for path in (unit_path(record), *("/".join(unit_names(u.pk)) for u in record.own_shared_units)) if path
    }
    return {
        "kind": (f"{DocumentKind.RECORD}/{record.kind}",),
        "rank": (rank,) if rank else (),
        "list": tuple(lists),
        "type": (*record.types, *record.ich_categories),
        "unit": tuple(sorted(units)),
        "period": tuple(period_path(period.pk) for period in record.own_periods),
        "lunar_month": tuple(
            sorted(
                {str(month) for rule in record.own_lunar_rules if rule.calendar == "lunar" for month in _months(rule)}
            )
        ),
    }


def _months(rule: Any) -> range:
    return range(rule.month, (rule.end_month or rule.month) + 1)


def unit_path(record: Any) -> str:
    """Province of today, the district as printed in the decision, commune of today."""
    if not record.unit_id:
        return "/".join(filter(None, (record.province_printed, record.district_printed)))
    names = list(unit_names(record.unit_id))
    if record.district_printed and len(names) > 1:
        names = [names[0], record.district_printed, names[-1]]
    return "/".join(name.replace("/", "-") for name in names)


@remember
@lru_cache(maxsize=512)
def period_path(pk: int) -> str:
    period = Period.objects.select_related("parent").get(pk=pk)
    return f"{period_path(period.parent_id)}/{period.code}" if period.parent_id else period.code


def _place(record: Any) -> str:
    if not record.unit_id:
        return ", ".join(filter(None, (record.commune_printed, record.district_printed, record.province_printed)))
    names = unit_names(record.unit_id)
    return f"{names[-1]}, {names[0]}" if len(names) > 1 else names[0]
