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
    parts_vi: str = ""
    parts_en: str = ""


@dataclass(frozen=True)
class Period:
    """`rank` is held from `since` until the day before `until`."""

    rank: str
    since: dt.date
    until: dt.date = STILL


@dataclass(frozen=True)
class Change:
    """Parts added to what is ranked (`is_added`) or struck off it, in a year or, where that is not known, ever."""

    is_added: bool
    parts_vi: str
    parts_en: str
    year: int | None


@dataclass(frozen=True)
class Standing:
    """A period of rank with the act that gave it (`Event.key`) and the changes of scope until then."""

    rank: str
    since: dt.date
    until: dt.date
    act: int
    scope: tuple[Change, ...] = ()


def event(designation: Designation) -> Event:
    part = designation.part
    return Event(
        key=designation.pk or 0,
        act=designation.act,
        rank=designation.rank,
        day=designation.effective_on,
        concerns_parts=designation.concerns_parts,
        corrects=designation.corrects_id,
        parts_vi=designation.parts_vi or (part.name_vi if part else ""),
        parts_en=designation.parts_en or ((part.name_en or part.name_vi) if part else ""),
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


def standings(events: Iterable[Event]) -> list[Standing]:
    """The periods of `periods`, divided further where another act gave the same rank or the scope changed."""
    given = list(events)
    settled = sorted(_corrected(given), key=lambda one: (one.day, one.key))
    found: list[Standing] = []
    for period in periods(given):
        scheme = scheme_of(period.rank)
        own = [one for one in settled if scheme_of(one.rank) == scheme and one.day < period.until]
        days = {period.since} | {one.day for one in own if one.day > period.since}
        for since, until in itertools.pairwise([*sorted(days), period.until]):
            until_then = [one for one in own if one.day <= since]
            one = Standing(period.rank, since, until, _giving(until_then, period.rank), _scope(until_then))
            if found and found[-1].until == since and _same(found[-1], one):
                found[-1] = replace(found[-1], until=until)
            else:
                found.append(one)
    return found


def _same(one: Standing, other: Standing) -> bool:
    return (one.rank, one.act, one.scope) == (other.rank, other.act, other.scope)


def _giving(events: list[Event], rank: str) -> int:
    """The first act of the unbroken run that gave `rank` to the whole; a second ranking gives nothing new."""
    key = 0
    for one in events:
        if one.concerns_parts or one.act not in (Act.RANK, Act.UPGRADE, Act.CANCEL):
            continue
        gives = one.act != Act.CANCEL and one.rank == rank
        key = (key or one.key) if gives else 0
    return key


def _scope(events: list[Event]) -> tuple[Change, ...]:
    """Parts added and struck off since the whole was last cancelled."""
    found: list[Change] = []
    for one in events:
        if one.act == Act.CANCEL and not one.concerns_parts:
            found = []
        elif one.concerns_parts and one.act in (Act.ADD_PARTS, Act.RANK, Act.CANCEL):
            year = None if one.day == UNKNOWN_DAY else one.day.year
            found.append(
                Change(one.act != Act.CANCEL, one.parts_vi or one.parts_en, one.parts_en or one.parts_vi, year)
            )
    return tuple(found)


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


__all__ = [
    "STILL",
    "UNKNOWN_DAY",
    "Change",
    "Event",
    "Period",
    "Standing",
    "event",
    "periods",
    "rank_on",
    "standings",
]
