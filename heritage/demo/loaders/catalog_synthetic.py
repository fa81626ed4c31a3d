"""Synthetic records for benchmarks: varied as a real register is, and plainly named as synthetic."""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import reset_queries, transaction
from django.utils import timezone

from heritage.catalog import standing
from heritage.catalog.models import Act, Designation, IchCategory, Kind, LunarRule, Rank, RankPeriod, Record
from heritage.core.issuing import issue_many
from heritage.core.planner import refresh_statistics
from heritage.places.models import Unit
from heritage.places.models.unit import Level

PREFIX = "SYN"
BATCH = 2000

WORDS = ["Đình", "Chùa", "Đền", "Miếu", "Nhà thờ họ", "Lăng", "Thành cổ", "Bia đá", "Giếng cổ", "Cầu ngói"]
NAMES = [
    "An",
    "Bình",
    "Cẩm",
    "Dương",
    "Đông",
    "Hà",
    "Hòa",
    "Khánh",
    "Lạc",
    "Long",
    "Mỹ",
    "Nam",
    "Ninh",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Thái",
    "Vĩnh",
    "Xuân",
    "Yên",
]
TYPES = [["historical"], ["architectural"], ["scenic"], ["archaeological"], ["historical", "architectural"]]
KINDS = [
    (Kind.MONUMENT, 60),
    (Kind.ICH, 20),
    (Kind.COMPONENT, 8),
    (Kind.OBJECT, 6),
    (Kind.DOCUMENTARY, 4),
    (Kind.TREASURE, 2),
]
RANKS: dict[Kind, list[tuple[Any, ...]]] = {
    Kind.MONUMENT: [("", 50), (Rank.PROVINCIAL, 35), (Rank.NATIONAL, 13), (Rank.SPECIAL_NATIONAL, 2)],
    Kind.ICH: [("", 60), (Rank.NATIONAL_LIST, 38), (Rank.UNESCO_REPRESENTATIVE, 2)],
    Kind.TREASURE: [(Rank.NATIONAL_TREASURE, 1)],
    Kind.DOCUMENTARY: [("", 90), (Rank.MOWCAP, 10)],
}


def make(count: int, say: Callable[[str], None]) -> None:
    """Insert `count` public synthetic records after those that are there; the same count makes the same records."""
    there = Record.objects.filter(number__startswith=f"{PREFIX}-").count()
    units = list(Unit.objects.current().filter(level=Level.COMMUNE).select_related("province").order_by("code"))
    if not units:
        raise RuntimeError("Load the administrative units first.")
    started = time.monotonic()
    drafts = _records(there, count, units)
    done = 0
    while batch := list(islice(drafts, BATCH)):
        with transaction.atomic():
            _insert(batch)
        done += len(batch)
        reset_queries()  # with DEBUG Django remembers every statement
        if done % (BATCH * 10) == 0:
            say(f"{done:,} of {count:,} synthetic records")
    refresh_statistics()
    say(f"{done:,} synthetic records in {time.monotonic() - started:.0f} s")


def _records(start: int, count: int, units: list[Unit]) -> Iterator[Record]:
    now = timezone.now()
    for index in range(start, start + count):
        draw = random.Random(index)  # noqa: S311 - repeatable, not secret
        kind = _weighted(draw, KINDS)
        unit = draw.choice(units)
        name = f"{draw.choice(WORDS)} {draw.choice(NAMES)} {draw.choice(NAMES)}"
        record = Record(
            number=f"{PREFIX}-{index + 1:07d}",
            kind=kind,
            name_vi=f"{name} (dữ liệu thử {index + 1})",
            name_en=f"Synthetic record {index + 1}",
            types=draw.choice(TYPES) if kind in (Kind.MONUMENT, Kind.COMPONENT) else [],
            ich_categories=[draw.choice(IchCategory.values[:7])] if kind == Kind.ICH else [],
            unit=unit,
            commune_printed=unit.name,
            district_printed=f"Huyện thử {draw.randrange(12) + 1}",
            province_printed=unit.province.name if unit.province else "",
            latitude=round(draw.uniform(8.6, 23.2), 5),
            longitude=round(draw.uniform(102.3, 109.3), 5),
            coord_accuracy_m=5000,
            coord_basis="commune",
            summary_vi="Hồ sơ giả dùng để đo tốc độ, không phải di sản có thật.",
            summary_en="A made-up record for measuring speed, not real heritage.",
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        record.derive()
        yield record


def _insert(batch: list[Record]) -> None:
    Record.objects.bulk_create(batch, batch_size=400)
    issue_many(Record._meta.label_lower, {record.number: record.pk for record in batch})
    acts = [act for record in batch for act in _acts(record)]
    Designation.objects.bulk_create(acts, batch_size=1000)
    by_record: dict[int, list[Designation]] = {}
    for act in acts:
        by_record.setdefault(act.record_id, []).append(act)
    RankPeriod.objects.bulk_create(
        (row for pk, some in by_record.items() for row in standing.rows(pk, some)), batch_size=1000
    )
    LunarRule.objects.bulk_create(
        (
            LunarRule(record=record, month=record.pk % 12 + 1, day=record.pk % 30 + 1, sort_order=0)
            for record in batch
            if list(record.ich_categories) == ["festival"]
        ),
        batch_size=1000,
    )


def _acts(record: Record) -> list[Designation]:
    """A decision, and for some of the higher ranks the lower one before it."""
    draw = random.Random(record.number)  # noqa: S311
    rank = _weighted(draw, RANKS.get(Kind(record.kind), [("", 1)]))
    if not rank:
        return []
    steps = (
        [Rank.PROVINCIAL, rank] if rank in (Rank.NATIONAL, Rank.SPECIAL_NATIONAL) and draw.random() < 0.4 else [rank]
    )
    made = []
    for position, step in enumerate(steps):
        act = Designation(
            record=record,
            act=Act.UPGRADE if position else Act.RANK,
            rank=step,
            decision_number=f"{draw.randrange(1, 4000)}/QĐ-THU",
            decided_on=dt.date(1990 + position * 15 + draw.randrange(15), draw.randrange(1, 13), draw.randrange(1, 28)),
        )
        act.settle()
        made.append(act)
    return made


def _weighted(draw: random.Random, choices: list[tuple]) -> str:
    values, weights = zip(*choices, strict=True)
    return draw.choices(values, weights)[0]
