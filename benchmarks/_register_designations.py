"""Rank and label on a day: the first 50 of the register as of a day, with the count of all. Bar: 2 queries, p95 50 ms.

The peer derives the same from the acts themselves, record by record, as a register without periods of rank would.
"""

import datetime as dt
import random
from typing import Any

from benchmarks.support import ratio, timings

BAR_MS, BAR_QUERIES = 50.0, 2
RUNS = 60


def measure(size: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from heritage.catalog.models import Rank
    from heritage.catalog.queries import count_as_of, register_as_of
    from heritage.catalog.wording import standing_label

    draw = random.Random(5)
    days = iter([dt.date(1990, 1, 1) + dt.timedelta(days=draw.randrange(13_000)) for _ in range(1_000)])

    def any_rank() -> None:
        day = next(days)
        [standing_label(row) for row in register_as_of(day)[:50]]
        count_as_of(day)

    def one_rank() -> None:
        day, rank = next(days), draw.choice([Rank.PROVINCIAL, Rank.NATIONAL, Rank.SPECIAL_NATIONAL])
        [standing_label(row) for row in register_as_of(day, rank)[:50]]
        count_as_of(day, rank)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        any_rank()
    mine, narrow, peer = timings(any_rank, RUNS), timings(one_rank, RUNS), timings(lambda: _peer(next(days)), 5, 1)
    return {
        "queries": len(asked),
        "as_of_50_with_count": mine,
        "as_of_one_rank": narrow,
        "peer_derived_from_acts": peer,
        "to_peer": ratio(mine["p95_ms"], peer["p95_ms"]),
        "bars": {
            f"p95 {BAR_MS:g} ms": max(mine["p95_ms"], narrow["p95_ms"]) <= BAR_MS,
            f"{BAR_QUERIES} queries": len(asked) <= BAR_QUERIES,
        },
    }


def _peer(day: dt.date) -> int:
    """The same list by deriving the rank of every record from its acts."""
    from itertools import groupby

    from heritage.catalog import ranking
    from heritage.catalog.models import Designation

    acts = Designation.objects.filter(record__live=True, effective_on__lte=day).order_by("record", "effective_on", "pk")
    held = 0
    for _record, some in groupby(acts.iterator(chunk_size=5_000), key=lambda act: act.record_id):
        held += bool(ranking.rank_on(map(ranking.event, some), day))
    return held
