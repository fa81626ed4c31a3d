"""One chunk of accepted rows: new ones in bulk, known ones compared with what was last imported."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.models import ModelLogEntry

from heritage.accounts.roles import Action
from heritage.catalog.imports import canonical, creating, reviving, updating
from heritage.catalog.imports.canonical import COLUMN_OF, Values
from heritage.catalog.imports.parsing import Entry
from heritage.catalog.imports.report import Refusal, Report
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.units import Units
from heritage.catalog.imports.updating import ConflictError
from heritage.catalog.models import Authority, ImportedLine, Record, RegisterImport, RowOutcome
from heritage.core.inserting import insert_rows

Together = dict[tuple[str, ...], list[Record]]
"""Records that are saved at once, by the keys that changed."""


@dataclass
class Work:
    """What one run carries from chunk to chunk; `lines` are what is to be told of the chunk in hand."""

    job: RegisterImport
    units: Units
    report: Report
    rights: Rights
    dry_run: bool = False
    unsaid: frozenset[str] = frozenset()
    lines: list[ImportedLine] = field(default_factory=list)
    _authorities: dict[str, Authority] = field(default_factory=dict)

    @property
    def user(self) -> Any:
        return self.rights.user

    def authority(self, name: str) -> Authority | None:
        """The authority as printed; one that is met for the first time is added to the list."""
        if not name:
            return None
        if name not in self._authorities:
            self._authorities[name] = Authority.objects.get_or_create(name_vi=name)[0]
        return self._authorities[name]

    def take(self, chunk: list[Entry]) -> list[ImportedLine]:
        """Write one chunk, in the caller's transaction; returns what became of its rows."""
        self.lines = []
        known = updating.known([entry.number for entry in chunk if entry.number])
        fresh = [entry for entry in chunk if entry.number not in known]
        self.report.created += len(fresh)
        if fresh and self.dry_run:
            self.lines += [self._line(entry, RowOutcome.CREATED) for entry in fresh]
        elif fresh:
            creating.create(fresh, self)
        self._compare([self._completed(known[entry.number], entry) for entry in chunk if entry.number in known])
        return self.lines

    def note(self, records: list[Record], action: str, data: dict[str, Any]) -> None:
        """Who did it, in the history of each record."""
        kind, now = ContentType.objects.get_for_model(Record), timezone.now()
        told = {"import": self.job.name, **data}
        insert_rows(
            ModelLogEntry,
            ("object_id", "content_type_id", "label", "action", "timestamp", "user_id", "data", "content_changed"),
            (
                (str(record.pk), kind.pk, str(record)[:255], action, now, getattr(self.user, "pk", None), told, True)
                for record in records
            ),
        )

    def _compare(self, pairs: list[tuple[Record, Entry]]) -> None:
        differing = [(record, entry) for record, entry in pairs if not _is_as_before(record, entry)]
        self.report.unchanged += len(pairs) - len(differing)
        if not differing:
            return
        prefetch_related_objects([record for record, _entry in differing], *updating.RELATED)
        gone = reviving.withdrawn([record for record, _entry in differing])
        public = [record.number for record, _entry in differing if record.live]
        may_publish = self.rights.among(public, Action.PUBLISH) if public else set()
        together: Together = {}
        remembered: list[tuple[Record, Values]] = []
        for record, entry in differing:
            try:
                if record.pk in gone:
                    reviving.check(record)
                updating.check_rights(record, may_publish)
                self._one(record, entry, together, revive=record.pk in gone)
            except ConflictError as conflict:
                self._conflict(record, entry, conflict)
            else:
                remembered.append((record, entry.values))
        if not self.dry_run:
            for keys, records in together.items():
                updating.save_many(records, set(keys))
            updating.remember(remembered, self)

    def _completed(self, record: Record, entry: Entry) -> tuple[Record, Entry]:
        if not self.unsaid or "designations" not in entry.values:
            return record, entry
        row = updating.base_of(record)
        base = row.values if row else canonical.of_record(record)
        return record, replace(entry, values=canonical.completed(entry.values, base, self.unsaid))

    def _one(self, record: Record, entry: Entry, together: Together, *, revive: bool) -> None:
        now = updating.present(record)
        changes = updating.changes(record, entry.values, self.job.overwrite or revive)
        if not changes and not revive:
            self.report.unchanged += 1
            return
        outcome = RowOutcome.CREATED if revive else RowOutcome.UPDATED
        line = self._line(entry, outcome, record, reason=", ".join(COLUMN_OF[key] for key in changes))
        line.before = {} if revive else _before(record, now, changes)
        if not self.dry_run:
            if changes and updating.apply(record, entry.values, changes, self):
                together.setdefault(tuple(changes), []).append(record)
            if revive:
                reviving.restore(record)
            self.note([record], "wagtail.edit", {"changed": changes})
        self.lines.append(line)
        if revive:
            self.report.created += 1
        else:
            self.report.updated += 1

    def _conflict(self, record: Record, entry: Entry, conflict: ConflictError) -> None:
        column, shown = COLUMN_OF.get(conflict.key, conflict.key), str(entry.values.get(conflict.key, ""))[:120]
        self.report.refuse(Refusal(entry.line, record.number, column, shown, str(conflict)))
        self.lines.append(
            self._line(entry, RowOutcome.REFUSED, record, column=column, value=shown, reason=str(conflict))
        )

    def _line(self, entry: Entry, outcome: RowOutcome, record: Record | None = None, **values: str) -> ImportedLine:
        return ImportedLine(
            job=self.job, line=entry.line, number=entry.number, record=record, outcome=outcome, **values
        )


def _is_as_before(record: Record, entry: Entry) -> bool:
    row = updating.base_of(record)
    return row is not None and not row.withdrawn and not canonical.differing(row.values, entry.values)


def _before(record: Record, now: Values, changes: list[str]) -> dict[str, Any]:
    row = updating.base_of(record)
    return {
        "values": {key: now[key] for key in changes},
        "base": row.values if row else None,
        "job": row.job_id if row else None,
        "file": row.file_name if row else "",
    }
