"""Keeping the index in step: taking up changes, building anew beside the live index, comparing with the database."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from heritage.core import outbox
from heritage.core.models import Change
from heritage.search import building, engines, indexers, liveness
from heritage.search.contract import owner_of
from heritage.search.engines.base import Builder, Engine
from heritage.search.fields import Analysed, analyse
from heritage.search.indexers.base import forget
from heritage.search.models import Rebuild, RebuildState

logger = logging.getLogger(__name__)

DURING_REBUILD = "search-rebuild"
"""Changes under this consumer wait for the index that is being built."""
WHOLE_INDEX = "search.index"
"""A change of this model asks for a rebuild."""
CHECKPOINT = 25_000
"""Objects after which what has been built is committed, so that a killed rebuild can go on from there."""
_BATCH = 1_000
_SILENT_SECONDS = 300
_RESUMABLE_SECONDS = 24 * 3600

Progress = Callable[[int, int], None]


def take_up(objects: list[outbox.ChangedObject]) -> None:
    """The outbox's consumer: bring the live index up to date with `objects`.

    Raises:
        EngineAwayError: nothing is lost, the outbox hands the same objects over again.
    """
    forget()
    if unfinished() is not None:
        _keep_for_rebuild(objects)
    engine = engines.current()
    if _needs_building(engine, objects):
        rebuild(engine)
        return
    upserts, deletions = _changes((one.model, one.pk) for one in objects)
    engine.apply(upserts, deletions)


def _needs_building(engine: Engine, objects: list[outbox.ChangedObject]) -> bool:
    """A missing or broken index is built whole; so is one that somebody asked to have built."""
    state = engine.state()
    if state.is_buildable and running() is None:
        logger.warning("building the search index: %s", state.problem)
        return True
    return any(one.model == WHOLE_INDEX for one in objects) and running() is None


def ask_for_rebuild() -> None:
    """Let the worker build the index; asked often, it is done once."""
    if not Change.objects.filter(consumer="search", model=WHOLE_INDEX).exists():
        outbox.changed_ids(WHOLE_INDEX, [0])


def _changes(objects: Iterable[tuple[str, int]]) -> tuple[list[Analysed], list[str]]:
    """Documents to write and ids to remove, for objects that changed in whatever way."""
    by_model: dict[str, set[int]] = defaultdict(set)
    for model, pk in objects:
        by_model[model].add(pk)
    upserts: list[Analysed] = []
    deletions: list[str] = []
    for model, pks in by_model.items():
        for indexer in indexers.following(model):
            found = [analyse(document) for document in indexer.documents(pks)]
            upserts += found
            seen = {one.owner for one in found}
            deletions += [owner for owner in (f"{indexer.model}:{pk}" for pk in sorted(pks)) if owner not in seen]
    return upserts, deletions


def _one_of(model: str, pks: Iterable[int]) -> tuple[list[Analysed], list[str]]:
    """The same for objects of one indexer, named by the index rather than by the outbox."""
    indexer = indexers.of(model)
    if indexer is None:  # a kind that is no longer indexed
        return [], [f"{model}:{pk}" for pk in pks]
    wanted = list(pks)
    found = [analyse(document) for document in indexer.documents(wanted)]
    seen = {one.owner for one in found}
    return found, [owner for owner in (f"{model}:{pk}" for pk in wanted) if owner not in seen]


def running() -> Rebuild | None:
    """The rebuild under way; one whose process is gone counts no more.

    On this machine that is known at once, of another after five minutes without a sign of life.
    """
    latest = timezone.now() - dt.timedelta(seconds=_SILENT_SECONDS)
    row = Rebuild.objects.filter(state=RebuildState.RUNNING, seen_at__gte=latest).first()
    return None if row is None or liveness.is_gone(row.host) else row


def look_after() -> None:
    """The worker's: have an index built that is missing or broken, or whose building was killed, though nobody edits.

    A building that was stopped by hand waits for a hand, as long as there is an index.
    """
    if running() is not None:
        return
    row = unfinished()
    if (row is not None and row.state == RebuildState.RUNNING) or engines.current().state().is_buildable:
        ask_for_rebuild()


def unfinished() -> Rebuild | None:
    """The rebuild under way, or one that was stopped and may still be gone on with; changes are kept for it."""
    since = timezone.now() - dt.timedelta(seconds=_RESUMABLE_SECONDS)
    return Rebuild.objects.filter(state__in=RebuildState.unfinished(), seen_at__gte=since).first()


def _keep_for_rebuild(objects: Iterable[outbox.ChangedObject]) -> None:
    Change.objects.bulk_create(Change(consumer=DURING_REBUILD, model=one.model, object_id=one.pk) for one in objects)


class RebuildRunningError(Exception):
    """Another rebuild is under way."""


def rebuild(engine: Engine | None = None, progress: Progress | None = None, *, anew: bool = False) -> Rebuild:
    """Build the whole index beside the live one and switch to it.

    Edits made meanwhile go to the live index and are done again in the new one, before and after the switch, so that
    none is missed. Killed or failed at any point, the live index is as it was; one that was killed or interrupted
    within the last day is gone on with, unless `anew`.

    Raises:
        RebuildRunningError: one at a time.
    """
    if running() is not None:
        raise RebuildRunningError
    engine = engine or engines.current()
    try:
        with liveness.building_here() as host:
            row = _built(engine, host, progress, anew=anew)
    except BlockingIOError as error:
        raise RebuildRunningError from error
    _replay(engine.apply)
    return row


def _built(engine: Engine, host: str, progress: Progress | None, *, anew: bool) -> Rebuild:
    forget()
    row = None if anew else _resumable(engine)
    row = row or _begun(engine)
    row.host = host
    row.save()
    try:
        with engine.build(row.generation) as builder:
            row.generation = builder.generation
            _fill(builder, row, progress)
            _replay(builder.apply)
            builder.switch()
    except BaseException as error:
        stopped = isinstance(error, KeyboardInterrupt | SystemExit)
        _end(row, RebuildState.STOPPED if stopped else RebuildState.FAILED, f"{type(error).__name__}: {error}")
        raise
    _end(row, RebuildState.DONE)
    return row


def _resumable(engine: Engine) -> Rebuild | None:
    row = unfinished()
    if row is None or row.engine != engine.name or not row.generation or not engine.can_resume(row.generation):
        return None
    logger.warning("going on with the search index %s at %s of %s", row.generation, row.done, row.total)
    row.state, row.seen_at, row.resumed = RebuildState.RUNNING, timezone.now(), row.resumed + 1
    return row


def _begun(engine: Engine) -> Rebuild:
    Rebuild.objects.filter(state__in=RebuildState.unfinished()).update(
        state=RebuildState.FAILED, ended_at=timezone.now(), error="stopped without a word"
    )
    Change.objects.filter(consumer=DURING_REBUILD).delete()
    return Rebuild.objects.create(engine=engine.name, total=building.total())


def _end(row: Rebuild, state: RebuildState, error: str = "") -> None:
    row.state, row.ended_at, row.error = state, timezone.now(), error[:2000]
    row.save()


def _fill(builder: Builder, row: Rebuild, progress: Progress | None) -> None:
    """Add everything behind the row's position; what is committed and how far that is are kept in step."""
    left = building.parts(row.model, row.position)
    may_be_there = row.done > 0  # killed between a commit and its note, some may be in already
    done = row.done
    row.save()
    for part, documents in building.in_order(building.analysed, left, building.processes(row.total - done)):
        builder.apply(documents, ()) if may_be_there else builder.add(documents)
        done += part.rows
        if done - row.done >= CHECKPOINT:
            builder.checkpoint()
            row.done, row.model, row.position, row.seen_at = done, part.model, part.until, timezone.now()
            row.save()
            may_be_there = False
        Rebuild.objects.filter(pk=row.pk).update(seen_at=timezone.now(), shown=done)
        if progress:
            progress(done, row.total)
    row.done = row.shown = done


