"""From dated acts to periods of rank: plain values in, plain values out, whatever order the acts were typed in."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from heritage.catalog.models.designation import STILL, UNKNOWN_DAY, Designation
from heritage.catalog.models.vocabulary import Act, Scheme, scheme_of


@dataclass(frozen=True)
class Event:
    """What of an act bears upon the rank. `key` orders acts of one day: the later registered counts last."""

    key: int
    act: str
    rank: str
    day: dt.date
    concerns_parts: bool = False
    corrects: int | None = None


@dataclass(frozen=True)
class Period:
    """`rank` is held from `since` until the day before `until`."""

    rank: str
    since: dt.date
    until: dt.date = STILL


def event(designation: Designation) -> Event:
    return Event(
        key=designation.pk or 0,
        act=designation.act,
        rank=designation.rank,
        day=designation.effective_on,
        concerns_parts=designation.concerns_parts,
        corrects=designation.corrects_id,
    )


def periods(events: Iterable[Event]) -> list[Period]:
    """The periods of rank, oldest first, no two overlapping.

    Acts follow one another by date within their own scheme; while an international listing holds, it is the rank, since
    it is the highest that documents and living heritage can have. Honours (World Heritage) stand beside the rank.
    """
    settled = sorted(_corrected(list(events)), key=lambda one: (one.day, one.key))
    state = _steps(settled, Scheme.STATE)
    world = _steps(settled, Scheme.WORLD)
    days = sorted({day for day, _rank in state + world})
    found: list[Period] = []
    for day, end in itertools.pairwise([*days, STILL]):
        rank = _on(world, day) or _on(state, day)
        if found and found[-1].rank == rank and found[-1].until == day:
            found[-1] = replace(found[-1], until=end)
        elif rank:
            found.append(Period(rank, day, end))
    return found


def rank_on(events: Iterable[Event], day: dt.date) -> str:
    """The rank on `day`, "" where there is none: a second road to what the periods say."""
    return next((period.rank for period in periods(events) if period.since <= day < period.until), "")


def _corrected(events: list[Event]) -> list[Event]:
    """Acts as put right: a correction speaks of the act it corrects, and counts from that act's day."""
    by_key = {one.key: one for one in events}
    right = {one.key: one for one in events if one.act != Act.CORRECT}
    for correction in sorted((one for one in events if one.act == Act.CORRECT), key=lambda one: (one.day, one.key)):
        root = _root(correction, by_key)
        if root is not None and correction.rank:
            right[root.key] = replace(right[root.key], rank=correction.rank)
    return list(right.values())


def _root(correction: Event, by_key: dict[int, Event]) -> Event | None:
    """The act at the end of a chain of corrections; None where the chain is broken or goes round."""
    seen: set[int] = set()
    one: Event | None = correction
    while one is not None and one.act == Act.CORRECT:
        if one.key in seen or one.corrects is None:
            return None
        seen.add(one.key)
        one = by_key.get(one.corrects)
    return one


def _steps(events: list[Event], scheme: Scheme) -> list[tuple[dt.date, str]]:
    """Days on which the rank of `scheme` becomes something else."""
    steps: list[tuple[dt.date, str]] = []
    for one in events:
        if one.concerns_parts or scheme_of(one.rank) != scheme:
            continue
        if one.act in (Act.RANK, Act.UPGRADE):
            steps.append((one.day, one.rank))
        elif one.act == Act.CANCEL:
            steps.append((one.day, ""))
    return steps


def _on(steps: list[tuple[dt.date, str]], day: dt.date) -> str:
    return next((rank for since, rank in reversed(steps) if since <= day), "")


__all__ = ["STILL", "UNKNOWN_DAY", "Event", "Period", "event", "periods", "rank_on"]
