"""How records stood in the register on any day: kept from each change on, before that read from revisions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Revision

from heritage.catalog.models import Authority, Record, StatePeriod
from heritage.catalog.models.designation import STILL
from heritage.core.inserting import insert_rows, update_rows
from heritage.places.models import Unit

NAMES = ("record_id", "since", "until", "kind", "lacks", "unit_id")


@dataclass(frozen=True)
class State:
    """What of a record the figures of a day count."""

    kind: str
    lacks: str
    unit: int | None


Dated = tuple[dt.date, State]


def lacks_text(codes: Iterable[str]) -> str:
    """Codes as they are kept: `;cover;unit;`."""
    found = ";".join(codes)
    return f";{found};" if found else ""


def standing_on(day: dt.date, condition: Q | None = None) -> QuerySet[StatePeriod]:
    """The periods that cover `day` and fulfil `condition`; at most one of each record."""
    return StatePeriod.objects.filter(condition or Q(), since__lte=day, until__gt=day)


def stood(records: QuerySet[Record], day: dt.date, condition: Q | None = None) -> QuerySet[Record]:
    """Those of `records` that the register had on `day`, and of which `condition` held then (fields of the period)."""
    return records.filter(pk__in=standing_on(day, condition).order_by().values("record"))


def within(unit: Unit) -> Q:
    """A condition on periods: the record was in `unit` or, of a province, in one of its communes."""
    return Q(unit=unit) | Q(unit__province=unit)


def lacked(code: str) -> Q:
    """A condition on periods: the thing of this code was missing; for "" nothing was."""
    return Q(lacks__contains=f";{code};") if code else Q(lacks="")


def today() -> dt.date:
    return timezone.localdate()


def remember(states: dict[int, State]) -> None:
    """Note how records stand now, by key: what is new begins a period today, and ends the one before."""
    day = today()
    open_rows = {row.record_id: row for row in StatePeriod.objects.filter(record__in=states, until=STILL)}
    ended, begun, mended = [], [], []
    for pk, state in states.items():
        row = open_rows.get(pk)
        if row is None or (row.kind, row.lacks, row.unit_id) == (state.kind, state.lacks, state.unit):
            continue
        if row.since >= day:
            mended.append((row.pk, state.kind, state.lacks, state.unit))
        else:
            ended.append((row.pk, day))
            begun.append((pk, day, STILL, state.kind, state.lacks, state.unit))
    update_rows(StatePeriod, ("until",), ended)
    update_rows(StatePeriod, ("kind", "lacks", "unit_id"), mended)
    unknown = {pk: state for pk, state in states.items() if pk not in open_rows}
    insert_rows(StatePeriod, NAMES, [*begun, *_of_the_past(unknown)])


def _of_the_past(states: dict[int, State]) -> list[tuple[Any, ...]]:
    """Periods of records of which none is kept yet: from what their revisions say up to how they stand now."""
    if not states:
        return []
    past = _by_revisions(states)
    there = set(Unit.objects.values_list("pk", flat=True)) if past else set()
    found: list[tuple[Any, ...]] = []
    dates = Record.objects.filter(pk__in=states).values_list("pk", "created_at", "modified_at")
    for pk, created, modified in dates:
        steps = past.get(pk, [])
        if not steps or steps[-1][1] != states[pk]:
            day = timezone.localdate(modified if steps else created)
            steps = [step for step in steps if step[0] < day] + [(day, states[pk])]
        first = min(timezone.localdate(created), steps[0][0])
        steps[0] = (first, steps[0][1])
        ends = [since for since, _state in steps[1:]] + [STILL]
        found += [
            (pk, since, until, state.kind, state.lacks, state.unit if not past or state.unit in there else None)
            for (since, state), until in zip(steps, ends, strict=True)
        ]
    return found


def _by_revisions(states: dict[int, State]) -> dict[int, list[Dated]]:
    """By record, the states that its revisions tell, each with its first day; drafts that wait are left out."""
    kind = ContentType.objects.get_for_model(Record)
    waiting = dict(
        Record.objects.filter(pk__in=states, has_unpublished_changes=True, live=True).values_list(
            "pk", "live_revision_id"
        )
    )
    revisions = Revision.objects.filter(base_content_type=kind, object_id__in=map(str, states))
    offices = {pk: (since, until) for pk, since, until in Authority.objects.values_list("pk", "since", "until")}
    found: dict[int, list[Dated]] = defaultdict(list)
    rows = revisions.order_by("created_at", "pk").values_list("pk", "object_id", "created_at", "content")
    for revision, key, created_at, content in rows.iterator(chunk_size=200):
        pk = int(key)
        if pk in waiting and revision > (waiting[pk] or 0):
            continue
        day, state = timezone.localdate(created_at), _told(content, offices)
        steps = found[pk]
        if steps and steps[-1][0] == day:
            steps.pop()
        if not steps or steps[-1][1] != state:
            steps.append((day, state))
    return found


def _told(content: dict[str, Any], offices: dict[int, tuple[dt.date | None, dt.date | None]]) -> State:
    """The state that the content of a revision tells, by the same table as `admin.missing.LACKS`."""
    acts = content.get("designations") or []
    lacking = {
        "unit": content.get("unit") is None,
        "point": content.get("latitude") is None,
        "cover": content.get("cover") is None,
        "summary": not content.get("summary_vi"),
        "english": not content.get("name_en"),
        "designation": not any(act.get("decision_number") for act in acts),
        "authority": any(_is_outside(act, offices) for act in acts),
        "source": not content.get("sources"),
    }
    codes = lacks_text(code for code, is_lacking in lacking.items() if is_lacking)
    return State(str(content.get("kind") or ""), codes, content.get("unit"))


def _is_outside(act: dict[str, Any], offices: dict[int, tuple[dt.date | None, dt.date | None]]) -> bool:
    since, until = offices.get(act.get("authority") or 0, (None, None))
    day = str(act.get("decided_on") or "")
    return bool(day) and ((since is not None and f"{since}" > day) or (until is not None and f"{until}" < day))
