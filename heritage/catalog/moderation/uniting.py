"""Merging a record into another, splitting one off: numbers lead on, uses move, reasons are kept, all can be undone."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog import scans, services
from heritage.catalog.models import Record, RecordName, RecordUnion, Relation, UnionKind
from heritage.catalog.moderation import child_rows, references
from heritage.catalog.moderation.child_rows import Rows
from heritage.core import ending, outbox

TAKEN_OVER = ("designations", "names", "sources", "relations", "pictures")
"""Child rows that the remaining record gets as well, where it has not the same."""
SPLIT_ROWS = ("designations", "names", "sources", "pictures", "zones", "dimensions")
"""Child rows that may go with what is split off."""
SPLIT_USES = ("catalog.RecordObject.record", "catalog.Dossier.record", "catalog.Record.part_of")
"""What points to a record and may go with what is split off."""


@transaction.atomic
def unite(record: Record, into: Record, reason_vi: str, reason_en: str = "", user: User | None = None) -> RecordUnion:
    """Merge `record` into `into`: what used it uses `into`, which has its acts and sources too; its number leads there.

    Raises:
        ValidationError: no reason, the same record, or one of the two is withdrawn or merged already.
    """
    ending.check_reason(reason_vi)
    ending.check_target(record, into)
    ending.check_standing(record)
    union = RecordUnion(kind=UnionKind.MERGE, record=record, other=into, reason_vi=reason_vi.strip(), user=user)
    union.reason_en = reason_en.strip()
    union.moved = references.move(record, into)
    into = Record.objects.get(pk=into.pk)
    union.copied = _take_over(record, into, user)
    services.merge(record, into, union.reason_vi, union.reason_en, user)
    union.save()
    _settle(record, into, union, user)
    return union


@transaction.atomic
def separate(union: RecordUnion, user: User | None = None) -> None:
    """Undo a merger: what moved goes back, what was taken over goes, the number is its own again."""
    record, into = Record.objects.get(pk=union.record_id), Record.objects.get(pk=union.other_id)
    references.move_back(union.moved, record, into)
    child_rows.change(into, user, remove=union.copied)
    services.restore(record, user)
    union.undone_at = timezone.now()
    union.save(update_fields=["undone_at"])
    _settle(record, into, union, user)


def open_union(record: Record) -> RecordUnion | None:
    """The merger that `record` has ended in, if it can be undone."""
    return RecordUnion.objects.filter(kind=UnionKind.MERGE, record=record, undone_at=None).first()


@transaction.atomic
def split_off(
    record: Record,
    names: Mapping[str, str],
    chosen: Mapping[str, list[int]],
    reason_vi: str,
    reason_en: str = "",
    user: User | None = None,
) -> RecordUnion:
    """Make a draft of its own, with a number of its own, of part of `record`; undone by merging it back.

    Args:
        names: `name_vi`, and `name_en` if it has one.
        chosen: by name of `SPLIT_ROWS` or `SPLIT_USES`, the keys of the rows that go with it.

    Raises:
        ValidationError: no name, no reason, or `record` is withdrawn or merged.
    """
    ending.check_reason(reason_vi)
    ending.check_standing(record)
    ending.check_name(Record, names.get("name_vi", ""))
    new = _new_of(record, names)
    union = RecordUnion(kind=UnionKind.SPLIT, record=new, other=record, reason_vi=reason_vi.strip(), user=user)
    union.reason_en = reason_en.strip()
    wanted = {name: list(keys) for name, keys in chosen.items() if name in SPLIT_ROWS}
    union.copied = {name: child_rows.copy(record, new, name, keys) for name, keys in wanted.items()}
    Relation.objects.create(record=new, target=record)
    child_rows.change(record, user, remove=wanted)
    for name in SPLIT_USES:
        if moved := references.move_rows(name, chosen.get(name, ()), record, new):
            union.moved[name] = moved
    Record.objects.get(pk=new.pk).save_revision(user=user, clean=False)
    union.save()
    _settle(new, Record.objects.get(pk=record.pk), union, user)
    return union


def _new_of(record: Record, names: Mapping[str, str]) -> Record:
    same = ("kind", "types", "ich_categories", "unit", "commune_printed", "district_printed", "province_printed")
    new = Record(live=False, **{name: getattr(record, name) for name in same})
    new.name_vi, new.name_en = names["name_vi"].strip(), names.get("name_en", "").strip()
    new.shared_units.set(record.shared_units.all())
    new.full_clean()
    new.save()
    return new


def _take_over(record: Record, into: Record, user: User | None) -> Rows:
    """Give `into` what it has not got of the acts, names, sources and pictures of `record`; returns the new rows."""
    added = child_rows.take_over(record, into, TAKEN_OVER, user)
    has_name = RecordName.objects.filter(record=into, text=record.name_vi).exists() or record.name_vi == into.name_vi
    if record.live and not has_name:
        called = {"names": [RecordName.objects.create(record=into, text=record.name_vi).pk]}
        child_rows.change(into, user, add=called)
        added["names"] = added.get("names", []) + called["names"]
    return added


def _settle(record: Record, other: Record, union: RecordUnion, user: User | None) -> None:
    for one, another in ((record, other), (other, record)):
        scans.follow(one)
        outbox.changed(one)
        action = "catalog.separate" if union.undone_at else f"catalog.{union.kind}"
        log(one, action, user=user, data={"other": another.number, "reason": union.reason_vi})
