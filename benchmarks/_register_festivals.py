"""The festival days of 10,000 festivals within a month. Bar: p95 20 ms."""

import datetime as dt
import random
from typing import Any

from benchmarks.support import ratio, timings

FESTIVALS = 10_000
BAR_MS = 20.0
SHOWN = 120
"""Occasions of one page of the calendar; all of a month are measured beside it."""


def measure(size: int) -> dict[str, Any]:
    from heritage.catalog import festivals
    from heritage.catalog.models import LunarRule

    count = _fill(FESTIVALS)
    months = [dt.date(2026 + index // 12, index % 12 + 1, 1) for index in range(24)]
    following = iter(months * 40)

    def month(limit: int | None) -> None:
        first = next(following)
        festivals.between(first, first + dt.timedelta(days=30), limit=limit)

    page, whole = timings(lambda: month(SHOWN), 48, 24), timings(lambda: month(None), 48, 24)
    rules = list(LunarRule.objects.all())
    days = timings(lambda: _days(rules, next(following)), 48, 24)
    return {
        "festivals": count,
        "a_page_of_the_month": page,
        "every_occasion_of_the_month_with_its_record": whole,
        "days_alone_from_rules_at_hand": days,
        "to_peer": ratio(page["p95_ms"], whole["p95_ms"]),
        "bars": {f"p95 {BAR_MS:g} ms": page["p95_ms"] <= BAR_MS},
    }


def _days(rules: list[Any], first: dt.date) -> int:
    from heritage.catalog.rules import spans

    last = first + dt.timedelta(days=30)
    return sum(
        span.last >= first and span.first <= last
        for rule in rules
        for year in (first.year - 1, first.year)
        for span in spans(rule, year)
    )


def _fill(count: int) -> int:
    """Rules for `count` records, spread over the year as festivals are: a day, a range, a month."""
    from heritage.catalog.models import LunarRule, Record

    draw = random.Random(7)
    LunarRule.objects.all().delete()
    pks = Record.objects.order_by("pk").values_list("pk", flat=True)[:count]
    rules = []
    for pk in pks:
        day = draw.randrange(1, 31)
        rules.append(LunarRule(record_id=pk, sort_order=0, month=draw.randrange(1, 13), day=day))
        if draw.random() < 0.3:
            rules[-1].end_day = min(30, day + draw.randrange(4))
    LunarRule.objects.bulk_create(rules, batch_size=1_000)
    return len(rules)
