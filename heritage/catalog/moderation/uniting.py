"""Merging a record into another, splitting one off: numbers lead on, uses move, reasons are kept, all can be undone."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog import scans, services
from heritage.catalog.models import Record, RecordName, RecordUnion, Relation, UnionKind
from heritage.catalog.moderation import parts, references
from heritage.core import identifiers, outbox
from heritage.core.models.identifier import State

TAKEN_OVER = ("designations", "names", "sources", "relations", "pictures")
"""Child rows that the remaining record gets as well, where it has not the same."""
SPLIT_ROWS = ("designations", "names", "sources", "pictures", "zones", "dimensions")
"""Child rows that may go with what is split off."""
SPLIT_USES = ("catalog.RecordObject.record", "catalog.Dossier.record", "catalog.Record.part_of")
"""What points to a record and may go with what is split off."""

Rows = dict[str, list[int]]


@transaction.atomic
def unite(record: Record, into: Record, reason_vi: str, reason_en: str = "", user: User | None = None) -> RecordUnion:
    """Merge `record` into `into`: what used it uses `into`, which has its acts and sources too; its number leads there.

    Raises:
        ValidationError: no reason, the same record, or one of the two is withdrawn or merged already.
    """
    _check(record, into, reason_vi)
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
    _change(into, user, remove=union.copied)
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
    _check(record, None, reason_vi)
    if not names.get("name_vi", "").strip():
        raise ValidationError({"name_vi": _("Give the new record a name.")})
    new = _new_of(record, names)
    union = RecordUnion(kind=UnionKind.SPLIT, record=new, other=record, reason_vi=reason_vi.strip(), user=user)
    union.reason_en = reason_en.strip()
    wanted = {name: list(keys) for name, keys in chosen.items() if name in SPLIT_ROWS}
    union.copied = {name: _copied(record, new, name, keys) for name, keys in wanted.items()}
    Relation.objects.create(record=new, target=record)
    _change(record, user, remove=wanted)
    for name in SPLIT_USES:
        if moved := references.move_rows(name, chosen.get(name, ()), record, new):
            union.moved[name] = moved
    Record.objects.get(pk=new.pk).save_revision(user=user, clean=False)
    union.save()
    _settle(new, Record.objects.get(pk=record.pk), union, user)
    return union


def _check(record: Record, into: Record | None, reason_vi: str) -> None:
    if not reason_vi.strip():
        raise ValidationError({"reason_vi": _("Say why: the public page will show it.")})
    if into is not None and record.pk == into.pk:
        raise ValidationError({"into": _("A record cannot be merged into itself.")})
    for one in filter(None, (record, into)):
        own = identifiers.of(one)
        if own and own.state != State.ACTIVE:
            raise ValidationError(_("%(record)s is withdrawn or merged; restore it first.") % {"record": one})


def _new_of(record: Record, names: Mapping[str, str]) -> Record:
    same = ("kind", "types", "ich_categories", "unit", "commune_printed", "district_printed", "province_printed")
    new = Record(live=False, **{name: getattr(record, name) for name in same})
    new.name_vi, new.name_en = names["name_vi"].strip(), names.get("name_en", "").strip()
    new.shared_units.set(record.shared_units.all())
    new.full_clean()
    new.save()
    return new


def _take_over(record: Record, into: Record, user: User | None) -> Rows:
    """Give `into` what it has not got of the acts, names, sources and pictures of `record`; returns the new rows.

    What was never public goes into the draft of `into` only, and is published like any other change of it.
    """
    if not record.live:
        _propose(record, into, user)
        return {}
    added: Rows = {}
    for name in TAKEN_OVER:
        if made := _copied(record, into, name):
            added[name] = made
    if not RecordName.objects.filter(record=into, text=record.name_vi).exists() and record.name_vi != into.name_vi:
        added.setdefault("names", []).append(RecordName.objects.create(record=into, text=record.name_vi).pk)
    _change(into, user, add=added)
    return added


def _propose(record: Record, into: Record, user: User | None) -> None:
    draft = _newest(into)
    for name in TAKEN_OVER:
        there = [_value(row) for row in getattr(draft, name).all()]
        for row in getattr(record, name).all():
            if _value(row) not in there and not (name == "relations" and row.target_id == into.pk):
                row.pk, row.record = None, into
                getattr(draft, name).add(row)
    draft.save_revision(user=user, clean=False)


def _copied(record: Record, into: Record, name: str, only: list[int] | None = None) -> list[int]:
    child = parts.relations(Record)[name]
    there = [_value(row) for row in child._default_manager.filter(record=into)]
    made: dict[int, Any] = {}
    for row in child._default_manager.filter(record=record).order_by("pk"):
        old = row.pk
        is_to_itself = name == "relations" and row.target_id == into.pk  # type: ignore[attr-defined]
        if is_to_itself or (only is not None and old not in only) or (only is None and _value(row) in there):
            continue
        row.pk, row.record = None, into  # type: ignore[attr-defined]
        if name == "designations":
            row.corrects = made.get(row.corrects_id)  # type: ignore[attr-defined]
        row.save()
        made[old] = row
    return [row.pk for row in made.values()]


def _value(row: Any) -> Any:
    plain = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: value for name, value in parts.row_value(type(row), plain).items() if name != "corrects"}


def _change(record: Record, user: User | None, add: Rows | None = None, remove: Rows | None = None) -> None:
    """Add rows that are saved already, or take some out, in the public version and in a draft that waits."""
    record = Record.objects.get(pk=record.pk)
    waits = record.has_unpublished_changes
    draft = _newest(record)
    for name, keys in (add or {}).items():
        getattr(draft, name).add(*parts.relations(Record)[name]._default_manager.filter(pk__in=keys))
    for name, keys in (remove or {}).items():
        manager = getattr(draft, name)
        manager.remove(*(row for row in manager.all() if row.pk in keys))
        parts.relations(Record)[name]._default_manager.filter(pk__in=keys, record=record).delete()
    revision = draft.save_revision(user=user, clean=False)
    if record.live and not waits:
        revision.publish(user=user, skip_permission_checks=True)


def _newest(record: Record) -> Any:
    """What would be published next: a draft that waits, else the row itself, which imports fill without revisions."""
    return record.get_latest_revision_as_object() if record.has_unpublished_changes or not record.live else record


def _settle(record: Record, other: Record, union: RecordUnion, user: User | None) -> None:
    for one, another in ((record, other), (other, record)):
        scans.follow(one)
        outbox.changed(one)
        action = "catalog.separate" if union.undone_at else f"catalog.{union.kind}"
        log(one, action, user=user, data={"other": another.number, "reason": union.reason_vi})
