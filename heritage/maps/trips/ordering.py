"""The best order of a day's stops: the shortest way from the first one through all others, by the straight line.

Up to `EXACT` stops by dynamic programming over subsets (Held and Karp, 1962), so truly the shortest; up to `MOST` by
2-opt and or-opt moves from every nearest-neighbour start, which in practice is the shortest or within a few per cent.
"""

import itertools
from collections.abc import Sequence
from functools import cache

from heritage.maps.trips.legs import Point, straight

EXACT = 10
MOST = 20
Matrix = list[list[float]]


def best_order(points: Sequence[Point], keep_first: bool = True) -> list[int]:
    """Positions of `points` in the best order; the first stays first where `keep_first`.

    Raises:
        ValueError: more than `MOST` points.
    """
    count = len(points)
    if count > MOST:
        raise ValueError(f"{count} stops; at most {MOST} are put in order")
    if count < 3:
        return list(range(count))
    metres = [[straight(a, b) for b in points] for a in points]
    starts = [0] if keep_first else list(range(count))
    if count <= EXACT:
        return min((_exact(metres, start) for start in starts), key=lambda order: length(metres, order))
    return min((_improved(metres, start, second) for start in starts for second in range(count) if second != start),
               key=lambda order: length(metres, order))  # fmt: skip


def length(metres: Matrix, order: Sequence[int]) -> float:
    return sum(metres[a][b] for a, b in itertools.pairwise(order))


def _exact(metres: Matrix, start: int) -> list[int]:
    @cache
    def rest(here: int, left: frozenset[int]) -> tuple[float, tuple[int, ...]]:
        """The shortest way from `here` through all of `left`."""
        if not left:
            return 0.0, ()
        ways = ((metres[here][one], one, rest(one, left - {one})) for one in left)
        far, one, (further, order) = min(ways, key=lambda way: (way[0] + way[2][0], way[1]))
        return far + further, (one, *order)

    return [start, *rest(start, frozenset(range(len(metres))) - {start})[1]]


def _improved(metres: Matrix, start: int, second: int) -> list[int]:
    order = [start, second]
    left = set(range(len(metres))) - {start, second}
    while left:
        nearest = min(left, key=lambda one: (metres[order[-1]][one], one))
        order.append(nearest)
        left.remove(nearest)
    best = length(metres, order)
    while True:
        better = min(_moves(order), key=lambda one: length(metres, one))
        if length(metres, better) >= best - 1e-6:
            return order
        order, best = better, length(metres, better)


def _moves(order: list[int]) -> list[list[int]]:
    """Every turned-round stretch and every stop put elsewhere; the first stop stays."""
    count = len(order)
    turned = [order[:i] + order[i : j + 1][::-1] + order[j + 1 :] for i in range(1, count) for j in range(i + 1, count)]
    moved = []
    for i in range(1, count):
        without = order[:i] + order[i + 1 :]
        moved += [[*without[:j], order[i], *without[j:]] for j in range(1, count) if j != i]
    return turned + moved
