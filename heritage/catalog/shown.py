"""Which records were public, and which had scans, on any day: kept from each change on, inferred for the days before.

Before the keeping, publication is read from the history's entries (without any, a public record counts from its first
publication), and a scan that is there today counts from the day on which it came in; one taken away since is not known.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Min, QuerySet
from django.utils import timezone

from heritage.accounts.models import UnitLogEntry
from heritage.catalog import stood
from heritage.catalog.models import DayTrait, Record, RecordObject, TraitPeriod
from heritage.catalog.models.designation import STILL
from heritage.core.inserting import insert_rows, update_rows

NAMES = ("record_id", "trait", "since", "until")
WATCHED = (DayTrait.PUBLIC, DayTrait.SCANS)
PUBLISHING = {"wagtail.publish": True, "wagtail.unpublish": False}
Span = tuple[dt.date, dt.date]


def on(day: dt.date) -> QuerySet[TraitPeriod]:
    """The periods that cover `day`; at most one of each record and trait."""
    return TraitPeriod.objects.filter(since__lte=day, until__gt=day)


def having(trait: DayTrait, day: dt.date) -> QuerySet:
    """Keys of the records that had `trait` on `day`."""
    return on(day).filter(trait=trait).order_by().values("record")


def kept_since() -> dt.date | None:
    """The first day from which traits are written down as they change."""
    kept = TraitPeriod.objects.filter(trait=DayTrait.KEPT, until=STILL)
    return kept.aggregate(day=Min("since"))["day"]  # type: ignore[no-any-return]


def remember(states: dict[int, frozenset[DayTrait]]) -> None:
    """Note which traits records have now, by key: what is new begins today, what is no more ends today."""
    today = stood.today()
    rows: dict[int, dict[str, TraitPeriod]] = defaultdict(dict)
    for row in TraitPeriod.objects.filter(record__in=states, until=STILL):
        rows[row.record_id][row.trait] = row
    ended, begun, gone = [], [], []
    for pk, has in states.items():
        for trait in WATCHED if DayTrait.KEPT in rows[pk] else ():
            there = rows[pk].get(trait)
            if there is None and trait in has:
                begun.append((pk, trait.value, today, STILL))
            elif there is not None and trait not in has:
                if there.since < today:
                    ended.append((there.pk, today))
                else:  # a day shows what held at its end
                    gone.append(there.pk)
    TraitPeriod.objects.filter(pk__in=gone).delete()
    update_rows(TraitPeriod, ("until",), ended)
    unknown = {pk: has for pk, has in states.items() if DayTrait.KEPT not in rows[pk]}
    insert_rows(TraitPeriod, NAMES, [*begun, *_of_the_past(unknown, today)])


def _of_the_past(states: dict[int, frozenset[DayTrait]], today: dt.date) -> list[tuple[Any, ...]]:
    """Periods of records of which none are kept yet, up to how they stand now."""
    if not states:
        return []
    told, scans = _told(states), _scanned(states)
    dates = Record.objects.filter(pk__in=states).values_list("pk", "created_at", "first_published_at", "modified_at")
    found: list[tuple[Any, ...]] = []
    for pk, *moments in dates:
        created, published, modified = (timezone.localdate(each) if each else None for each in moments)
        began = created or today
        found.append((pk, DayTrait.KEPT.value, today, STILL))
        spans = spans_of(told[pk], DayTrait.PUBLIC in states[pk], published or began, modified or today)
        found += [(pk, DayTrait.PUBLIC.value, max(since, began), until) for since, until in spans if until > began]
        if DayTrait.SCANS in states[pk]:
            found.append((pk, DayTrait.SCANS.value, max(scans.get(pk, today), began), STILL))
    return found


def spans_of(steps: Iterable[tuple[dt.date, bool]], is_now: bool, first: dt.date, last: dt.date) -> list[Span]:
    """Spans of days, from dated `steps` in order (True begins, False ends).

    `is_now` says how it stands; where the steps do not begin, or end otherwise, it began on `first` or changed on
    `last`.
    """
    told = list(steps)
    days = dict(told)  # of several in one day the last
    if not told[0][1] if told else is_now:
        days = {min(first, *days): True} | days if days else {first: True}
    if days and list(days.values())[-1] is not is_now:
        days[max(last, *days)] = is_now
    found, begun = [], None
    for day, begins in days.items():
        if begins:
            begun = begun or day
        elif begun:
            found += [(begun, day)] if begun < day else []
            begun = None
    return [*found, (begun, STILL)] if begun else found


def _told(keys: Iterable[int]) -> dict[int, list[tuple[dt.date, bool]]]:
    """By record, when the history says that it was published and taken off."""
    kind = ContentType.objects.get_for_model(Record)
    texts = [str(pk) for pk in keys]
    entries = UnitLogEntry.objects.filter(content_type=kind, object_id__in=texts, action__in=PUBLISHING)
    rows = entries.order_by("timestamp", "pk")
    found: dict[int, list[tuple[dt.date, bool]]] = defaultdict(list)
    for key, action, moment in rows.values_list("object_id", "action", "timestamp").iterator(chunk_size=2000):
        found[int(key)].append((timezone.localdate(moment), PUBLISHING[action]))
    return found


def _scanned(keys: Iterable[int]) -> dict[int, dt.date]:
    """By record, the day on which the first of its present scans came in."""
    links = RecordObject.objects.filter(record__in=keys).order_by().values_list("record")
    return {pk: timezone.localdate(first) for pk, first in links.annotate(first=Min("digital_object__created_at"))}
