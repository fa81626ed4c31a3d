"""The log of what everybody may see: published, changed, withdrawn.

A change of an object leaves a row in the outbox, in its own transaction. `settle` gives what is there its place in the
log, one after the other under a lock, and takes it from the outbox in the same transaction: so positions have no gaps,
times never go back, nothing is logged twice, and a harvester misses nothing that comes after what it has read.
"""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from heritage.core.models.change import Change
from heritage.core.outbox import ChangedObject
from heritage.iiif import queries
from heritage.iiif.models import Activity, ActivityKind

CONSUMER = "iiif-stream"
MODEL = "iiif.digitalobject"
LOCK = 0x11F0
"""The number of PostgreSQL's advisory lock; SQLite has one writer at a time anyway."""
BATCH = 500
TICK = dt.timedelta(microseconds=1)


def settle() -> int:
    """Log all changes that are committed; returns how many lines the log grew by."""
    grown = 0
    while Change.objects.filter(consumer=CONSUMER).exists():
        grown += _settle_batch()
    return grown


@transaction.atomic
def _settle_batch() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    noted = list(Change.objects.filter(consumer=CONSUMER).order_by("pk")[:BATCH])
    lines = _lines(list(dict.fromkeys(one.object_id for one in noted)))
    Activity.objects.bulk_create(lines)
    Change.objects.filter(pk__in=[one.pk for one in noted]).delete()
    return len(lines)


def _lines(pks: list[int]) -> list[Activity]:
    """What is to be said of each object now, against what was said of it last; nothing of what was never public."""
    shown = dict(queries.open_objects().filter(pk__in=pks).order_by().values_list("pk", "identifier"))
    said = {one.object_pk: one for one in _last_said(pks)}
    last = Activity.objects.order_by("-position").first()
    position = last.position if last else 0
    at = max(timezone.now(), last.ended_at + TICK) if last else timezone.now()
    found = []
    for pk in pks:
        before = said.get(pk)
        was_shown = before is not None and before.kind != ActivityKind.DELETE
        if pk in shown:
            kind = ActivityKind.UPDATE if was_shown else ActivityKind.CREATE
            identifier = shown[pk]
        elif before is not None and was_shown:
            kind, identifier = ActivityKind.DELETE, before.object_identifier
        else:
            continue
        position += 1
        found.append(Activity(position=position, kind=kind, object_pk=pk, object_identifier=identifier, ended_at=at))
        at += TICK
    return found


def _last_said(pks: list[int]) -> list[Activity]:
    latest = Activity.objects.filter(object_pk__in=pks).order_by().values("object_pk").annotate(last=Max("position"))
    return list(Activity.objects.filter(position__in=[row["last"] for row in latest]))


def take_up(_changes: list[ChangedObject]) -> None:
    """The outbox consumer: the worker settles what it hears of, so that a harvester seldom has to wait for it."""
    settle()
