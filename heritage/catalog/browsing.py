"""The public list: filters read from an address, and counts of what each further choice would leave."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from heritage.catalog import vocabularies
from heritage.catalog.models import HeritageType, IchCategory, Kind, Rank, RankPeriod, Record
from heritage.catalog.queries import ranked, with_standing_on
from heritage.catalog.wording import day_text
from heritage.core import languages
from heritage.core.folding import nfc
from heritage.places.models import Unit
from heritage.places.models.unit import Level

COUNTS_FOR = 600
"""Seconds for which counts are kept; any change of a record makes them anew at once."""

CHOICES: dict[str, Mapping[str, Any]] = {
    "kind": dict(Kind.choices),
    "rank": dict(Rank.choices),
    "type": dict(HeritageType.choices),
    "category": dict(IchCategory.choices),
}


@dataclass(frozen=True)
class Filters:
    """What is asked for; values that are none of the choices are left aside."""

    kind: str = ""
    rank: str = ""
    type: str = ""
    category: str = ""
    term: str = ""
    period: str = ""
    tag: str = ""
    unit: str = ""
    province_then: str = ""
    district_then: str = ""
    as_of: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Filters":
        values = {name: _text(params.get(name, "")) for name in cls.__dataclass_fields__}
        for name, choices in CHOICES.items():
            if values[name] not in choices:
                values[name] = ""
        if not (values["unit"].isascii() and values["unit"].isdigit() and len(values["unit"]) in (2, 5)):
            values["unit"] = ""
        if not values["province_then"]:
            values["district_then"] = ""
        values["as_of"] = _day_text(values["as_of"])
        return cls(**values)

    def without(self, *names: str) -> "Filters":
        return replace(self, **dict.fromkeys(names, ""))

    def query(self, **changes: str) -> str:
        """The address of the list with some values changed; leads to its first page."""
        params = QueryDict(mutable=True)
        for name in self.__dataclass_fields__:
            if value := changes.get(name, getattr(self, name)):
                params[name] = value
        return f"?{params.urlencode()}" if params else "?"

    @property
    def is_set(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


def _day_text(raw: str) -> str:
    """A past day as ISO text, "" where it is none."""
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        return ""
    return day.isoformat() if dt.date(1900, 1, 1) <= day < timezone.localdate() else ""


def _text(raw: str) -> str:
    return nfc("".join(char for char in raw[:200] if char.isprintable())).strip()[:100]


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    url: str
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    title: str
    options: list[Option]
    open: bool = False


@dataclass
class Browsing:
    """One list: its rows, how many there are, and the facets beside it."""

    filters: Filters
    stamp: str = field(init=False)

    def __post_init__(self) -> None:
        newest = Record.objects.aggregate(newest=Max("modified_at"))["newest"]
        self.stamp = f"{newest.timestamp() if newest else 0}-{timezone.localdate()}"

    @property
    def day(self) -> dt.date:
        """The day whose ranks are shown: today, or the one asked for; then the list has what was ranked on it."""
        return dt.date.fromisoformat(self.filters.as_of) if self.filters.as_of else timezone.localdate()

    @cached_property
    def unit(self) -> Unit | None:
        """The province or commune asked for, in force; None where there is none."""
        if not self.filters.unit:
            return None
        level = Level.PROVINCE if len(self.filters.unit) == 2 else Level.COMMUNE
        units = Unit.objects.current().select_related("province")
        return units.filter(level=level, code=self.filters.unit).first()

    def keys(self) -> QuerySet[Record, Any]:
        """Primary keys of the list in dictionary order; an index answers it alone, however deep the page."""
        order = "sort_en" if languages.current() == "en" else "sort_vi"
        return self.narrowed(Record.objects.filter(live=True), self.filters).order_by(order, "number").values_list("pk")

    def rows(self, first: int, last: int) -> list[Record]:
        """The records from position `first` to before `last`, with what a row shows."""
        keys = [pk for (pk,) in self.keys()[first:last]]
        shown = with_standing_on(Record.objects.filter(live=True), self.day)
        rows = shown.filter(pk__in=keys).select_related("unit__province", "cover")
        found = {record.pk: record for record in rows.prefetch_related("cover__renditions").order_by()}
        return [found[pk] for pk in keys if pk in found]

    def narrowed(self, records: QuerySet[Record], filters: Filters) -> QuerySet[Record]:
        if filters.kind:
            records = records.filter(kind=filters.kind)
        if filters.type:
            records = records.filter(types__has=filters.type)
        if filters.category:
            records = records.filter(ich_categories__has=filters.category)
        for name in vocabularies.VOCABULARIES:
            if code := getattr(filters, name):
                records = vocabularies.narrowed(records, name, code)
        if filters.tag:
            records = vocabularies.tagged(records, filters.tag)
        if filters.rank:
            records = ranked(records, filters.rank, self.day)
        elif filters.as_of:
            held = RankPeriod.objects.filter(since__lte=self.day, until__gt=self.day)
            records = records.filter(pk__in=held.values("record"))
        if filters.unit:
            records = records.filter(self._in_unit())
        if filters.province_then:
            records = records.filter(province_printed=filters.province_then)
        if filters.district_then:
            records = records.filter(district_printed=filters.district_then)
        return records

    def _in_unit(self) -> Q:
        """Records of the unit or below it, and those shared with it (Hải Vân Quan stands in two provinces)."""
        if self.unit is None:
            return Q(pk__in=[])
        shared = Record.shared_units.through.objects
        if self.unit.level == Level.COMMUNE:
            return Q(unit=self.unit) | Q(pk__in=shared.filter(unit=self.unit).values("record"))
        within = Q(unit=self.unit) | Q(unit__province=self.unit)
        return (
            Q(unit=self.unit)
            | Q(unit__in=Unit.objects.filter(province=self.unit).values("pk"))
            | Q(pk__in=shared.filter(within).values("record"))
        )

    def count(self) -> int:
        return self._kept("count", lambda: self.narrowed(Record.objects.filter(live=True), self.filters).count())

    def facets(self) -> list[Facet]:
        """Every facet that has something to choose; the counts are kept until a record changes."""
        counts = self._kept("facets", self._counts)
        facets = [
            self._of_choices(_("Kind"), "kind", counts["kind"], opened=True),
            self._of_choices(_("Rank or list"), "rank", counts["rank"], opened=True),
            self._of_choices(_("Type of monument"), "type", counts["type"]),
            self._of_choices(_("Kind of intangible heritage"), "category", counts["category"]),
            self._of_units(counts["unit"]),
            self._of_printed(_("Province as printed in decisions"), "province_then", counts["province_then"]),
            self._of_printed(_("Former district"), "district_then", counts["district_then"]),
        ]
        return [facet for facet in facets if facet.options]

    def _kept(self, what: str, make: Any) -> Any:
        key = f"catalog:{what}:{self.stamp}:{self.filters.query()}:{languages.current()}"
        return cache.get_or_set(_safe(key), make, COUNTS_FOR)

    def _counts(self) -> dict[str, Any]:
        """Counts for each facet over what the other filters leave; four queries."""
        live = Record.objects.filter(live=True).order_by()
        combined = self.narrowed(live, self.filters.without("kind", "type", "category"))
        groups = list(combined.values_list("kind", "types", "ich_categories").annotate(n=Count("pk")))
        chosen = self.filters
        kinds: Counter[str] = Counter()
        types: Counter[str] = Counter()
        categories: Counter[str] = Counter()
        for kind, of_types, of_categories, count in groups:
            fits = {
                "kind": chosen.kind in ("", kind),
                "type": not chosen.type or chosen.type in of_types,
                "category": not chosen.category or chosen.category in of_categories,
            }
            if fits["type"] and fits["category"]:
                kinds[kind] += count
            if fits["kind"] and fits["category"]:
                types.update(dict.fromkeys(of_types, count))
            if fits["kind"] and fits["type"]:
                categories.update(dict.fromkeys(of_categories, count))
        return {"kind": kinds, "type": types, "category": categories} | self._counts_of_others(live)

    def _counts_of_others(self, live: QuerySet[Record]) -> dict[str, Any]:
        periods = RankPeriod.objects.filter(since__lte=self.day, until__gt=self.day).order_by()
        if (others := self.filters.without("rank", "as_of")).is_set:
            periods = periods.filter(record__in=self.narrowed(live, others).values("pk"))
        else:
            periods = periods.filter(record__live=True)
        ranks = dict(periods.values_list("rank").annotate(n=Count("pk")))
        printed = self.narrowed(live, self.filters.without("province_then", "district_then"))
        by_printed = printed.values_list("province_printed", "district_printed").annotate(n=Count("pk"))
        provinces: Counter[str] = Counter()
        districts: Counter[str] = Counter()
        for province, district, count in by_printed:
            if province:
                provinces[province] += count
                if district and province == self.filters.province_then:
                    districts[district] += count
        return {
            "rank": ranks,
            "unit": self._count_provinces(live),
            "province_then": provinces,
            "district_then": districts,
        }

    def _count_provinces(self, live: QuerySet[Record]) -> list[tuple[str, str, str, int]]:
        """Records by present province: counted by unit, which an index answers alone, then added up."""
        units = self.narrowed(live, self.filters.without("unit")).filter(unit__isnull=False)
        by_unit = dict(units.values_list("unit").annotate(n=Count("pk")))
        provinces: Counter[tuple[str, str, str]] = Counter()
        for unit in Unit.objects.filter(pk__in=by_unit).select_related("province"):
            above = unit.province or unit
            provinces[above.code, above.name, above.name_en] += by_unit[unit.pk]
        return [(*names, count) for names, count in provinces.items()]

    def _of_choices(self, title: str, name: str, counts: Mapping[str, int], *, opened: bool = False) -> Facet:
        options = [
            self._option(name, key, str(label), counts.get(key, 0))
            for key, label in CHOICES[name].items()
            if counts.get(key)
        ]
        return Facet(title, options, opened or bool(getattr(self.filters, name)))

    def _of_units(self, rows: Iterable[tuple[str, str, str, int]]) -> Facet:
        english = languages.current() == "en"
        options = [
            self._option("unit", code, name_en if english and name_en else name, count)
            for code, name, name_en, count in sorted(rows, key=lambda row: (-row[3], row[1]))
        ]
        if self.unit and self.unit.level == Level.COMMUNE:
            options.insert(0, self._option("unit", self.unit.code, self.unit.label(), self.count()))
        return Facet(_("Province or city today"), options, bool(self.filters.unit))

    def _of_printed(self, title: str, name: str, counts: Mapping[str, int]) -> Facet:
        options = [self._option(name, key, key, count) for key, count in sorted(counts.items(), key=_by_count)]
        return Facet(title, options[:60], bool(getattr(self.filters, name)) or name == "district_then")

    def _option(self, name: str, key: str, label: str, count: int) -> Option:
        selected = getattr(self.filters, name) == key
        changes = {name: "" if selected else key}
        if name == "province_then":
            changes["district_then"] = ""
        return Option(label[:1].upper() + label[1:], count, self.filters.query(**changes), selected)

    def said(self) -> list[str]:
        """The filters back in words."""
        words = [str(CHOICES[name][value]) for name in CHOICES if (value := getattr(self.filters, name))]
        vocabulary = ((name, getattr(self.filters, name)) for name in ("term", "period", "tag"))
        words += [vocabularies.label(name, code) for name, code in vocabulary if code]
        if self.unit:
            words.append(self.unit.label())
        words += [value for value in (self.filters.district_then, self.filters.province_then) if value]
        if self.filters.as_of:
            words.append(_("as ranked on %(day)s") % {"day": day_text(self.day)})
        return words


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _safe(key: str) -> str:
    """A cache key that every backend takes."""
    return f"catalog:{hashlib.sha256(key.encode()).hexdigest()}"
