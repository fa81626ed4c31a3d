"""Records as rows in the columns that the import reads: what is exported comes back unchanged."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from heritage.accounts.policies import policy_of
from heritage.accounts.roles import Action
from heritage.catalog.exports import cells
from heritage.catalog.imports.reading import COLUMNS
from heritage.catalog.imports.values import confidence, coord_basis
from heritage.catalog.models import CoordBasis, Designation, LunarRule, Record, Relation, Source
from heritage.catalog.queries import with_rank_on
from heritage.core.plain import fit_for_xml
from heritage.places.models import Unit

FURTHER = "further_decisions"
"""A column beside those of the import: decisions that do not fit in them, in words. The import leaves it aside."""
CHUNK = 1000
FIELDS = (
    "pk", "number", "name_vi", "name_en", "kind", "types", "ich_categories", "rank", "commune_printed",
    "district_printed", "province_printed", "unit_id", "latitude", "longitude", "coord_accuracy_m", "coord_basis",
    "coord_note", "live", "part_of__number", "summary_vi", "summary_en", "confidence", "confidence_note",
)  # fmt: skip
ABOUT_M = 1000
EXACT_M = 50
"""A point at least so exact, in metres, is `exact` in the column `coord_flag`."""

Children = dict[int, list[dict[str, Any]]]


class Row(dict[str, str]):
    """A record's cells by column; `is_public` is no column, lists on paper are marked by it."""

    is_public = True


def rows(records: QuerySet[Record], user: Any = None) -> Iterator[Row]:
    """One dictionary to a record, in the order of `records`; eight queries for each thousand, memory flat.

    Where the place is known exactly and the record is not public, a `user` without the right to what is private is
    told it to about a kilometre; None is told all.
    """
    return rows_of(array("q", records.values_list("pk", flat=True).iterator()), user)  # 8 bytes a record, not 64


def rows_of(keys: Iterable[int], user: Any = None) -> Iterator[Row]:
    """The same for records by key; those that `user` may not see, or not any more, are left out."""
    units: dict[int, Unit] = {}
    seen = Record.objects.filter(Q() if user is None else policy_of(Record).condition(user, ["view"]))
    following = iter(keys)
    while some := list(islice(following, CHUNK)):
        found = with_rank_on(seen.filter(pk__in=some), timezone.localdate()).order_by()
        by_key = {row["pk"]: row for row in found.values(*FIELDS)}
        _learn(units, by_key.values())
        acts, rules = (
            _acts(some),
            _of(LunarRule, some, "day", "month", "end_day", "end_month", "is_approximate", "calendar"),
        )
        sources, related = _of(Source, some, "citation"), _of(Relation, some, "target__number")
        precise = _told_precisely(some, user)
        for pk in some:
            if pk in by_key:  # else gone since the keys were read
                record = by_key[pk] if by_key[pk]["live"] or pk in precise else by_key[pk] | _about(by_key[pk])
                yield _row(record, units, acts[pk], rules[pk], sources[pk], related[pk])


def _told_precisely(keys: list[int], user: Any) -> set[int]:
    """Records of which `user` may know what is private."""
    if user is None:
        return set(keys)
    seen = policy_of(Record).instances_user_has_permission_for(user, Action.SEE_PRIVATE.value)
    return set(seen.filter(pk__in=keys).order_by().values_list("pk", flat=True))


def _about(record: dict[str, Any]) -> dict[str, Any]:
    """The point to two decimals of a degree, and what says how exact it is and how it was found."""
    if record["latitude"] is None:
        return {}
    coarse = {name: round(record[name], 2) for name in ("latitude", "longitude")}
    return {**coarse, "coord_accuracy_m": ABOUT_M, "coord_basis": "", "coord_note": ""}


def _learn(units: dict[int, Unit], found: Iterable[dict[str, Any]]) -> None:
    unknown = {row["unit_id"] for row in found if row["unit_id"]} - units.keys()
    if unknown:
        units.update(Unit.objects.select_related("province").in_bulk(unknown))


def _of(model: Any, keys: list[int], *fields: str) -> Children:
    children: Children = defaultdict(list)
    for row in model.objects.filter(record__in=keys).order_by("sort_order", "pk").values("record_id", *fields):
        children[row["record_id"]].append(row)
    return children


def _acts(keys: list[int]) -> Children:
    children: Children = defaultdict(list)
    found = Designation.objects.filter(record__in=keys).order_by("effective_on", "pk")
    fields = (
        "record_id",
        "act",
        "rank",
        "decision_number",
        "decided_on",
        "decided_year",
        "authority__name_vi",
        "parts_vi",
    )
    for row in found.values(*fields):
        act = {
            "act": row["act"],
            "rank": row["rank"],
            "number": row["decision_number"],
            "on": row["decided_on"].isoformat() if row["decided_on"] else "",
            "year": row["decided_year"],
            "authority": row["authority__name_vi"] or "",
        }
        children[row["record_id"]].append(act | ({"parts": row["parts_vi"]} if row["parts_vi"] else {}))
    return children


def _row(
    record: dict[str, Any],
    units: dict[int, Unit],
    acts: list[dict[str, Any]],
    rules: list[dict[str, Any]],
    sources: list[dict[str, Any]],
    related: list[dict[str, Any]],
) -> Row:
    unit = units.get(record["unit_id"])
    decided = cells.of_acts(acts, record["rank"])
    row = dict.fromkeys(COLUMNS, "") | {
        "id": record["number"],
        "name_vi": record["name_vi"],
        "name_en": record["name_en"],
        "kind": record["kind"],
        "types": ";".join(record["types"]),
        "ich_category": ";".join(record["ich_categories"]),
        **(decided or {"rank": record["rank"]}),
        "commune_old": record["commune_printed"],
        "district_old": record["district_printed"],
        "province_old": record["province_printed"],
        **_unit(unit),
        **_point(record),
        "part_of_id": record["part_of__number"] or "",
        "related_place_id": related[0]["target__number"] if related else "",
        "lunar_dates": "; ".join(cells.of_rule(rule) for rule in rules if rule["calendar"] == "lunar"),
        "facts_vi": record["summary_vi"],
        "facts_en": record["summary_en"],
        "confidence": cells.noted(record["confidence"], record["confidence_note"], confidence),
        "source": "; ".join(source["citation"] for source in sources),
    }
    row[FURTHER] = "" if decided else cells.in_words(acts)
    told = Row({name: fit_for_xml(cell) for name, cell in row.items()})
    told.is_public = record["live"]
    return told


def _unit(unit: Unit | None) -> dict[str, str]:
    if unit is None:
        return {}
    if unit.province is None:
        return {"province_new": unit.name}
    return {"commune_new": unit.name, "commune_new_code": unit.code, "province_new": unit.province.name}


def _point(record: dict[str, Any]) -> dict[str, str]:
    if record["latitude"] is None:
        return {"coord_basis": cells.noted(record["coord_basis"], record["coord_note"], coord_basis)}
    accuracy = record["coord_accuracy_m"]
    exact = record["coord_basis"] == CoordBasis.SURVEYED or (accuracy is not None and accuracy <= EXACT_M)
    return {
        "lat": cells.of_number(record["latitude"]),
        "lon": cells.of_number(record["longitude"]),
        "coord_flag": "exact" if exact else "approx",
        "coord_basis": cells.noted(record["coord_basis"], record["coord_note"], coord_basis),
        "coord_accuracy_m": str(accuracy or ""),
    }
