"""Records that are there already: what the file changes, unless somebody changed it by hand."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.catalog.imports import canonical, children, creating
from heritage.catalog.imports.canonical import COLUMN_OF, TEXTS, Values
from heritage.catalog.models import ImportedRow, Record, RecordObject
from heritage.core import outbox
from heritage.core.inserting import insert_rows, update_rows

if TYPE_CHECKING:
    from heritage.catalog.imports.writing import Work

DERIVED = ("folded", "sort_vi", "sort_en", "modified_at")
POINTERS = ("unit", "part_of")
RELATED = {
    "designations": "designations__authority",
    "lunar_rules": "lunar_rules",
    "sources": "sources",
    "related": "relations__target",
}
"""What of a record is read beside it, by canonical key."""


class ConflictError(Exception):
    """A value was edited by hand and the file says something else; `key` is the canonical key."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def bases(numbers: list[str]) -> tuple[dict[str, int], dict[int, ImportedRow]]:
    """Of the numbers that records have, their keys; and by key what was last imported for them."""
    pks = dict(Record.objects.filter(number__in=numbers).values_list("number", "pk"))
    return pks, {row.record_id: row for row in ImportedRow.objects.filter(record__in=pks.values())}


def known(pks: Collection[int]) -> dict[int, Record]:
    return Record.objects.select_related("imported_row").in_bulk(pks)


def fetch(records: list[Record], keys: Collection[str]) -> None:
    """Have at hand what `canonical.of_record` reads under `keys`: a query or two for all records, none for texts."""
    pointers = [key for key in POINTERS if key in keys]
    prefetch_related_objects(records, *pointers, *(path for key, path in RELATED.items() if key in keys))


def base_of(record: Record) -> ImportedRow | None:
    return getattr(record, "imported_row", None)


def present(record: Record, keys: Collection[str] = COLUMN_OF) -> Values:
    """The values of the newest version, a waiting draft where there is one; they were fetched for `record`."""
    return canonical.of_record(record.get_latest_revision_as_object() if _has_draft(record) else record, keys)


def said(record: Record, values: Values) -> list[str]:
    """Keys under which `values` say something else than the import before."""
    row = base_of(record)
    return canonical.differing(row.values, values) if row else list(values)


def check_rights(record: Record, may_publish: set[str]) -> None:
    """
    Raises:
        ConflictError: the record is public and the importer may not publish it.
    """
    if record.live and record.number not in may_publish:
        reason = _("The record is public, and your roles do not publish it. | Propose the change in its form.")
        raise ConflictError("id", reason)


def changes(record: Record, now: Values, values: Values, overwrite: bool) -> list[str]:
    """Keys that `values` change from `now`; one that was edited by hand to something else is a conflict.

    Raises:
        ConflictError: it was, or a draft waits.
    """
    row = base_of(record)
    base = row.values if row else None
    found = [key for key in now if canonical.comparable(now, key) != canonical.comparable(values, key)]
    if overwrite:
        return found
    for key in found:
        if base is None or (key in base and canonical.comparable(now, key) != canonical.comparable(base, key)):
            reason = _("Edited by hand here: “%(present)s”. | Make the two agree, or import with --overwrite.")
            raise ConflictError(key, reason % {"present": str(now.get(key, ""))[:120]})
        if key not in base and now.get(key) not in ("", None, []):
            reason = _("Written by hand here: “%(present)s”. | Make the two agree, or import with --overwrite.")
            raise ConflictError(key, reason % {"present": str(now.get(key, ""))[:120]})
    if found and _has_draft(record):
        raise ConflictError(found[0], _("A draft of this record waits. | Publish or discard it, then import again."))
    return found


def apply(record: Record, values: Values, keys: list[str], work: "Work") -> bool:
    """Set `keys` of `values` on `record` and check it; True where `save_many` is still to save it with others.

    Raises:
        ConflictError: the record as it would be does not pass its checks; nothing is changed.
    """
    for key in keys:
        if key in TEXTS:
            setattr(record, key, values[key])
    if "unit" in keys:
        record.unit = creating.unit_of(values, work.units)
    if "part_of" in keys:
        record.part_of = _target(values["part_of"], "part_of") if values["part_of"] else None
    for number in values["related"] if "related" in keys else []:
        _target(number, "related")
    whole = canonical.of_record(record, ("kind", "ich_categories")) | values
    relations = [key for key in RELATED if key in keys]
    if not relations and not _is_told_elsewhere(record, keys):
        _check_alone(record, keys)
        return True
    with transaction.atomic():
        for key in relations:
            name = "relations" if key == "related" else key
            getattr(record, name).set(children.merged(record, key, whole, work.authority))
        with _conflict(keys):
            record.full_clean()
        _save(record, work.user)
    return False


def _target(number: str, key: str) -> Record:
    found = Record.objects.filter(number=number).first()
    if found is None:
        raise ConflictError(key, _("The record stands further down in the file. | Import the same file once more."))
    return found


def save_many(records: list[Record], keys: set[str]) -> None:
    """Save records whose own columns alone changed, and which have no revision that would have to follow."""
    now = timezone.now()
    for record in records:
        record.derive()
        record.modified_at = now
    names = [f"{key}_id" if key in POINTERS else key for key in sorted(keys)] + list(DERIVED)
    update_rows(Record, names, ([record.pk, *(getattr(record, name) for name in names)] for record in records))
    outbox.changed_ids(Record._meta.label_lower, [record.pk for record in records])


def remember(records: list[tuple[Record, Values]], work: "Work") -> None:
    """Keep what this import said, and that it was this one."""
    new, old, now = [], [], timezone.now()
    for record, values in records:
        row = base_of(record)
        if row is None:
            new.append((record.pk, values, work.job.name, work.job.pk))
        else:
            row.values = row.values | values
            old.append((row.pk, row.values, work.job.name, work.job.pk, False, now))
    insert_rows(ImportedRow, ("record_id", "values", "file_name", "job_id"), new)
    update_rows(ImportedRow, ("values", "file_name", "job_id", "withdrawn", "imported_at"), old)


def _has_draft(record: Record) -> bool:
    return bool(record.has_unpublished_changes and record.latest_revision_id)


def _is_told_elsewhere(record: Record, keys: list[str]) -> bool:
    """Whether a whole save is needed: for a revision, or for scans that follow their record's unit."""
    return bool(record.latest_revision_id) or ("unit" in keys and RecordObject.objects.filter(record=record).exists())


FIELDS = frozenset(field.name for field in Record._meta.concrete_fields)


def _check_alone(record: Record, keys: list[str]) -> None:
    """The checks that need no look-up of what is changed; the number is the one by which the record was found."""
    with _conflict(keys):
        record.clean_fields(exclude=FIELDS - {key for key in keys if key not in POINTERS})
        record.clean_alone()
        if "part_of" in keys and record.part_of_id:
            record.clean_part_of()


@contextmanager
def _conflict(keys: list[str]) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ConflictError(name if name in COLUMN_OF else keys[0], messages[0]) from error


def _save(record: Record, user: Any) -> None:
    record.save()
    if record.latest_revision_id:
        revision = record.save_revision(user=user, clean=False, changed=False)
        if record.live:
            record.live_revision = revision
            record.save(update_fields=["live_revision"])
