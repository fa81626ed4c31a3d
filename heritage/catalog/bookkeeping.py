"""What must follow every save of a record, by whichever road it came: identifier, rank, scans, outbox."""

from typing import Any

from heritage.catalog import scans, standing
from heritage.catalog.models import Designation, RankPeriod, Record, RecordObject
from heritage.core import identifiers, outbox
from heritage.core.issuing import issue_many
from heritage.core.models import Identifier
from heritage.core.models.identifier import State


def record_was_saved(sender: Any, instance: Record, **_kwargs: Any) -> None:
    """Receiver of `record_saved`; runs in the transaction of the save."""
    identifier = identifiers.issue(instance, instance.number)
    if instance.live and identifier.state != State.ACTIVE:  # published again in the editor: the tombstone is lifted
        identifiers.restore(instance)
    refresh_rank(instance)
    scans.follow(instance)
    outbox.changed(instance)


def records_were_published(records: list[Record]) -> None:
    """The same for many that stand as they stood and are public now; their acts, and so their ranks, are unchanged."""
    label, by_key = Record._meta.label_lower, {record.pk: record for record in records}
    own = Identifier.objects.filter(model=label, object_id__in=by_key)
    states = dict(own.values_list("object_id", "state"))
    if fresh := {record.number: pk for pk, record in by_key.items() if pk not in states}:
        issue_many(label, fresh)
    for pk in [pk for pk, state in states.items() if state != State.ACTIVE]:
        identifiers.restore(by_key[pk])
    with_scans = RecordObject.objects.filter(record__in=by_key).order_by().values_list("record", flat=True)
    for pk in sorted(set(with_scans)):
        scans.follow(by_key[pk])
    outbox.changed_ids(label, by_key)


def designation_changed(sender: Any, instance: Designation, **_kwargs: Any) -> None:
    """Receiver for a designation saved or deleted by itself; within a record's save the record does it once."""
    record = instance.record
    if getattr(record, "_saving_children", False) or record.pk is None:
        return
    refresh_rank(record)
    outbox.changed(record)


def refresh_rank(record: Record) -> None:
    """Bring the periods of rank in step with the designations; writes only what differs."""
    acts = Designation.objects.filter(record_id=record.pk).select_related("part")
    wanted = {_key(row): row for row in standing.rows(record.pk, acts)}
    present = {_key(row): row.pk for row in RankPeriod.objects.filter(record_id=record.pk)}
    if gone := [pk for key, pk in present.items() if key not in wanted]:
        RankPeriod.objects.filter(pk__in=gone).delete()
    RankPeriod.objects.bulk_create(row for key, row in wanted.items() if key not in present)


def refresh_all_ranks() -> int:
    """Derive the periods of every record anew, after a change of their wording; returns how many records have any."""
    pks = Designation.objects.order_by().values_list("record", flat=True).distinct()
    count = 0
    for record in Record.objects.filter(pk__in=pks).only("pk").iterator(chunk_size=500):
        refresh_rank(record)
        count += 1
    return count


def _key(row: RankPeriod) -> tuple[Any, ...]:
    return row.rank, row.since, row.until, row.act_id, row.scope_vi, row.scope_en
