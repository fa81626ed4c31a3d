"""Rows of a record's child relations as a file tells them: acts, festival days, sources, relations."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from heritage.catalog.imports.canonical import Values, act_of, relation_kind, rule_of
from heritage.catalog.models import Authority, Designation, LunarRule, Record, Relation, Source

Child = Designation | LunarRule | Source
AuthorityOf = Callable[[str], Authority | None]


def unsaved(values: Values, authority: AuthorityOf) -> dict[str, list[Any]]:
    """Unsaved rows of each child relation that `values` speak of."""
    found: dict[str, list[Any]] = {}
    if "designations" in values:
        found["designations"] = [_designation(Designation(), act, authority) for act in values["designations"]]
    if "lunar_rules" in values:
        found["lunar_rules"] = [_rule(rule, position) for position, rule in enumerate(values["lunar_rules"])]
    if "sources" in values:
        found["sources"] = [
            Source(citation=text, sort_order=position) for position, text in enumerate(values["sources"])
        ]
    return found


def merged(record: Record, key: str, values: Values, authority: AuthorityOf) -> list[Any]:
    """The rows of relation `key` as `values` have them; what was added to one by hand, such as a scan, stays on it."""
    if key == "related":
        return relations(values)
    there = list(getattr(record, key).all())
    found: list[Any] = []
    for position, wanted in enumerate(values[key]):
        kept = next((row for row in there if _said(key, row) == wanted), None)
        if kept is None and key == "designations":
            kept = next((row for row in there if (row.act, row.rank) == (wanted["act"], wanted["rank"])), None)
            if kept is not None:
                there.remove(kept)
                found.append(_designation(kept, wanted, authority))
                continue
        if kept is None:
            found += unsaved({key: [wanted]}, authority)[key]
        else:
            there.remove(kept)
            found.append(kept)
        if key != "designations":
            found[-1].sort_order = position
    return found


def relations(values: Values) -> list[Relation]:
    kind = relation_kind(values["kind"], values["ich_categories"])
    targets = Record.objects.filter(number__in=values["related"])
    return [Relation(target=target, kind=kind, sort_order=0) for target in targets]


def _said(key: str, row: Any) -> Any:
    if key == "designations":
        return act_of(row)
    return rule_of(row) if key == "lunar_rules" else row.citation


def _rule(rule: Values, position: int) -> LunarRule:
    return LunarRule(
        month=rule["month"],
        day=rule["day"],
        end_day=rule["end_day"],
        end_month=rule["end_month"],
        is_approximate=rule["approx"],
        sort_order=position,
    )


def _designation(made: Designation, act: Values, authority: AuthorityOf) -> Designation:
    made.act, made.rank, made.decision_number = act["act"], act["rank"], act["number"]
    made.decided_on = dt.date.fromisoformat(act["on"]) if act["on"] else None
    made.decided_year = act["year"]
    made.authority = authority(act["authority"])
    made.settle()
    return made
