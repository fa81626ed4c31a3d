"""One chunk of accepted rows: new ones in bulk, known ones compared with what was last imported."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.catalog.imports import canonical, creating
from heritage.catalog.imports.canonical import COLUMN_OF, TEXTS, Values
from heritage.catalog.imports.linking import Link
from heritage.catalog.imports.parsing import Units
from heritage.catalog.imports.report import Refusal, Report
from heritage.catalog.models import ImportedRow, Record

Accepted = tuple[int, str, Values]


class ConflictError(Exception):
    """A value was edited by hand and the file says something else; `key` is the canonical key."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


@dataclass
class Work:
    """What one import carries from chunk to chunk."""

    file_name: str
    units: Units
    report: Report
    dry_run: bool
    overwrite: bool
    links: list[Link] = field(default_factory=list)

    @cached_property
    def authorities(self) -> dict[str, Any]:
        return {}

    def take(self, chunk: list[Accepted]) -> None:
        """Write one chunk; the caller's transaction holds it."""
        numbers = [number for _line, number, _values in chunk]
        known = {row.number: row for row in _with_imports(numbers)}
        fresh = [one for one in chunk if one[1] not in known]
        self.report.created += len(fresh)
        if fresh and not self.dry_run:
            self.links += creating.create(fresh, self)
        for line, number, values in chunk:
            if number in known:
                self._compare(line, known[number], values)

    def links_in_chunks(self, size: int) -> Iterator[list[Link]]:
        """Links of new records, after all of them are there."""
        for start in range(0, len(self.links), size):
            yield self.links[start : start + size]

    def _compare(self, line: int, record: Record, values: Values) -> None:
        imported = getattr(record, "imported_row", None)
        base = imported.values if imported else None
        if base is not None and not canonical.differing(base, values):
            self.report.unchanged += 1
            return
        try:
            changes = self._changes(record, base, values)
            if changes and not self.dry_run:
                with transaction.atomic():
                    self._update(record, values, changes)
            elif not self.dry_run:
                self._remember(record, values)
        except ConflictError as conflict:
            column = COLUMN_OF[conflict.key]
            shown = str(values.get(conflict.key, ""))[:120]
            self.report.refusals.append(Refusal(line, record.number, column, shown, str(conflict)))
            return
        if changes:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def _changes(self, record: Record, base: Values | None, values: Values) -> list[str]:
        """Keys that the file changes; a key that was edited by hand to something else is a conflict."""
        draft = record.get_latest_revision_as_object()
        present = canonical.of_record(draft)
        said = canonical.differing(base, values) if base is not None else list(COLUMN_OF)
        changes = [key for key in said if canonical.comparable(present, key) != canonical.comparable(values, key)]
        if self.overwrite:
            return changes
        for key in changes:
            if base is None or canonical.comparable(present, key) != canonical.comparable(base, key):
                reason = _("Edited by hand here: “%(present)s”. Make the two agree, or import with --overwrite.")
                raise ConflictError(key, reason % {"present": str(present.get(key, ""))[:120]})
        if changes and record.has_unpublished_changes and record.latest_revision_id:
            raise ConflictError(
                changes[0], _("A draft of this record waits; publish or discard it, then import again.")
            )
        return changes

    def _update(self, record: Record, values: Values, changes: list[str]) -> None:
        for key in changes:
            if key in TEXTS:
                setattr(record, key, values[key])
        if "unit" in changes:
            record.unit = creating.unit_of(values, self.units)
        if "part_of" in changes:
            record.part_of = Record.objects.filter(number=values["part_of"]).first() if values["part_of"] else None
        for relation, children in creating.children(values, self).items():
            if relation in changes:
                getattr(record, relation).set(children)
        if "related" in changes:
            record.relations.set(creating.relations(values))
        try:
            record.full_clean()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise ConflictError(name if name in COLUMN_OF else changes[0], messages[0]) from error
        record.save()
        if record.latest_revision_id:
            revision = record.save_revision(clean=False, changed=False)
            if record.live:
                record.live_revision = revision
                record.save(update_fields=["live_revision"])
        log(record, "wagtail.edit", data={"import": self.file_name, "changed": changes}, content_changed=True)
        self._remember(record, values)

    def _remember(self, record: Record, values: Values) -> None:
        defaults = {"values": values, "file_name": self.file_name[:200]}
        ImportedRow.objects.update_or_create(record=record, defaults=defaults)


def _with_imports(numbers: list[str]) -> list[Record]:
    return list(Record.objects.filter(number__in=numbers).select_related("imported_row", "unit", "part_of"))
