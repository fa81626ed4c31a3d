"""What is counted by area: designations in force at each year's end since 1962; for staff condition, visits of
surveyors, and visitors."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, DateField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heritage.accounts.policies import policy_of
from heritage.catalog.models import RankPeriod, Record, Survey
from heritage.catalog.models.designation import UNKNOWN_DAY
from heritage.catalog.models.survey import ConditionGrade
from heritage.maps import visits
from heritage.maps.figures.areas import Area, Division
from heritage.maps.models import VisitCount

FIRST_YEAR = 1962
"""The first ranking of the Democratic Republic of Viet Nam (decision 313-VH/VP of 28 April 1962)."""
BAD = (ConditionGrade.POOR, ConditionGrade.CRITICAL, ConditionGrade.LOST)
LATE_DAYS = 730
"""A record nobody has visited for two years is late."""


@dataclass
class Figures:
    """By area's key the changes of its count, `[year, difference]`; a measure without years has one, of year 0.

    `undated` counts what is in force since a day that no source gives, `unplaced` what tells no unit.
    """

    changes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    undated: int = 0
    unplaced: int = 0

    @property
    def credits(self) -> list[str]:
        """Whom the outlines that were loaded come from, with the licence."""
        return sorted({area.credit for area in self.areas.values() if area.credit})

    def at(self, year: int) -> dict[str, int]:
        """The count of each area at the end of `year`."""
        return {key: sum(step for of, step in steps if of <= year) for key, steps in self.changes.items()}

    @property
    def largest(self) -> int:
        """The highest count of any area in any year."""
        return max((most for steps in self.changes.values() for most in _sums(steps)), default=0)


def _sums(steps: list[tuple[int, int]]) -> list[int]:
    total, found = 0, []
    for _year, step in steps:
        total += step
        found.append(total)
    return found


Count_ = Callable[[Any, Division, str], Figures]


@dataclass(frozen=True)
class Measure:
    """`count(user, division, kind)` gives its figures; `needs` is the model that one must be allowed to view."""

    slug: str
    label: str | Promise
    count: Count_
    has_years: bool = False
    needs: type[Any] | None = None


def measures_for(user: Any) -> list[Measure]:
    """What `user` may see: designations everybody, condition and visits who may view surveys."""
    return [
        one
        for one in MEASURES.values()
        if one.needs is None or (user.is_authenticated and policy_of(one.needs).user_has_permission(user, "view"))
    ]


def figures(measure: Measure, user: Any, division: Division, kind: str = "") -> Figures:
    """The figures of a measure; four queries at most, whatever the size of the register."""
    return measure.count(user, division, kind)


def _designated(_user: Any, division: Division, kind: str) -> Figures:
    periods = RankPeriod.objects.filter(record__live=True, **({"record__kind": kind} if kind else {}))
    steps: dict[str, Counter[int]] = defaultdict(Counter)
    found, today = Figures(), timezone.localdate()
    for day, rows, sign in (
        ("since", periods.filter(since__lte=today), 1),
        ("until", periods.filter(until__lte=today), -1),
    ):
        counted = rows.annotate(area=division.key("record__"), year=ExtractYear(day)).order_by()
        for area, year, number in counted.values_list("area", "year").annotate(n=Count("pk")):
            steps[_key(area)][0 if year <= UNKNOWN_DAY.year else max(year, FIRST_YEAR)] += sign * number
    found.undated = sum(years[0] for years in steps.values())
    return _told(found, division, steps, Record.objects.filter(live=True))


def _condition(user: Any, division: Division, kind: str) -> Figures:
    """Records whose last survey found them poor, critical or lost."""
    last = Survey.objects.filter(record=OuterRef("pk")).order_by("-visited_on", "-pk")
    records = _within_reach(user, kind).annotate(grade=Subquery(last.values("grade")[:1]))
    return _of_records(records.filter(grade__in=BAD), division)


def _unvisited(user: Any, division: Division, kind: str) -> Figures:
    """Records that no survey has visited for two years, or ever."""
    latest = Survey.objects.filter(record=OuterRef("pk")).order_by().values("record").annotate(day=Max("visited_on"))
    oldest = timezone.localdate() - dt.timedelta(days=LATE_DAYS)
    day = Subquery(latest.values("day")[:1], output_field=DateField())
    records = _within_reach(user, kind).annotate(visited=day)
    return _of_records(records.exclude(visited__gte=oldest), division)


def _visits(user: Any, division: Division, kind: str) -> Figures:
    """Visitors in each year, as the sites' keepers report them; a year without a count has none."""
    records = _within_reach(user, kind)
    rows = visits.counted().filter(record__in=records.order_by().values("pk"))
    counted = rows.annotate(area=division.key("record__")).values_list("record", "area", "year")
    steps: dict[str, Counter[int]] = defaultdict(Counter)
    nowhere = set()
    for record, area, year, number in counted.annotate(n=Sum("visitors")):
        if not _key(area):
            nowhere.add(record)
            continue
        steps[_key(area)][year] += number
        steps[_key(area)][year + 1] -= number
    found = _told(Figures(), division, steps, records)
    found.unplaced = len(nowhere)
    return found


def _within_reach(user: Any, kind: str) -> QuerySet[Record]:
    """Records of the units that `user` reaches: surveys follow the rights of their record."""
    seen = Record.objects.filter(policy_of(Record).condition(user, ["view"])).order_by()
    rows = Record.objects.filter(pk__in=seen.values("pk"))
    return rows.filter(kind=kind) if kind else rows


def _of_records(records: QuerySet[Record], division: Division) -> Figures:
    rows = records.annotate(area=division.key("")).order_by().values_list("area").annotate(n=Count("pk"))
    steps: dict[str, Counter[int]] = defaultdict(Counter)
    for area, number in rows:
        steps[_key(area)][0] += number
    return _told(Figures(), division, steps, records)


def _key(area: Any) -> str:
    text = str(area) if area is not None else ""
    return "" if text.strip(" |") == "" else text


def _told(found: Figures, division: Division, steps: dict[str, Counter[int]], records: QuerySet[Record]) -> Figures:
    found.unplaced = sum(steps.pop("", Counter()).values())
    counted = {key: sorted((year, step) for year, step in years.items() if step) for key, years in steps.items()}
    found.changes = {key: changes for key, changes in counted.items() if changes}
    placed = records.filter(latitude__isnull=False).annotate(area=division.key("")).order_by()
    middles = {
        _key(area): (round(latitude, 4), round(longitude, 4))
        for area, latitude, longitude in placed.values_list("area").annotate(y=Avg("latitude"), x=Avg("longitude"))
    }
    found.areas = division.describe(found.changes, middles)
    return found


MEASURES = {
    one.slug: one
    for one in (
        Measure("designated", _("heritage ranked at the end of the year"), _designated, has_years=True),
        Measure("condition", _("in poor condition or worse, by the last survey"), _condition, needs=Survey),
        Measure("unvisited", _("not surveyed for two years, or never"), _unvisited, needs=Survey),
        Measure("visits", _("visitors in the year"), _visits, has_years=True, needs=VisitCount),
    )
}
