"""Ordering changes of many records and undoing them: a few at once, many by the worker."""

import logging
from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heritage.accounts import batches
from heritage.accounts.batches import BatchAction, RefusedError, Values
from heritage.catalog.batches import ACTIONS
from heritage.catalog.models import Batch, BatchedRecord, Outcome
from heritage.core import jobs, languages
from heritage.core.models import JobState

logger = logging.getLogger(__name__)

AT_ONCE = 25
"""So many records are changed while their user waits; more are left to the worker."""
MOST = 200_000
"""Records of one batch."""
UNDO = "undo"


def order(action: BatchAction, values: dict[str, Any], keys: list[int], user: Any) -> Batch:
    """Do `action` with the raw `values` of its form to the records of `keys`; done already where they are few."""
    return _ordered(action.name, values, keys, user)


def order_undo(of: Batch, user: Any) -> Batch:
    """Bring back what `of` changed, where nobody has changed it since."""
    changed = of.rows.filter(outcome=Outcome.UPDATED, kept__isnull=False).order_by("record")
    return _ordered(UNDO, {}, list(changed.values_list("record", flat=True)), user, undo_of=of)


def can_undo(of: Batch) -> bool:
    """Whether `of` has ended, has changed something and was not undone yet."""
    return (
        not of.is_open
        and of.undo_of_id is None
        and not of.undoings.exists()
        and of.rows.filter(outcome=Outcome.UPDATED, kept__isnull=False).exists()
    )


def label_of(batch: Batch) -> str:
    """What was done, in words."""
    if batch.undo_of is not None:
        return _("Undo: %(what)s") % {"what": label_of(batch.undo_of)}
    return str(ACTIONS[batch.action].label) if batch.action in ACTIONS else batch.action


def run_waiting() -> int:
    """Do all that waits; returns how many batches ended, in whatever state."""
    return jobs.run_waiting(Batch, run, resumes=True)


def run(batch: Batch) -> Batch:
    """Do `batch`, which nobody else does, to its end."""
    try:
        with translation.override(batch.order["language"]):
            action = ACTIONS[batch.action] if batch.undo_of is None else _undoing(batch.undo_of)
            batches.do(batch, action)
    except Exception as error:
        logger.exception("The batch %s failed", batch.pk)
        jobs.end(batch, JobState.FAILED, problem=f"{type(error).__name__}: {error}"[:500])
    else:
        jobs.end(batch)
    return batch


def _ordered(name: str, values: dict[str, Any], keys: list[int], user: Any, **more: Any) -> Batch:
    said = {"keys": keys, "values": values, "language": languages.current()}
    batch = Batch.objects.create(action=name, order=said, user=user, total=len(keys), **more)
    taken = jobs.take(Batch, batch.pk) if len(keys) <= AT_ONCE else None
    return run(taken) if taken else batch


def _undoing(of: Batch) -> BatchAction:
    """The action that brings back what `of` changed."""
    done = ACTIONS[of.action]
    form = batches.bound(done, of.order["values"], of.user)
    form.is_valid()
    values: Values = form.cleaned_data

    def kept(record: Any) -> dict[str, Any]:
        if not hasattr(record, "_kept"):
            record._kept = BatchedRecord.objects.get(batch=of, record=record.pk).kept
        return record._kept

    def apply(record: Any, _nothing: Values, user: Any) -> None:
        if done.snapshot is None or done.undo is None or done.snapshot(record, values) != kept(record)["after"]:
            raise RefusedError(_("It was changed since, and stays as it is now."))
        done.undo(record, kept(record)["before"], user)

    return replace(
        done,
        name=UNDO,
        label=gettext_lazy("Undo"),
        now=lambda record, _nothing: done.now(record, values),
        then=lambda record, _nothing: kept(record)["words"],
        apply=apply,
        apply_many=None,
        form=batches.BatchForm,
        snapshot=None,
        undo=None,
    )
