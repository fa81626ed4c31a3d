"""What a record should have before it is submitted, by its rank: a warning that a reason overrules, not a wall."""

from collections.abc import Iterable
from typing import Any

from heritage.catalog.admin.missing import LACKS, Lack
from heritage.catalog.models import Rank

ALWAYS = frozenset({"unit", "summary"})
RANKED = ALWAYS | {"designation", "point", "source"}
NATIONAL = RANKED | {"cover", "english"}
"""What foreign visitors and the ministry ask for first."""
WANTED: dict[str, frozenset[str]] = {Rank.NATIONAL: NATIONAL, Rank.SPECIAL_NATIONAL: NATIONAL}


def missing(form: Any) -> list[Lack]:
    """What the version in a valid form lacks, of that which its ranks ask for."""
    acts = _rows(form, "designations")
    ranks = {str(act["rank"]) for act in acts if act.get("rank")}
    wanted = ALWAYS.union(*(WANTED.get(rank, RANKED) for rank in ranks))
    there = _there(form, acts)
    return [lack for lack in LACKS if lack.code in wanted and not there[lack.code]]


def _there(form: Any, acts: list[dict[str, Any]]) -> dict[str, bool]:
    version = form.instance
    return {
        "unit": version.unit_id is not None,
        "summary": bool(version.summary_vi.strip()),
        "point": version.latitude is not None,
        "cover": version.cover_id is not None,
        "english": bool(version.name_en.strip()),
        "designation": any(act.get("decision_number") for act in acts),
        "source": bool(_rows(form, "sources")),
    }


def _rows(form: Any, name: str) -> list[dict[str, Any]]:
    formset = form.formsets.get(name)
    rows: Iterable[Any] = (row.cleaned_data for row in formset.forms) if formset is not None else ()
    return [row for row in rows if row and not row.get("DELETE")]
