"""One chunk of accepted rows: new ones in bulk, known ones compared with what was last imported."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from heritage.accounts.roles import Action
from heritage.catalog.imports import canonical, creating, reviving, updating
from heritage.catalog.imports.canonical import COLUMN_OF, Values
from heritage.catalog.imports.draft import Draft
from heritage.catalog.imports.journal import Line
from heritage.catalog.imports.parsing import Entry
from heritage.catalog.imports.report import Refusal, Report
from heritage.catalog.imports.rights import Rights
from heritage.catalog.imports.units import Units
from heritage.catalog.imports.updating import ConflictError
from heritage.catalog.models import Authority, ImportedRow, Record, RegisterImport, RowOutcome
from heritage.core.inserting import insert_rows


@dataclass
class Done:
    """What is written when all rows of a chunk are judged."""

    together: dict[tuple[str, ...], list[Record]] = field(default_factory=dict)
    """Records that are saved at once, by the keys that changed."""
    remembered: list[tuple[Record, Values]] = field(default_factory=list)
    noted: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)


@dataclass
class Work:
    """What one run carries from chunk to chunk; `lines` are what is to be told of the chunk in hand."""

    job: RegisterImport
    units: Units
    report: Report
    rights: Rights
    dry_run: bool = False
    unsaid: frozenset[str] = frozenset()
    lines: list[Line] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
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

    def take(self, chunk: list[Entry]) -> list[Line]:
        """Write one chunk, in the caller's transaction; returns what became of its rows."""
        self.lines = []
        pks, bases = updating.bases([entry.number for entry in chunk if entry.number])
        fresh = [entry for entry in chunk if entry.number not in pks]
        self.report.created += len(fresh)
        if fresh and self.dry_run:
            self.lines += [self._line(entry, RowOutcome.CREATED) for entry in fresh]
        elif fresh:
            creating.create(fresh, self)
        there = [(pks[entry.number], entry) for entry in chunk if entry.number in pks]
        differing = [(pk, entry) for pk, entry in there if not self._is_as_before(bases.get(pk), entry)]
        self.report.unchanged += len(there) - len(differing)
        if differing:
            self._compare(differing)
        return self.lines

    def note(self, action: str, rows: Iterable[tuple[int, str, dict[str, Any]]]) -> None:
        """Who did it, in the history of each record: its key, its label, and what is told of the act."""
        kind, now = ContentType.objects.get_for_model(Record), timezone.now()
        user = getattr(self.user, "pk", None)
        insert_rows(
            ModelLogEntry,
            ("object_id", "content_type_id", "label", "action", "timestamp", "user_id", "data", "content_changed"),
            (
                (str(pk), kind.pk, label[:255], action, now, user, {"import": self.job.name, **data}, True)
                for pk, label, data in rows
            ),
        )

    def _compare(self, differing: list[tuple[int, Entry]]) -> None:
        pairs = self._read(differing)
        gone = reviving.withdrawn([record for record, _entry in pairs])
        public = [record.number for record, _entry in pairs if record.live]
        may_publish = self.rights.among(public, Action.PUBLISH) if public else set()
        done = Done()
        for record, entry in pairs:
            try:
                if record.pk in gone:
                    reviving.check(record)
                updating.check_rights(record, may_publish)
                self._one(record, entry, done, revive=record.pk in gone)
            except ConflictError as conflict:
                self._conflict(record, entry, conflict)
            else:
                done.remembered.append((record, entry.values))
        if not self.dry_run:
            for keys, records in done.together.items():
                updating.save_many(records, set(keys))
            updating.remember(done.remembered, self)
            self.note("wagtail.edit", done.noted)

    def _read(self, differing: list[tuple[int, Entry]]) -> list[tuple[Record, Entry]]:
        """Records with all that is compared, and what their rows say; a row that leaves parts unsaid is completed."""
        records = updating.known([pk for pk, _entry in differing])
        pairs = [(records[pk], entry) for pk, entry in differing]
        keys = {key for record, entry in pairs for key in updating.said(record, entry.values)}
        updating.fetch(list(records.values()), keys)
        return [
            (record, self._completed(entry, base.values if (base := updating.base_of(record)) else None, record))
            for record, entry in pairs
        ]

    def _completed(self, entry: Entry, base: Values | None, record: Record | None = None) -> Entry:
        if not self.unsaid or "designations" not in entry.values:
            return entry
        if base is None:
            base = canonical.of_record(record, ("designations",)) if record else {}
        return replace(entry, values=canonical.completed(entry.values, base, self.unsaid))

    def _is_as_before(self, row: ImportedRow | None, entry: Entry) -> bool:
        if row is None or row.withdrawn:
            return False
        return not canonical.differing(row.values, self._completed(entry, row.values).values)

    def _one(self, record: Record, entry: Entry, done: Done, *, revive: bool) -> None:
        now = updating.present(record, updating.said(record, entry.values))
        changes = updating.changes(record, now, entry.values, self.job.overwrite or revive)
        if not changes and not revive:
            self.report.unchanged += 1
            return
        outcome = RowOutcome.CREATED if revive else RowOutcome.UPDATED
        line = self._line(entry, outcome, record, reason=", ".join(COLUMN_OF[key] for key in changes))
        line.before = {} if revive else _before(record, now, changes)
        if not self.dry_run:
            if changes and updating.apply(record, entry.values, changes, self):
                done.together.setdefault(tuple(changes), []).append(record)
            if revive:
                reviving.restore(record)
            done.noted.append((record.pk, str(record), {"changed": changes}))
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

    def _line(self, entry: Entry, outcome: RowOutcome, record: Record | None = None, **values: Any) -> Line:
        return Line(self.job.pk, entry.line, entry.number, outcome, record.pk if record else None, **values)


def _before(record: Record, now: Values, changes: list[str]) -> dict[str, Any]:
    row = updating.base_of(record)
    return {
        "values": {key: now[key] for key in changes},
        "base": row.values if row else None,
        "job": row.job_id if row else None,
        "file": row.file_name if row else "",
    }
