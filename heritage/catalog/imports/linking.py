"""Links of new records, made once all records of their file are there."""

from heritage.catalog.imports.canonical import relation_kind
from heritage.catalog.imports.parsing import Entry
from heritage.catalog.models import ImportedLine, ImportedRow, Record, RegisterImport, Relation, RowOutcome


def link(entries: list[Entry], job: RegisterImport) -> None:
    """Set wholes and related records of records that `job` made, and remember that it did; once done, nothing more."""
    made = ImportedLine.objects.filter(job=job, line__in=[entry.line for entry in entries], outcome=RowOutcome.CREATED)
    pk_of = dict(made.values_list("line", "record"))
    rows = {row.record_id: row for row in ImportedRow.objects.filter(job=job, record__in=pk_of.values())}
    due = [
        (rows[pk], entry)
        for entry in entries
        if (pk := pk_of.get(entry.line)) in rows and rows[pk].values != rows[pk].values | entry.values
    ]
    wanted = {number for _row, entry in due for number in _pointers(entry)}
    pks = dict(Record.objects.filter(number__in=wanted).values_list("number", "pk"))
    records = Record.objects.in_bulk([row.record_id for row, _entry in due])
    for row, entry in due:
        row.values |= entry.values
        records[row.record_id].part_of_id = pks.get(entry.values.get("part_of", ""))
    Record.objects.bulk_update(
        [records[row.record_id] for row, entry in due if entry.values.get("part_of")], ["part_of"], batch_size=200
    )
    Relation.objects.bulk_create(
        Relation(
            record_id=row.record_id,
            target_id=pks[number],
            kind=relation_kind(records[row.record_id].kind, records[row.record_id].ich_categories),
            sort_order=0,
        )
        for row, entry in due
        for number in entry.values.get("related", [])
    )
    ImportedRow.objects.bulk_update([row for row, _entry in due], ["values"], batch_size=200)


def _pointers(entry: Entry) -> list[str]:
    return [number for number in (entry.values.get("part_of", ""), *entry.values.get("related", [])) if number]
