"""Links between records of one file, made once all of them are there."""

from dataclasses import dataclass

from heritage.catalog.imports.canonical import relation_kind
from heritage.catalog.models import ImportedRow, Record, Relation


@dataclass(frozen=True, slots=True)
class Link:
    """What a new record points at, by numbers."""

    pk: int
    part_of: str
    related: str


def link(links: list[Link]) -> None:
    """Set wholes and related records of new records, and remember that the import said so."""
    wanted = {number for one in links for number in (one.part_of, one.related) if number}
    pks = dict(Record.objects.filter(number__in=wanted).values_list("number", "pk"))
    records = {record.pk: record for record in Record.objects.filter(pk__in=[one.pk for one in links])}
    rows = {row.record_id: row for row in ImportedRow.objects.filter(record__in=records)}
    for one in links:
        records[one.pk].part_of_id = pks.get(one.part_of)
        rows[one.pk].values |= {"part_of": one.part_of, "related": [one.related] if one.related else []}
    Record.objects.bulk_update([records[one.pk] for one in links if one.part_of], ["part_of"], batch_size=200)
    Relation.objects.bulk_create(
        Relation(
            record_id=one.pk,
            target_id=pks[one.related],
            kind=relation_kind(records[one.pk].kind, records[one.pk].ich_categories),
            sort_order=0,
        )
        for one in links
        if one.related
    )
    ImportedRow.objects.bulk_update(rows.values(), ["values"], batch_size=200)
