"""Keeps the tallies, and how each record stood day by day: by each change in the outbox, and by a full recount."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F

from heritage.catalog import shown, stood
from heritage.catalog.models import Record
from heritage.core.outbox import ChangedObject
from heritage.reports import traits
from heritage.reports.models import Counted, Tally

logger = logging.getLogger(__name__)

BATCH = 2000
Key = tuple[int | None, str, str, str]
"""Unit, kind ("" for all), dimension, value."""


def take_up(objects: list[ChangedObject]) -> None:
    """Consumer of the outbox: takes away what each record had added, and adds what it is now. May be repeated."""
    pks = [one.pk for one in objects]
    with transaction.atomic():
        change: Counter[Key] = Counter()
        for old in Counted.objects.select_for_update().filter(record_pk__in=pks):
            change.subtract(_keys(old.unit_pk, old.values))
        Counted.objects.filter(record_pk__in=pks).delete()
        found = list(traits.of(Record.objects.filter(pk__in=pks)))
        _remember(found)
        kept = [_counted(each) for each in found if not each.is_shared]
        for new in kept:
            change.update(_keys(new.unit_pk, new.values))
        Counted.objects.bulk_create(kept, batch_size=500)
        _add(change)


def recount() -> int:
    """Count every record anew; returns how many figures were wrong before, 0 where the kept ones were right."""
    with transaction.atomic():
        before = {
            (row.unit_id, row.kind, row.dimension, row.value): row.number for row in Tally.objects.exclude(number=0)
        }
        Counted.objects.all().delete()
        Tally.objects.all().delete()
        total: Counter[Key] = Counter()
        for some in _batches(traits.of(Record.objects.all())):
            _remember(some)
            own = [each for each in some if not each.is_shared]
            Counted.objects.bulk_create(map(_counted, own))
            for each in own:
                total.update(_keys(each.unit_pk, each.values))
        rows = (
            Tally(unit_id=unit, kind=kind, dimension=name, value=value, number=n)
            for (unit, kind, name, value), n in total.items()
        )
        Tally.objects.bulk_create(rows, batch_size=2000)
    wrong = sum(total[key] != before.get(key, 0) for key in {*total, *before})
    if wrong and before:
        logger.warning("%s kept figures of the register were wrong and are mended", wrong)
    return wrong


def _remember(found: list[traits.Traits]) -> None:
    """Note how these records stand today, for the figures of any day."""
    stood.remember({each.record_pk: each.state for each in found})
    shown.remember({each.record_pk: each.shown for each in found})


def _batches(found: Iterator[traits.Traits]) -> Iterator[list[traits.Traits]]:
    while some := list(islice(found, BATCH)):
        yield some


def _counted(each: traits.Traits) -> Counted:
    return Counted(record_pk=each.record_pk, unit_pk=each.unit_pk, values=sorted(each.values))


def _keys(unit: int | None, values: Iterable[Iterable[str]]) -> list[Key]:
    """Where a record counts: among all of its unit, and among those of its kind."""
    pairs = [(dimension, value) for dimension, value in values]
    kinds = ("", *(value for dimension, value in pairs if dimension == traits.KIND))
    return [(unit, kind, dimension, value) for kind in kinds for dimension, value in pairs]


def _add(change: Counter[Key]) -> None:
    for (unit, kind, dimension, value), number in change.items():
        if number == 0:
            continue
        row = Tally.objects.filter(unit=unit, kind=kind, dimension=dimension, value=value)
        if not row.update(number=F("number") + number):
            Tally.objects.create(unit_id=unit, kind=kind, dimension=dimension, value=value, number=number)
