"""A trip weighed: when one is where, how far it is, what is shut then, which festival falls on the day."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from heritage.catalog import festivals
from heritage.catalog.models import Record
from heritage.catalog.queries import published as published_records
from heritage.core import languages
from heritage.maps import hours, layers
from heritage.maps.models import Mark
from heritage.maps.trips import legs
from heritage.maps.trips.trip import Stop, Trip


@dataclass
class PlannedStop:
    """A stop as it is shown; `arrive` and `depart` have a date only where the trip has one (else `clock` times)."""

    stop: Stop
    mark: Mark
    name: str
    url: str
    layer: layers.Layer
    order: int
    arrive: dt.datetime
    depart: dt.datetime
    leg: legs.Leg | None = None
    warnings: list[str] = field(default_factory=list)
    good_news: list[str] = field(default_factory=list)

    @property
    def point(self) -> legs.Point:
        return self.mark.latitude, self.mark.longitude


@dataclass
class PlannedDay:
    number: int
    date: dt.date | None
    stops: list[PlannedStop]

    @property
    def metres(self) -> float:
        return sum(stop.leg.metres for stop in self.stops if stop.leg)

    @property
    def minutes(self) -> float:
        return sum(stop.leg.minutes for stop in self.stops if stop.leg)


@dataclass
class Plan:
    """`missing`: numbers that are on the map no longer, or never were."""

    trip: Trip
    days: list[PlannedDay]
    missing: list[str]

    @property
    def is_estimate(self) -> bool:
        return any(stop.leg.is_estimate for day in self.days for stop in day.stops if stop.leg)

    @property
    def stops(self) -> list[PlannedStop]:
        return [stop for day in self.days for stop in day.stops]


def plan(trip: Trip) -> Plan:
    """The plan of a trip: one query for its stops, three more where it has festivals, one route a day."""
    marks = {mark.number: mark for mark in Mark.objects.filter(number__in=trip.numbers)}
    missing = [number for number in trip.numbers if number not in marks]
    days = []
    for number, stops in enumerate(trip.days, start=1):
        date = trip.start + dt.timedelta(days=number - 1) if trip.start else None
        known = [(stop, marks[stop.number]) for stop in stops if stop.number in marks]
        days.append(PlannedDay(number, date, _timed(trip, date, known)))
    whole = Plan(trip, days, missing)
    if trip.start:
        _check_hours(whole)
        _check_festivals(whole)
    return whole


def without_missing(trip: Trip, missing: list[str]) -> Trip:
    days = tuple(tuple(stop for stop in day if stop.number not in missing) for day in trip.days)
    return replace(trip, days=days)


def _timed(trip: Trip, date: dt.date | None, known: list[tuple[Stop, Mark]]) -> list[PlannedStop]:
    joined = legs.between([(mark.latitude, mark.longitude) for _stop, mark in known], trip.by)
    moment = dt.datetime.combine(date or dt.date(2000, 1, 1), trip.leave)
    planned = []
    for order, (stop, mark) in enumerate(known):
        leg = joined[order - 1] if order else None
        arrive = moment + dt.timedelta(minutes=round(leg.minutes)) if leg else moment
        moment = arrive + dt.timedelta(minutes=stop.stay or trip.stay)
        layer = layers.BY_CODE[mark.layer]
        page = "record" if layer.family == layers.HERITAGE else "place"
        name = languages.in_language(mark, "name")
        url = reverse(page, args=[mark.number])
        planned.append(PlannedStop(stop, mark, name, url, layer, order + 1, arrive, moment, leg))
    return planned


def _check_hours(whole: Plan) -> None:
    for day in whole.days:
        for stop in day.stops:
            if stop.arrive.date() != day.date:
                stop.warnings.append(_("You arrive after midnight: move this stop to the next day."))
            if problem := hours_problem(stop.mark.opening_hours, stop.arrive, stop.depart):
                stop.warnings.append(problem)


def hours_problem(text: str, arrive: dt.datetime, depart: dt.datetime) -> str:
    """What opening hours say against a visit (naive times, Viet Nam's clock); "" where nothing does or nobody knows."""
    expression = hours.read(text)
    if expression is None:
        return _("Opening hours, not checked: %s") % text if text else ""
    if expression.is_unknown(arrive):
        return ""
    if not expression.is_open(arrive):
        opens = expression.next_change(arrive)
        if opens and opens.date() == arrive.date():
            return _("Closed when you arrive at %(arrive)s; opens at %(opens)s.") % {
                "arrive": f"{arrive:%H:%M}",
                "opens": f"{opens:%H:%M}",
            }
        return _("Closed when you arrive at %(arrive)s.") % {"arrive": f"{arrive:%H:%M}"}
    closes = expression.next_change(arrive)
    if closes and closes < depart:
        return _("Closes at %(closes)s, before you leave at %(leave)s.") % {
            "closes": f"{closes:%H:%M}",
            "leave": f"{depart:%H:%M}",
        }
    return ""


def _check_festivals(whole: Plan) -> None:
    heritage = [stop.mark.number for stop in whole.stops if stop.layer.family == layers.HERITAGE]
    rows = published_records().filter(number__in=heritage).prefetch_related("lunar_rules", "festival_years")
    records = {record.number: record for record in rows}
    for day in whole.days:
        for stop in day.stops:
            if day.date and stop.mark.number in records:
                _festival(stop, records[stop.mark.number], day.date)


def _festival(stop: PlannedStop, record: Record, date: dt.date) -> None:
    rules, changed = list(record.lunar_rules.all()), list(record.festival_years.all())
    occasions = festivals.of_rules(record, rules, changed, (date.year, date.year + 1)) if rules or changed else []
    for occasion in occasions:
        span = {"first": f"{occasion.first:%d/%m/%Y}", "last": f"{occasion.last:%d/%m/%Y}"}
        if occasion.first <= date <= occasion.last:
            stop.good_news.append(_("The festival is held: %(first)s to %(last)s.") % span)
            return
    later = next((occasion for occasion in occasions if occasion.first > date), None)
    if later and stop.layer.slug == "ich":
        message = _("No festival on this day; the next begins on %s.")
        stop.warnings.append(message % f"{later.first:%d/%m/%Y}")
