"""The outbox: what changed, written in the same transaction as the change, drained by the worker.

A consumer is named once, in an app's `ready()`:

    outbox.register("search", index_changes, models={"catalog.record", "maps.place"})

and then hears of every `outbox.changed(instance)` of those models, at least once and in order. Killed at any point the
worker hands the same changes over again, so a consumer must not mind seeing one twice.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from heritage.core.inserting import insert_rows
from heritage.core.models.change import Change

logger = logging.getLogger(__name__)

Handler = Callable[[list["ChangedObject"]], None]


@dataclass(frozen=True)
class ChangedObject:
    """What a consumer is handed: the model's lower-case label (`catalog.record`) and the primary key."""

    model: str
    pk: int


@dataclass(frozen=True)
class Consumer:
    name: str
    handle: Handler
    models: frozenset[str]


_consumers: dict[str, Consumer] = {}


def register(name: str, handle: Handler, models: Iterable[str]) -> None:
    """Let `handle` hear of changes to `models` (lower-case labels, `app.model`)."""
    _consumers[name] = Consumer(name, handle, frozenset(models))


def consumers() -> list[Consumer]:
    return list(_consumers.values())


def changed(instance: models.Model) -> None:
    """Note that what is derived from `instance` is out of date; call it inside the transaction that changed it."""
    changed_ids(instance._meta.label_lower, [instance.pk])


def changed_ids(model: str, pks: Iterable[int]) -> None:
    """The same for many objects of one model, in one insert."""
    pks = list(pks)
    insert_rows(
        Change,
        ("consumer", "model", "object_id"),
        ((consumer.name, model, pk) for consumer in _consumers.values() if model in consumer.models for pk in pks),
    )


def waiting(consumer: str | None = None) -> int:
    """How many changes no consumer (or the named one) has taken up yet."""
    rows = Change.objects.all()
    return (rows.filter(consumer=consumer) if consumer else rows).count()


def drain(consumer: Consumer, batch: int = 500) -> int:
    """Hand the oldest changes, each object once, to `consumer`; forget them only when it returns.

    A batch that fails is put off, longer each time and at most five minutes, and its error is kept on its rows, so that
    one bad object or an absent search server neither stops the worker nor is lost. Returns how many rows were done.
    """
    due = Q(retry_at=None) | Q(retry_at__lte=timezone.now())
    rows = list(Change.objects.filter(due, consumer=consumer.name).order_by("pk")[:batch])
    if not rows:
        return 0
    objects = list(dict.fromkeys(ChangedObject(row.model, row.object_id) for row in rows))
    try:
        consumer.handle(objects)
    except Exception as error:
        if len(objects) > 1:  # find the one that cannot be done, and do the others
            return sum(_drain_one(consumer, [row for row in rows if _of(row) == one], one) for one in objects)
        _put_off(rows, error)
        return 0
    _forget(rows)
    return len(rows)


def drain_all(batch: int = 500) -> int:
    """Drain every consumer until nothing that is due is left; returns how many rows were done."""
    total = 0
    while done := sum(drain(consumer, batch) for consumer in consumers()):
        total += done
    return total


def _of(row: Change) -> ChangedObject:
    return ChangedObject(row.model, row.object_id)


def _drain_one(consumer: Consumer, rows: list[Change], one: ChangedObject) -> int:
    try:
        consumer.handle([one])
    except Exception as error:
        _put_off(rows, error)
        return 0
    _forget(rows)
    return len(rows)


def _forget(rows: list[Change]) -> None:
    with transaction.atomic():
        Change.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _put_off(rows: list[Change], error: Exception) -> None:
    logger.warning("%s could not take up %s: %s", rows[0].consumer, rows[0], error)
    wait = dt.timedelta(seconds=min(300, 2 ** min(rows[0].attempts, 9)))
    Change.objects.filter(pk__in=[row.pk for row in rows]).update(
        attempts=F("attempts") + 1, retry_at=timezone.now() + wait, error=str(error)[:2000]
    )
