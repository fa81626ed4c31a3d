"""New records of one chunk, in a handful of inserts."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from heritage.catalog import standing
from heritage.catalog.imports.canonical import TEXTS, Values, relation_kind
from heritage.catalog.imports.linking import Link
from heritage.catalog.imports.parsing import Units
from heritage.catalog.models import (
    Authority,
    Designation,
    ImportedRow,
    LunarRule,
    RankPeriod,
    Record,
    Relation,
    Source,
)
from heritage.core import outbox
from heritage.core.issuing import issue_many
from heritage.places.models import Unit

if TYPE_CHECKING:
    from heritage.catalog.imports.writing import Accepted, Work

BATCH = 500


def create(chunk: "list[Accepted]", work: "Work") -> list[Link]:
    """Insert the records of `chunk` as drafts; returns what is still to be linked."""
    records = [_record(number, values, work) for _line, number, values in chunk]
    Record.objects.bulk_create(records, batch_size=BATCH)
    label = Record._meta.label_lower
    issue_many(label, {record.number: record.pk for record in records})
    _create_children(records, chunk, work)
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(record=record, values=values | {"part_of": "", "related": []}, file_name=work.file_name[:200])
            for record, (_line, _number, values) in zip(records, chunk, strict=True)
        ),
        batch_size=BATCH,
    )
    outbox.changed_ids(label, [record.pk for record in records])
    return [
        Link(record.pk, values["part_of"], values["related"][0] if values["related"] else "")
        for record, (_line, _number, values) in zip(records, chunk, strict=True)
        if values["part_of"] or values["related"]
    ]


def _record(number: str, values: Values, work: "Work") -> Record:
    record = Record(number=number, live=False, unit=unit_of(values, work.units), **{key: values[key] for key in TEXTS})
    record.derive()
    return record


def _create_children(records: list[Record], chunk: "list[Accepted]", work: "Work") -> None:
    rows: dict[str, list[Any]] = {"designations": [], "lunar_rules": [], "sources": []}
    for record, (_line, _number, values) in zip(records, chunk, strict=True):
        for relation, made in children(values, work).items():
            for child in made:
                child.record_id = record.pk
            rows[relation] += made
    Designation.objects.bulk_create(rows["designations"], batch_size=BATCH)
    LunarRule.objects.bulk_create(rows["lunar_rules"], batch_size=BATCH)
    Source.objects.bulk_create(rows["sources"], batch_size=BATCH)
    acts: dict[int, list[Designation]] = {}
    for act in rows["designations"]:
        acts.setdefault(act.record_id, []).append(act)
    RankPeriod.objects.bulk_create(
        (row for pk, some in acts.items() for row in standing.rows(pk, some)), batch_size=BATCH
    )


def unit_of(values: Values, units: Units) -> Unit | None:
    code = values["unit"]
    level = "commune" if len(code) == 5 else "province"
    return units.by_code[level, code] if code else None


def children(values: Values, work: "Work") -> dict[str, list[Any]]:
    """Unsaved rows of each child relation that a file can fill."""
    return {
        "designations": [_designation(act, work) for act in values["designations"]],
        "lunar_rules": [
            LunarRule(
                month=rule["month"],
                day=rule["day"],
                end_day=rule["end_day"],
                end_month=rule["end_month"],
                is_approximate=rule["approx"],
                sort_order=position,
            )
            for position, rule in enumerate(values["lunar_rules"])
        ],
        "sources": [Source(citation=text, sort_order=position) for position, text in enumerate(values["sources"])],
    }


def relations(values: Values) -> list[Relation]:
    kind = relation_kind(values["kind"], values["ich_categories"])
    targets = Record.objects.filter(number__in=values["related"])
    return [Relation(target=target, kind=kind, sort_order=0) for target in targets]


def _designation(act: Values, work: "Work") -> Designation:
    made = Designation(
        act=act["act"],
        rank=act["rank"],
        decision_number=act["number"],
        decided_on=dt.date.fromisoformat(act["on"]) if act["on"] else None,
        decided_year=act["year"],
        authority=_authority(act["authority"], work),
    )
    made.settle()
    return made


def _authority(name: str, work: "Work") -> Authority | None:
    """The authority as printed; one that is met for the first time is added to the list."""
    if not name:
        return None
    if name not in work.authorities:
        work.authorities[name] = Authority.objects.get_or_create(name_vi=name)[0]
    return work.authorities[name]
