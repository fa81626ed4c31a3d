"""The register in figures, for one person: only what lies in the own units, each figure with its records."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.accounts.policies import EVERYTHING, policy_of, roles_of
from heritage.catalog import shown, stood
from heritage.catalog.admin.missing import LACKS, NOTHING
from heritage.catalog.models import ConditionGrade, DayTrait, Kind, Rank, RankPeriod, Record
from heritage.catalog.surveys.queries import NOT_SURVEYED, newest_of_each
from heritage.places.models import Unit
from heritage.reports import traits
from heritage.reports.models import Tally

Sums = tuple[Counter[str], Counter[str], Counter[int | None]]
"""The third by unit."""


@dataclass(frozen=True)
class Figure:
    """One line of a table: `address` leads to the records it counts, "" where no list shows just those."""

    label: str
    number: int
    address: str = ""
    share: float = 0.0
    """Of the largest figure of its table, 0 to 1: the length of its bar."""


@dataclass(frozen=True)
class Table:
    title: str
    figures: list[Figure]


class Figures:
    """Sums over the units that `user` may see; five queries, whatever the size of the register."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.condition = policy_of(Record).condition(user, ["view"])
        self.numbers: Counter[tuple[str, str]] = Counter()
        self.by_unit: Counter[int | None] = Counter()
        self._days: dict[dt.date, Sums] = {}
        self._ranks: dict[dt.date, Sums] = {}
        tallies = self._tallies()
        for dimension, value, number in tallies.values_list("dimension", "value").annotate(n=Sum("number")):
            self.numbers[dimension, value] = number
        for unit, number in tallies.filter(dimension=traits.TOTAL).values_list("unit", "number"):
            self.by_unit[unit] += number
        # Few are shared: found first, so that what is counted of them is not worked out for all the others.
        shared = Record.objects.filter(pk__in=Record.shared_units.through.objects.values("record_id"))
        keys = list(shared.filter(self.condition).order_by().values_list("pk", flat=True))
        for each in traits.of(Record.objects.filter(pk__in=keys)) if keys else ():
            if each.is_shared:
                self.numbers.update(each.values)
                self.by_unit[each.unit_pk] += 1

    def _tallies(self) -> QuerySet[Tally]:
        if self.condition is EVERYTHING:
            return Tally.objects.filter(kind="")
        # Of a record that only a shared unit brings within reach, the own unit is not.
        seen = Record.objects.filter(self.condition, shared_units__isnull=True).order_by()
        if not any(held.kinds for held in roles_of(self.user)):
            return Tally.objects.filter(_of_units(seen), kind="")
        reached = Q(pk__in=[])
        for kind in Kind.values:
            reached |= Q(kind=kind) & _of_units(seen.filter(kind=kind))
        return Tally.objects.filter(reached)

    @property
    def total(self) -> int:
        return self.numbers[traits.TOTAL, ""]

    def yes(self, dimension: str) -> int:
        return self.numbers[dimension, traits.YES]

    def short(self, day: dt.date | None = None) -> list[Figure]:
        """The few that stand first, today or on `day`: all records, public, with scans, with nothing missing."""
        if day is None:
            counted = (self.total, *map(self.yes, (traits.PUBLIC, traits.DIGITISED, traits.COMPLETE)))
        else:
            kinds, lacks, _units = self._stood(day)
            there = self._within(shown.on(day).filter(trait__in=shown.WATCHED)).order_by()
            had = Counter(dict(there.values_list("trait").annotate(n=Count("pk"))))
            counted = (kinds.total(), had[DayTrait.PUBLIC], had[DayTrait.SCANS], lacks[""])
        asked = {"day": f"{day:%Y-%m-%d}"} if day else {}
        wanted: tuple[tuple[str, dict[str, Any]], ...] = (
            (_("records"), {}),
            (_("public"), {"live": "true"}),
            (_("with scans"), {"scans": "true"}),
            (_("with nothing missing"), {"missing": NOTHING}),
        )
        return _figures(
            [(label, number, asking | asked) for (label, asking), number in zip(wanted, counted, strict=True)]
        )

    def tables(self) -> list[Table]:
        return [
            self.by_rank(),
            self.by_kind(),
            self.by_condition(),
            self.by_lack(),
            self.by_scans(),
            self.by_province(),
            self.by_year(),
        ]

    def by_rank(self) -> Table:
        return Table(_("By rank or list, today"), self._choices(traits.RANK, Rank.choices, "rank"))

    def by_kind(self) -> Table:
        return Table(_("By kind"), self._choices(traits.KIND, Kind.choices, "kind"))

    def by_lack(self) -> Table:
        choices = [(lack.code, lack.label) for lack in LACKS]
        return Table(_("What records lack"), self._choices(traits.LACK, choices, "missing"))

    def by_condition(self) -> Table:
        """As the newest survey of each record found it."""
        choices = [*ConditionGrade.choices, (NOT_SURVEYED, _("not surveyed yet"))]
        return Table(_("By condition"), self._choices(traits.CONDITION, choices, "condition"))

    def by_scans(self) -> Table:
        choices = [(traits.YES, _("with scans")), (traits.NO, _("without scans"))]
        rows = [(label, self.numbers[traits.DIGITISED, value], {"scans": _boolean(value)}) for value, label in choices]
        return Table(_("Digitised"), _figures([row for row in rows if row[1]]))

    def by_province(self) -> Table:
        return Table(_("By unit"), _by_unit(self.by_unit, {}))

    def by_year(self) -> Table:
        """Years in which records were first ranked, oldest first."""
        years = sorted((value, number) for (name, value), number in self.numbers.items() if name == traits.YEAR)
        return Table(
            _("By year of the first decision"),
            _figures(
                [
                    (year or _("year not known"), number, {"since": year} if year else {"undated": "true"})
                    for year, number in years
                ]
            ),
        )

    def on(self, day: dt.date) -> list[Table]:
        """Another day: what held a rank by the dated decisions, and how the register stood."""
        return [*self.ranked_on(day), *self.stood_on(day)]

    def ranked_on(self, day: dt.date) -> list[Table]:
        said, asked = {"day": f"{day:%d/%m/%Y}"}, {"as_of": f"{day:%Y-%m-%d}"}
        ranks, kinds, units = self._ranked(day)
        return [
            Table(_("By rank or list, on %(day)s") % said, _chosen(ranks, Rank.choices, "rank", asked)),
            Table(_("Ranked or listed on %(day)s, by kind") % said, _chosen(kinds, Kind.choices, "kind", asked)),
            Table(_("Ranked or listed on %(day)s, by unit of today") % said, _by_unit(units, asked)),
        ]

    def stood_on(self, day: dt.date) -> list[Table]:
        """The condition from the surveys until then, the rest as the register had it at the end of the day."""
        said, then = {"day": f"{day:%d/%m/%Y}"}, {"day": f"{day:%Y-%m-%d}"}
        kinds, lacks, units = self._stood(day)
        missing = [(str(lack.label), lacks[lack.code], {"missing": lack.code, **then}) for lack in LACKS]
        missing.append((_("nothing missing"), lacks[""], {"missing": NOTHING, **then}))
        return [
            Table(_("By condition, as found by %(day)s") % said, self._found(day)),
            Table(_("In the register on %(day)s, by kind") % said, _chosen(kinds, Kind.choices, "kind", then)),
            Table(_("In the register on %(day)s, by unit of that day") % said, _by_unit(units, then)),
            Table(_("What records lacked on %(day)s") % said, _figures([row for row in missing if row[1]])),
        ]

    def _ranked(self, day: dt.date) -> Sums:
        """By rank, by kind and by unit of today; counted once for a page."""
        if day not in self._ranks:
            held = self._within(RankPeriod.objects.filter(since__lte=day, until__gt=day)).order_by()
            self._ranks[day] = _apart(held.values_list("rank", "record__kind", "record__unit").annotate(n=Count("pk")))
        return self._ranks[day]

    def _found(self, day: dt.date) -> list[Figure]:
        """By the newest survey that there was of each record; what nobody had surveyed is left out."""
        found = self._within(newest_of_each(day)).order_by().values_list("grade").annotate(n=Count("record"))
        asked = {"surveyed_by": f"{day:%Y-%m-%d}"}
        return _chosen(Counter(dict(found)), ConditionGrade.choices, "condition", asked)

    def _stood(self, day: dt.date) -> Sums:
        """By kind, by code of what was missing ("" for nothing), by unit; counted once for a page."""
        if day not in self._days:
            self._days[day] = self._counted_on(day)
        return self._days[day]

    def _counted_on(self, day: dt.date) -> Sums:
        there = self._within(stood.standing_on(day)).order_by()
        texts, kinds, units = _apart(there.values_list("lacks", "kind", "unit").annotate(n=Count("pk")))
        lacks: Counter[str] = Counter()
        for text, number in texts.items():
            for code in text.strip(";").split(";"):
                lacks[code] += number
        return kinds, lacks, units

    def _within(self, rows: QuerySet) -> QuerySet:
        """Of rows about a record each, those of records that the user may see."""
        if self.condition is EVERYTHING:
            return rows
        return rows.filter(record__in=Record.objects.filter(self.condition).order_by().values("pk"))

    def _choices(self, dimension: str, choices: Any, parameter: str) -> list[Figure]:
        rows = [(str(label), self.numbers[dimension, value], {parameter: value}) for value, label in choices]
        return _figures([row for row in rows if row[1]])


