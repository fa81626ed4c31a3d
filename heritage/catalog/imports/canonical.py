"""Canonical values: what a row says of a record, and what a record says of itself, in one comparable form.

A plain dictionary that survives JSON. Its keys and the columns they come from are `COLUMN_OF`; a change is found, and a
hand-made edit told from an imported value, by comparing key by key.
"""

from typing import Any

from heritage.catalog.models import Designation, Record, RelationKind

Values = dict[str, Any]

TEXTS = {
    "kind": "kind",
    "name_vi": "name_vi",
    "name_en": "name_en",
    "types": "types",
    "ich_categories": "ich_category",
    "commune_printed": "commune_old",
    "district_printed": "district_old",
    "province_printed": "province_old",
    "latitude": "lat",
    "longitude": "lon",
    "coord_accuracy_m": "coord_accuracy_m",
    "coord_basis": "coord_basis",
    "coord_note": "coord_basis",
    "summary_vi": "facts_vi",
    "summary_en": "facts_en",
    "confidence": "confidence",
    "confidence_note": "confidence",
}
"""Columns of the record itself, by the column of the file."""

COLUMN_OF = TEXTS | {
    "unit": "commune_new_code",
    "part_of": "part_of_id",
    "related": "related_place_id",
    "designations": "rank",
    "lunar_rules": "lunar_dates",
    "sources": "source",
}


def of_record(record: Record) -> Values:
    """The values of `record` as it stands, draft or public."""
    values: Values = {key: getattr(record, key) for key in TEXTS}
    return values | {
        "unit": record.unit.code if record.unit else "",
        "part_of": record.part_of.number if record.part_of else "",
        "related": [relation.target.number for relation in record.relations.all()],
        "designations": [_act(act) for act in record.designations.all()],
        "lunar_rules": [
            {
                "day": rule.day,
                "month": rule.month,
                "end_day": rule.end_day,
                "end_month": rule.end_month,
                "approx": rule.is_approximate,
            }
            for rule in record.lunar_rules.all()
        ],
        "sources": [source.citation for source in record.sources.all()],
    }


def _act(act: Designation) -> Values:
    return {
        "act": str(act.act),
        "rank": str(act.rank),
        "number": act.decision_number,
        "on": act.decided_on.isoformat() if act.decided_on else "",
        "year": act.decided_year,
        "authority": act.authority.name_vi if act.authority else "",
    }


def comparable(values: Values, key: str) -> Any:
    """A value in a form that compares: the order of acts and of related records says nothing."""
    value = values.get(key)
    if key in ("designations", "related", "lunar_rules"):
        return sorted(map(str, (sorted(one.items()) if isinstance(one, dict) else one for one in value or [])))
    return value


def differing(one: Values, other: Values) -> list[str]:
    return [key for key in COLUMN_OF if comparable(one, key) != comparable(other, key)]


def relation_kind(kind: str, ich_categories: list[str]) -> RelationKind:
    """How a record of this kind relates to the place its row names."""
    if kind == "ich":
        return RelationKind.CELEBRATED_AT if "festival" in ich_categories else RelationKind.PRACTISED_AT
    return RelationKind.KEPT_AT if kind in ("treasure", "object", "documentary") else RelationKind.SEE_ALSO
