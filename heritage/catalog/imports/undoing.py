"""Taking an import back: drafts that it made are withdrawn, what it changed gets its former values.

Where people, or a later import, have been at a record since, it stays, and its row says why.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heritage.accounts.roles import Action
from heritage.catalog.imports import canonical, updating
from heritage.catalog.imports.canonical import COLUMN_OF
from heritage.catalog.imports.report import Report
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.units import Units
from heritage.catalog.imports.updating import ConflictError
from heritage.catalog.imports.writing import Work
from heritage.catalog.models import ImportedLine, ImportedRow, Record, RegisterImport, RowOutcome, Undone
from heritage.core import outbox
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

CHUNK = 500
REASON_VI = "Rút lại cùng với lần nhập dữ liệu đã tạo ra hồ sơ này."
REASON_EN = "Withdrawn together with the import that had made it."


def undo(
    job: RegisterImport, rights: Rights, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> dict[str, int]:
    """Take back what `job` did, the last row first; broken off, it goes on where it stopped. Returns counts of rows."""
    work = Work(job, Units(), Report(), rights)
    total, done = job.lines.exclude(outcome=RowOutcome.REFUSED).count(), 0
    before = job.position + 1
    while True:
        lines = job.lines.exclude(outcome=RowOutcome.REFUSED).exclude(undone=Undone.YES).filter(line__lt=before)
        chunk = list(lines.order_by("-line")[:CHUNK])
        if not chunk:
            break
        with transaction.atomic():
            _take_back(chunk, work)
        before = chunk[-1].line
        done += len(chunk)
        progress(done, total)
    kept = job.lines.filter(undone=Undone.NO)
    if not kept.exists():
        RegisterImport.objects.filter(pk=job.pk).update(undone_at=timezone.now())
    return {"undone": job.lines.filter(undone=Undone.YES).count(), "kept": kept.count()}


def _take_back(chunk: list[ImportedLine], work: Work) -> None:
    records = {
        record.pk: record
        for record in Record.objects.filter(pk__in=[line.record_id for line in chunk]).select_related(
            "imported_row__job"
        )
    }
    updating.fetch(list(records.values()), COLUMN_OF)
    may = work.rights.among([record.number for record in records.values()], Action.CHANGE)
    withdrawn: list[Record] = []
    for line in chunk:
        record = records[line.record_id or 0]
        try:
            _check(record, line, work.job, record.number in may)
            if line.outcome == RowOutcome.CREATED:
                withdrawn.append(record)
            else:
                _give_back(record, line, work)
            line.undone, line.undone_note = Undone.YES, ""
        except ConflictError as conflict:
            line.undone, line.undone_note = Undone.NO, str(conflict)
            line.column = line.column or COLUMN_OF.get(conflict.key, conflict.key)
    _withdraw(withdrawn, work)
    ImportedLine.objects.bulk_update(chunk, ["undone", "undone_note", "column"], batch_size=200)


def _check(record: Record, line: ImportedLine, job: RegisterImport, may: bool) -> None:
    row = updating.base_of(record)
    if not may:
        raise ConflictError(
            "id", _("The record belongs to a unit that your roles do not reach. | Ask somebody of that unit.")
        )
    if row is None or row.job_id != job.pk:
        message = _("A later import (%(file)s) has changed the record. | Undo that one first.")
        raise ConflictError("id", message % {"file": row.file_name if row else "?"})
    if line.outcome != RowOutcome.CREATED:
        return
    if record.live or record.first_published_at:
        raise ConflictError("id", _("The record has been published since. | Withdraw it in its form."))
    now = updating.present(record)
    if changed := canonical.differing(row.values, {key: now[key] for key in row.values}):
        raise ConflictError(changed[0], _("The record has been edited by hand since. | Withdraw it in its form."))
    if record.latest_revision_id:
        raise ConflictError("id", _("The record has been edited by hand since. | Withdraw it in its form."))


def _give_back(record: Record, line: ImportedLine, work: Work) -> None:
    """The former values of one record, of those that still are what the import had made them.

    Raises:
        ConflictError: some are not; the others have been given back all the same.
    """
    row = record.imported_row
    before: dict[str, Any] = line.before or {"values": {}, "base": None, "job": None, "file": ""}
    now = updating.present(record)
    edited = [
        key
        for key in before["values"]
        if canonical.comparable(now, key) != canonical.comparable(row.values, key)
        and canonical.comparable(now, key) != canonical.comparable(before["values"], key)
    ]
    if record.has_unpublished_changes and record.latest_revision_id:
        raise ConflictError("id", _("A draft of this record waits. | Publish or discard it, then undo again."))
    keys = [
        key
        for key in before["values"]
        if key not in edited and canonical.comparable(now, key) != canonical.comparable(before["values"], key)
    ]
    if keys and updating.apply(record, canonical.of_record(record) | before["values"], keys, work):
        updating.save_many([record], set(keys))
    if keys:
        work.note("wagtail.edit", [(record.pk, str(record), {"undone": keys})])
    if edited:
        names = ", ".join(COLUMN_OF[key] for key in edited)
        raise ConflictError(
            edited[0],
            _(
                "Edited by hand since, and left so: %(columns)s. | "
                "Correct it in the record's form, where that is wanted."
            )
            % {"columns": names},
        )
    _remember(row, before)


def _remember(row: ImportedRow, before: dict[str, Any]) -> None:
    """What the import before this one had said; where there was none, nothing."""
    if before["base"] is None:
        row.delete()
        return
    there = RegisterImport.objects.filter(pk=before["job"]).first() if before["job"] else None
    row.values, row.file_name, row.job = before["base"], before["file"], there
    row.save()


def _withdraw(records: list[Record], work: Work) -> None:
    """Tombstones for drafts that nobody but the import has touched; a later import may bring them back."""
    if not records:
        return
    pks, label = [record.pk for record in records], Record._meta.label_lower
    own = Identifier.objects.filter(model=label, object_id__in=pks)
    own.update(state=State.WITHDRAWN, reason_vi=REASON_VI, reason_en=REASON_EN, successor=None)
    ImportedRow.objects.filter(record__in=pks).update(withdrawn=True)
    work.note("wagtail.edit", [(record.pk, str(record), {"withdrawn": REASON_VI}) for record in records])
    outbox.changed_ids(label, pks)
