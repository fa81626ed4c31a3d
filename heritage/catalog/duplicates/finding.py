"""Finding likely pairs: records are compared within small groups only, so that 100,000 cost seconds and not days.

Groups are the records of one kind in one unit, in one cell of about 550 m, of one name in one province, and of one
decision. A group that is larger than `LARGEST` says nothing (a list of a hundred in one decision).
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from heritage.catalog.models import Designation, LikelyPair, Record
from heritage.core.folding import fold
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

LARGEST = 400
"""Records of one group that are compared with each other."""
CELL = 0.005
"""Degrees of a cell: about 550 m."""
EXACT_M = 200
"""A point less exact than this, in metres, says nothing about nearness."""
NEAR_M, FAR_M = 300.0, 5_000.0
LIKE = 0.75
"""Share of the words of two names that are common to both, from which on they are alike."""
LEAST = 60
"""The score from which on staff are asked."""
MOST = 5_000
"""Pairs that are kept; of more, the likeliest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    kind: str
    words: frozenset[str]
    unit: int | None
    province: int | None
    point: tuple[float, float] | None
    part_of: int | None


Pair = tuple[int, int]


def look() -> int:
    """Find the likely pairs anew; returns how many are open. What was dismissed stays dismissed."""
    candidates = _candidates()
    decisions = _decisions()
    found: dict[Pair, tuple[int, dict[str, Any]]] = {}
    for group in _groups(candidates, decisions):
        for one, other in combinations(sorted(group), 2):
            if (one, other) not in found and (judged := judge(candidates[one], candidates[other], decisions)):
                found[one, other] = judged
    best = dict(sorted(found.items(), key=lambda each: -each[1][0])[:MOST])
    return _keep(best)


def judge(one: Candidate, other: Candidate, decisions: dict[int, set[str]]) -> tuple[int, dict[str, Any]] | None:
    """The score of a pair, 0 to 100, and why; None where it is not likely."""
    if one.kind != other.kind or one.pk in (other.part_of,) or other.pk in (one.part_of,):
        return None
    like = len(one.words & other.words) / (len(one.words | other.words) or 1)
    if like < LIKE:
        return None
    apart = metres(one.point, other.point)
    if apart is not None and apart > FAR_M:
        return None  # two communal houses of one name in two villages
    same_unit = one.unit is not None and one.unit == other.unit
    common = sorted(decisions.get(one.pk, set()) & decisions.get(other.pk, set()))
    near = apart is not None and apart <= NEAR_M
    score = round(60 * like) + 15 * same_unit + 20 * near + 20 * bool(common)
    if not same_unit and not near and not common and one.unit is not None and other.unit is not None:
        score -= 15
    if score < LEAST:
        return None
    why: dict[str, Any] = {"name": round(like, 2), "unit": same_unit, "decision": common[0] if common else ""}
    return min(score, 100), why | ({"metres": round(apart)} if apart is not None else {})


def metres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """The way between two points (latitude, longitude in degrees) on a sphere; None where one is not known."""
    if one is None or other is None:
        return None
    north = math.radians(one[0] - other[0])
    east = math.radians(one[1] - other[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return 6_371_000 * math.hypot(north, east)


def _candidates() -> dict[int, Candidate]:
    gone = Identifier.objects.filter(model=Record._meta.label_lower).exclude(state=State.ACTIVE).values("object_id")
    rows = Record.objects.exclude(pk__in=gone).order_by().values_list(
        "pk", "kind", "name_vi", "unit_id", "unit__province", "latitude", "longitude", "coord_accuracy_m", "part_of_id"
    )  # fmt: skip
    return {
        pk: Candidate(pk, kind, words_of(name), unit, province or unit, _exact(lat, lon, accuracy), part_of)
        for pk, kind, name, unit, province, lat, lon, accuracy, part_of in rows.iterator(chunk_size=5000)
    }


def words_of(name: str) -> frozenset[str]:
    """The words of a name without marks; `Đền thờ (Thổ Kỳ)` and `Đền Thổ Kỳ` differ by one."""
    return frozenset("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())


def _exact(latitude: float | None, longitude: float | None, accuracy: int | None) -> tuple[float, float] | None:
    if latitude is None or longitude is None or (accuracy is not None and accuracy > EXACT_M):
        return None
    return latitude, longitude


def _decisions() -> dict[int, set[str]]:
    numbers: dict[int, set[str]] = defaultdict(set)
    for record, number in Designation.objects.exclude(decision_number="").values_list("record", "decision_number"):
        numbers[record].add(number.strip().upper())
    return numbers


def _groups(candidates: dict[int, Candidate], decisions: dict[int, set[str]]) -> Iterator[set[int]]:
    grouped: dict[Hashable, set[int]] = defaultdict(set)
    for each in candidates.values():
        for key in _keys(each, decisions):
            grouped[key].add(each.pk)
    yield from (group for group in grouped.values() if 1 < len(group) <= LARGEST)


def _keys(each: Candidate, decisions: dict[int, set[str]]) -> Iterator[Hashable]:
    yield "name", each.kind, each.province, each.words
    if each.unit is not None:
        yield "unit", each.kind, each.unit
    for number in decisions.get(each.pk, ()):
        yield "decision", each.kind, number
    if each.point is not None:
        row, column = math.floor(each.point[0] / CELL), math.floor(each.point[1] / CELL)
        yield from (("cell", each.kind, row + down, column + right) for down in (0, 1) for right in (0, 1))


@transaction.atomic
def _keep(found: dict[Pair, tuple[int, dict[str, Any]]]) -> int:
    known = {(pair.first_id, pair.second_id): pair for pair in LikelyPair.objects.all()}
    gone = [pair.pk for key, pair in known.items() if key not in found and pair.dismissed_at is None]
    LikelyPair.objects.filter(pk__in=gone).delete()
    changed = []
    for key, (score, why) in found.items():
        pair = known.get(key)
        if pair is not None and (pair.score, pair.why) != (score, why):
            pair.score, pair.why = score, why
            changed.append(pair)
    LikelyPair.objects.bulk_update(changed, ["score", "why"], batch_size=500)
    fresh = [
        LikelyPair(first_id=one, second_id=other, score=score, why=why, found_at=timezone.now())
        for (one, other), (score, why) in found.items()
        if (one, other) not in known
    ]
    LikelyPair.objects.bulk_create(fresh, batch_size=500)
    return LikelyPair.objects.filter(dismissed_at=None).count()
