"""New records of one chunk, in a handful of inserts."""

from typing import TYPE_CHECKING, Any

from heritage.catalog import standing
from heritage.catalog.imports import children
from heritage.catalog.imports.canonical import TEXTS, Values
from heritage.catalog.imports.parsing import Entry
from heritage.catalog.imports.units import Units
from heritage.catalog.models import (
    Designation,
    ImportedLine,
    ImportedRow,
    LunarRule,
    RankPeriod,
    Record,
    RowOutcome,
    Source,
)
from heritage.core import identifiers, outbox
from heritage.core.inserting import insert_rows
from heritage.core.issuing import issue_many
from heritage.places.models import Unit

if TYPE_CHECKING:
    from heritage.catalog.imports.writing import Work

BATCH = 500
COLUMNS = ("number", "live", "unit_id", "folded", "sort_vi", "sort_en", *TEXTS)
"""Of a record, all that a file can say and what follows from it."""
PREFIX = "DS"
"""Of the numbers that are given to rows which have only their provider's key."""


def create(entries: list[Entry], work: "Work") -> None:
    """Insert the records of `entries` as drafts; what they point at is linked when all of them are there."""
    records = [_record(number, entry.values, work.units) for number, entry in _numbered(entries)]
    insert_rows(Record, COLUMNS, ([getattr(record, name) for name in COLUMNS] for record in records))
    pks = dict(Record.objects.filter(number__in=[record.number for record in records]).values_list("number", "pk"))
    for record in records:
        record.pk = pks[record.number]
    label = Record._meta.label_lower
    issue_many(label, {record.number: record.pk for record in records})
    _create_children(records, entries, work)
    insert_rows(
        ImportedRow,
        ("record_id", "values", "file_name", "job_id", "provider", "external_id"),
        (
            (
                record.pk,
                entry.values | _unlinked(entry.values),
                work.job.name,
                work.job.pk,
                work.job.provider if entry.external_id else "",
                entry.external_id,
            )
            for record, entry in zip(records, entries, strict=True)
        ),
    )
    work.lines += [
        ImportedLine(job=work.job, line=entry.line, number=record.number, record=record, outcome=RowOutcome.CREATED)
        for record, entry in zip(records, entries, strict=True)
    ]
    work.note(records, "wagtail.create", {})
    outbox.changed_ids(label, [record.pk for record in records])


def unit_of(values: Values, units: Units) -> Unit | None:
    code = values.get("unit", "")
    level = "commune" if len(code) == 5 else "province"
    return units.by_code[level, code] if code else None


def _unlinked(values: Values) -> Values:
    """Pointers as they stand before they are made."""
    return {key: blank for key, blank in (("part_of", ""), ("related", [])) if key in values}


def _numbered(entries: list[Entry]) -> list[tuple[str, Entry]]:
    if all(entry.number for entry in entries):
        return [(entry.number, entry) for entry in entries]
    free = int(identifiers.next_number(PREFIX).rpartition("-")[2])
    own = {entry.number for entry in entries}
    found = []
    for entry in entries:
        number = entry.number
        while not number:
            candidate, free = f"{PREFIX}-{free:06d}", free + 1
            number = "" if candidate in own else candidate
        found.append((number, entry))
    return found


def _record(number: str, values: Values, units: Units) -> Record:
    said = {key: values[key] for key in TEXTS if key in values}
    record = Record(number=number, live=False, unit=unit_of(values, units), **said)
    record.derive()
    return record


def _create_children(records: list[Record], entries: list[Entry], work: "Work") -> None:
    rows: dict[str, list[Any]] = {"designations": [], "lunar_rules": [], "sources": []}
    for record, entry in zip(records, entries, strict=True):
        for relation, made in children.unsaved(entry.values, work.authority).items():
            for child in made:
                child.record_id = record.pk
            rows[relation] += made
    Designation.objects.bulk_create(rows["designations"], batch_size=BATCH)
    LunarRule.objects.bulk_create(rows["lunar_rules"], batch_size=BATCH)
    insert_rows(
        Source,
        ("record_id", "citation", "sort_order"),
        ((source.record_id, source.citation, source.sort_order) for source in rows["sources"]),
    )
    acts: dict[int, list[Designation]] = {}
    for act in rows["designations"]:
        acts.setdefault(act.record_id, []).append(act)
    periods = (row for pk, some in acts.items() for row in standing.rows(pk, some))
    names = ("record_id", "rank", "since", "until", "act_id", "scope_vi", "scope_en")
    insert_rows(RankPeriod, names, ([getattr(row, name) for name in names] for row in periods))
