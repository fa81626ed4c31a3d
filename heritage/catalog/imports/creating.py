"""New records of one chunk, in a handful of inserts."""

from typing import TYPE_CHECKING, Any

from heritage.catalog import standing
from heritage.catalog.imports import children
from heritage.catalog.imports.canonical import TEXTS, Values
from heritage.catalog.imports.journal import Line
from heritage.catalog.imports.parsing import Entry
from heritage.catalog.imports.units import Units
from heritage.catalog.models import (
    Designation,
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
    numbered = _numbered(entries)
    labels: dict[str, str] = {}
    insert_rows(Record, COLUMNS, [_columns(number, entry.values, work, labels) for number, entry in numbered])
    pks = dict(Record.objects.filter(number__in=labels).values_list("number", "pk"))
    label = Record._meta.label_lower
    issue_many(label, {number: pks[number] for number in labels})
    rows = [(pks[number], entry) for number, entry in numbered]
    _create_children(rows, work)
    provider = work.job.provider
    insert_rows(
        ImportedRow,
        ("record_id", "values", "file_name", "job_id", "provider", "external_id"),
        (
            (
                pk,
                entry.values | _unlinked(entry.values),
                work.job.name,
                work.job.pk,
                provider if entry.external_id else "",
                entry.external_id,
            )
            for pk, entry in rows
        ),
    )
    work.lines += [Line(work.job.pk, entry.line, number, RowOutcome.CREATED, pks[number]) for number, entry in numbered]
    work.note("wagtail.create", [(pks[number], said, {}) for number, said in labels.items()])
    outbox.changed_ids(label, [pk for pk, _entry in rows])


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


def _columns(number: str, values: Values, work: "Work", labels: dict[str, str]) -> list[Any]:
    """What stands in `COLUMNS` of a new record; its label, for the history, is added to `labels`."""
    record = work.draft.saying(values, number)
    record.unit = unit_of(values, work.units)
    record.derive()
    labels[number] = str(record)
    return [getattr(record, name) for name in COLUMNS]


def _create_children(rows: list[tuple[int, Entry]], work: "Work") -> None:
    made: dict[str, list[Any]] = {"designations": [], "lunar_rules": []}
    for pk, entry in rows:
        said = {key: entry.values[key] for key in made if key in entry.values}
        for relation, children_of_one in children.unsaved(said, work.authority).items():
            for child in children_of_one:
                child.record_id = pk
            made[relation] += children_of_one
    Designation.objects.bulk_create(made["designations"], batch_size=BATCH)
    LunarRule.objects.bulk_create(made["lunar_rules"], batch_size=BATCH)
    insert_rows(
        Source,
        ("record_id", "citation", "sort_order"),
        ((pk, text, position) for pk, entry in rows for position, text in enumerate(entry.values.get("sources", ()))),
    )
    acts: dict[int, list[Designation]] = {}
    for act in made["designations"]:
        acts.setdefault(act.record_id, []).append(act)
    periods = (row for pk, some in acts.items() for row in standing.rows(pk, some))
    names = ("record_id", "rank", "since", "until", "act_id", "scope_vi", "scope_en")
    insert_rows(RankPeriod, names, ([getattr(row, name) for name in names] for row in periods))
