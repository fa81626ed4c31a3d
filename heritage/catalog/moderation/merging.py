"""Three versions become one: what both began with, what one made of it, what the other saved first.

What only one of the two changed is taken from that one; where both changed the same part differently somebody chooses.
Rows that both added stand side by side.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from heritage.catalog.moderation import parts
from heritage.catalog.moderation.parts import Content

MINE, THEIRS = "mine", "theirs"


@dataclass
class Merged:
    """`content` as it would be saved; `conflicts` are keys of parts that wait for a choice (theirs stands for now)."""

    content: Content
    conflicts: list[str] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)


def merge(
    model: type[models.Model],
    base: Mapping[str, str],
    mine: Content,
    theirs: Content,
    choices: Mapping[str, str] | None = None,
) -> Merged:
    """Join `mine` and `theirs`, both made from a version with the fingerprints `base`.

    Args:
        choices: by key of a part, `MINE` or `THEIRS`; keys of parts without a conflict are not heard.
    """
    sides = _sides(model, base, mine, theirs)
    merged = Merged(deepcopy(theirs))
    chosen = dict(choices or {})
    taken: dict[str, str] = {}
    for key, side in sides.items():
        if side is None:
            if chosen.get(key) not in (MINE, THEIRS):
                merged.conflicts.append(key)
            taken[key] = chosen.get(key, THEIRS)
        else:
            taken[key] = side
            (merged.mine if side == MINE else merged.theirs).append(key)
    for key, names in parts.field_names(model).items():
        if taken.get(key) == MINE:
            merged.content |= {name: mine.get(name) for name in names}
    for name in parts.relations(model):
        merged.content[name] = _joined(model, name, mine, theirs, taken)
    return merged


def _sides(model: type[models.Model], base: Mapping[str, str], mine: Content, theirs: Content) -> dict[str, str | None]:
    """By key of each part in which the two differ, whose it is; None where both changed it."""
    ours, others = parts.fingerprints(model, mine), parts.fingerprints(model, theirs)
    sides: dict[str, str | None] = {}
    for key in dict.fromkeys([*others, *ours]):
        before, here, there = base.get(key), ours.get(key), others.get(key)
        if here != there:
            sides[key] = THEIRS if here == before else MINE if there == before else None
    return sides


def _joined(
    model: type[models.Model], name: str, mine: Content, theirs: Content, taken: Mapping[str, str]
) -> list[Content]:
    own = dict(parts.rows(model, name, mine))
    joined = []
    for key, row in parts.rows(model, name, theirs):
        if taken.get(key) != MINE:
            joined.append(row)
        elif key in own:
            joined.append(own[key])
    there = {key for key, _row in parts.rows(model, name, theirs)}
    joined += [row for key, row in own.items() if key not in there and taken.get(key) == MINE]
    return [_placed(row, place) for place, row in enumerate(joined)]


def _placed(row: Content, place: int) -> dict[str, Any]:
    return {**row, "sort_order": place} if "sort_order" in row else row
