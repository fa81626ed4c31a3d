"""Canonical values: what a row says of a record, and what a record says of itself, in one comparable form.

A plain dictionary that survives JSON. Its keys and the columns they come from are `COLUMN_OF`; a change is found, and a
hand-made edit told from an imported value, by comparing key by key.
"""

from collections.abc import Callable, Iterable
from typing import Any

from heritage.catalog.models import Designation, LunarRule, Record, RelationKind

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


def of_record(record: Record, keys: Iterable[str] = COLUMN_OF) -> Values:
    """The values of `record` under `keys` as it stands, draft or public."""
    return {key: getattr(record, key) if key in TEXTS else READ[key](record) for key in keys}


def act_of(act: Designation) -> Values:
    return {
        "act": str(act.act),
        "rank": str(act.rank),
        "number": act.decision_number,
        "on": act.decided_on.isoformat() if act.decided_on else "",
        "year": act.decided_year,
        "authority": act.authority.name_vi if act.authority else "",
    }


def rule_of(rule: LunarRule) -> Values:
    return {
        "day": rule.day,
        "month": rule.month,
        "end_day": rule.end_day,
        "end_month": rule.end_month,
        "approx": rule.is_approximate,
    }


READ: dict[str, Callable[[Record], Any]] = {
    "unit": lambda record: record.unit.code if record.unit else "",
    "part_of": lambda record: record.part_of.number if record.part_of else "",
    "related": lambda record: [relation.target.number for relation in record.relations.all()],
    "designations": lambda record: [act_of(act) for act in record.designations.all()],
    "lunar_rules": lambda record: [rule_of(rule) for rule in record.lunar_rules.all()],
    "sources": lambda record: [source.citation for source in record.sources.all()],
}
"""What is no text of the record itself; each costs a query unless it is at hand (`updating.fetch`)."""


def completed(values: Values, base: Values, unsaid: frozenset[str]) -> Values:
    """`values` with what their file leaves `unsaid` of the acts taken from `base`, as far as it has the same rank."""
    if "designations" not in values or not unsaid:
        return values
    there = {act["rank"]: act for act in base.get("designations", [])}
    acts = [
        {**act, **{part: there[act["rank"]][part] for part in unsaid - {"lists"}}} if act["rank"] in there else act
        for act in values["designations"]
    ]
    if "lists" in unsaid:
        acts += [act for rank, act in there.items() if rank not in {one["rank"] for one in acts}]
    return {**values, "designations": acts}


def comparable(values: Values, key: str) -> Any:
    """A value in a form that compares: the order of acts and of related records says nothing."""
    value = values.get(key)
    if key in ("designations", "related", "lunar_rules"):
        return sorted(map(str, (sorted(one.items()) if isinstance(one, dict) else one for one in value or [])))
    return value


def differing(base: Values, values: Values) -> list[str]:
    """Keys that `values` speak of, and have otherwise than `base`."""
    return [key for key in COLUMN_OF if key in values and comparable(base, key) != comparable(values, key)]


def relation_kind(kind: str, ich_categories: list[str]) -> RelationKind:
    """How a record of this kind relates to the place its row names."""
    if kind == "ich":
        return RelationKind.CELEBRATED_AT if "festival" in ich_categories else RelationKind.PRACTISED_AT
    return RelationKind.KEPT_AT if kind in ("treasure", "object", "documentary") else RelationKind.SEE_ALSO
