"""From values back to cells: the inverse of `imports.values` and of `imports.parsing.designations`."""

from collections.abc import Callable, Sequence
from typing import Any

from heritage.catalog.imports.canonical import Values, comparable
from heritage.catalog.imports.parsing import designations
from heritage.catalog.models import Rank

LISTS = {
    Rank.WORLD_HERITAGE: "World Heritage",
    Rank.UNESCO_MASTERPIECE: "UNESCO Masterpiece",
    Rank.UNESCO_REPRESENTATIVE: "UNESCO RL",
    Rank.UNESCO_URGENT: "UNESCO USL",
    Rank.UNESCO_GOOD_PRACTICES: "UNESCO Good Practices",
    Rank.GLOBAL_GEOPARK: "UNESCO Geopark",
    Rank.MOWCAP: "MOWCAP",
    Rank.MOW_INTERNATIONAL: "MoW",
    Rank.NATIONAL_LIST: "National list",
}
NO_DECISION = {"number": "", "on": "", "year": None, "authority": ""}


def noted(key: str, note: str, meaning: Callable[[str], str]) -> str:
    """The cell from which `key` and `note` are read: the note alone where its words mean the key (`imports.values`)."""
    return (note or key) if not (key and note) or meaning(note) == key else f"{key}: {note}"


def of_acts(acts: Sequence[Values], rank_now: str) -> dict[str, str] | None:
    """The cells `rank`, `other_lists` and `decision_*` that read back as just `acts`; None where a row cannot say them.

    A row has one decision and, beside its rank, lists with their years; a register's history may have more.
    """
    if not acts:
        return _cells("", [], NO_DECISION)
    ranks = sorted({act["rank"] for act in acts}, key=lambda rank: rank != rank_now)
    deciding = [act for act in acts if any(act[key] for key in NO_DECISION)] or [acts[0]]
    for rank in ranks:
        for owner in deciding:
            decision = {key: owner[key] for key in NO_DECISION}
            for lists in _possible_lists(acts, rank, owner):
                read = designations(rank, lists, decision | {"year": decision["year"]})
                if comparable({"designations": read}, "designations") == comparable(
                    {"designations": list(acts)}, "designations"
                ):
                    return _cells(rank, lists, decision)
    return None


def _possible_lists(acts: Sequence[Values], rank: str, owner: Values) -> list[list[tuple[str, int]]]:
    """Every other act, and then also the rank itself, as a list with its year."""
    others = [act for act in acts if act["rank"] != rank]
    if any(act["rank"] not in LISTS or not act["year"] for act in others):
        return []
    lists = [(str(act["rank"]), int(act["year"])) for act in others]
    own = next((act for act in acts if act["rank"] == rank), None)
    with_rank = [(rank, int(own["year"]))] if own and own["year"] and rank in LISTS else []
    ordered = sorted(lists, key=lambda pair: (pair[1], pair[0]))
    return [ordered, sorted([*ordered, *with_rank], key=lambda pair: (pair[1], pair[0]))]


def _cells(rank: str, lists: Sequence[tuple[str, int]], decision: Values) -> dict[str, str]:
    return {
        "rank": rank,
        "other_lists": "; ".join(f"{LISTS[Rank(name)]} {year}" for name, year in lists),
        "decision_no": decision["number"],
        "decision_date": decision["on"],
        "decision_year": str(decision["year"] or ""),
        "decision_authority": decision["authority"],
    }


def in_words(acts: Sequence[Values]) -> str:
    """Acts that a row cannot say, for people: nothing is left out of an export without a word."""
    told = (
        [act["act"], act["rank"], act["number"], act["on"] or str(act["year"] or ""), act["authority"]] for act in acts
    )
    return "; ".join(" ".join(part for part in parts if part) for parts in told)


def of_rule(rule: Any) -> str:
    """`4/1`, `13/9-15/9 (approx)` or `month 8`; "" for a rule that such a cell cannot say."""
    if rule["day"] is None:
        text = f"month {rule['month']}"
    else:
        text = f"{rule['day']}/{rule['month']}"
        if rule["end_day"]:
            text += f"-{rule['end_day']}/{rule['end_month'] or rule['month']}"
    return text + (" (approx)" if rule["is_approximate"] else "")


def of_number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