def _apart(rows: Iterable[tuple[str, str, int | None, int]]) -> Sums:
    """Sums over each of the three things by which rows were counted together: the records are gone through once."""
    found: Sums = (Counter(), Counter(), Counter())
    for *values, number in rows:
        for counter, value in zip(found, values, strict=True):
            counter[value] += number  # type: ignore[index]
    return found


def _chosen(numbers: Counter[str], choices: Any, parameter: str, asked: dict[str, Any]) -> list[Figure]:
    rows = [(str(label), numbers[value], {parameter: value, **asked}) for value, label in choices]
    return _figures([row for row in rows if row[1]])


def _by_unit(numbers: Counter[int | None], asked: dict[str, Any]) -> list[Figure]:
    """By province; where all lie in one, by commune."""
    units = Unit.objects.in_bulk([pk for pk in numbers if pk])
    provinces: Counter[int | None] = Counter()
    for pk, number in numbers.items():
        unit = units.get(pk) if pk else None
        provinces[(unit.province_id or unit.pk) if unit else None] += number
    counted = provinces if len([pk for pk in provinces if pk]) > 1 else numbers
    names = Unit.objects.in_bulk([pk for pk in counted if pk])
    rows = [
        (names[pk].name if pk else _("no unit yet"), number, ({"unit": pk} if pk else {"missing": "unit"}) | asked)
        for pk, number in counted.items()
    ]
    return _figures(sorted(rows, key=lambda row: (-row[1], row[0])))


def _of_units(seen: Any) -> Q:
    """Tallies of the units of these records; those of no unit yet where the condition lets such through."""
    units = set(seen.values_list("unit", flat=True).distinct())
    unplaced = Q(unit=None) if None in units else Q(pk__in=[])
    return Q(unit__in=units - {None}) | unplaced


def _boolean(value: str) -> str:
    return "true" if value == traits.YES else "false"


def _figures(rows: Sequence[tuple[str, int, dict[str, Any] | None]]) -> list[Figure]:
    most = max((number for _label, number, _asked in rows), default=0) or 1
    listing = reverse("wagtailsnippets_catalog_record:list")
    return [
        Figure(
            label,
            number,
            f"{listing}?{urlencode(asked)}".rstrip("?") if asked is not None else "",
            round(number / most, 4),
        )
        for label, number, asked in rows
    ]


def today() -> dt.date:
    return timezone.localdate()