def _replay(apply: Callable[[Iterable[Analysed], Iterable[str]], None]) -> None:
    """Do again what changed during the build, until nothing is left."""
    while rows := list(Change.objects.filter(consumer=DURING_REBUILD).order_by("pk")[:_BATCH]):
        apply(*_changes((row.model, row.object_id) for row in rows))
        Change.objects.filter(pk__in=[row.pk for row in rows]).delete()


@dataclass
class Difference:
    """How the index differs from the database."""

    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.missing or self.outdated or self.surplus)


def compare(engine: Engine | None = None, progress: Progress | None = None) -> Difference:
    """Compare every document with the index, by digest."""
    engine = engine or engines.current()
    forget()
    held = dict(engine.contents())
    found = Difference()
    total = building.total()
    done, owner = 0, ""
    for document in building.every_document():
        digest = held.pop(document.id, None)
        if digest is None:
            found.missing.append(document.id)
        elif digest != analyse(document).digest:
            found.outdated.append(document.id)
        else:
            found.same += 1
        done, owner = done + (document.owner != owner), document.owner
        if progress and done % _BATCH == 0:
            progress(done, total)
    found.surplus = sorted(held)
    return found


def mend(difference: Difference, engine: Engine | None = None) -> None:
    """Write what is missing or outdated, remove what is too much."""
    engine = engine or engines.current()
    by_model: dict[str, set[int]] = defaultdict(set)
    for identity in (*difference.missing, *difference.outdated, *difference.surplus):
        model, _colon, pk = owner_of(identity).partition(":")
        by_model[model].add(int(pk))
    for model, pks in by_model.items():
        names = iter(sorted(pks))
        while batch := list(islice(names, _BATCH)):
            engine.apply(*_one_of(model, batch))
