"""Classes of a choropleth: a few round bounds, the same for every year, so that a shade always means the same."""

import math
from collections.abc import Iterable

MOST = 5
STEPS = (1, 2, 5)


def breaks(values: Iterable[int]) -> list[int]:
    """The least value of each class, ascending from 1; at most `MOST`, and [] where nothing is above 0.

    Bounds are 1, 2 or 5 times a power of ten, spread over the order of magnitude: counts of heritage are many small
    ones and a few large ones, which classes of equal width would put all into the first.
    """
    largest = max((value for value in values if value > 0), default=0)
    if not largest:
        return []
    ladder = [step * 10**power for power in range(int(math.log10(largest)) + 1) for step in STEPS]
    ladder = [bound for bound in ladder if bound <= largest]
    if len(ladder) <= MOST:
        return ladder
    spread = [ladder[round(place * (len(ladder) - 1) / (MOST - 1))] for place in range(MOST)]
    return sorted(set(spread))
