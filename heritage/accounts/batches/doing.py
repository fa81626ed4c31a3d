"""Doing a batch: in steps whose changes and progress are one transaction, so that a killed one goes on where it was."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from heritage.accounts.batches.action import LOGGED, BatchAction, Problems, RefusedError, Values, bound
from heritage.accounts.policies import policy_of
from heritage.core.models import StaffJob

LONGEST = 300
"""Characters of what stood there and what does, in the history."""

Words = dict[int, tuple[str, str]]
"""By primary key, what stands there and what will."""


def do(job: StaffJob, action: BatchAction) -> None:
    """Do what is left of `job`; rights are asked for each object when its turn comes."""
    form = bound(action, job.order["values"], job.user)
    if not form.is_valid():
        raise ValidationError(form.errors.as_text())
    keys = job.order["keys"]
    while job.done < len(keys):
        with transaction.atomic():
            _step(job, action, keys[job.done : job.done + action.step], form.cleaned_data)
            job.keep_progress()


def _step(job: StaffJob, action: BatchAction, keys: list[int], values: Values) -> None:
    found = {each.pk: each for each in action.rows(keys)}
    allowed = _allowed(job.user, action, keys)
    may = {key: found[key] for key in keys if key in found and key in allowed}
    words = {key: (action.now(each, values), action.then(each, values)) for key, each in may.items()}
    titles = {key: str(each) for key, each in found.items()}
    wanted = {key: may[key] for key, (now, then) in words.items() if now != then}
    before = {key: action.snapshot(each, values) for key, each in wanted.items()} if action.snapshot else {}
    told = {key: {"batch": job.pk, "now": words[key][0][:LONGEST], "then": words[key][1][:LONGEST]} for key in wanted}
    problems = _apply(action, wanted, values, job.user, told)
    kept = _kept(action, [key for key in wanted if key not in problems], values, before, words)
    for key in keys:
        row = {"instance": found.get(key), "title": titles.get(key, ""), "kept": kept.get(key)}
        if key not in may:
            job.add(**row, outcome="refused", reason=_("You may not change this."))
        elif key not in wanted:
            job.add(**row, outcome="unchanged", reason="")
        elif key in problems:
            job.add(**row, outcome="refused", reason=problems[key])
        else:
            now, then = words[key]
            job.add(**row, outcome="updated", reason=f"{now} → {then}" if now else then)


def _allowed(user: Any, action: BatchAction, keys: list[int]) -> set[int]:
    if user is None:
        return set()
    seen = policy_of(action.model).instances_user_has_permission_for(user, action.permission.value)
    return set(seen.filter(pk__in=keys).order_by().values_list("pk", flat=True))


def _apply(action: BatchAction, wanted: dict[int, Any], values: Values, user: Any, told: dict[int, Any]) -> Problems:
    if action.apply_many is not None:
        return action.apply_many(list(wanted.values()), values, user, told) if wanted else {}
    problems: Problems = {}
    for key, instance in wanted.items():
        try:
            with transaction.atomic():
                action.apply(instance, values, user)
                log(instance, LOGGED, user=user, data=told[key])
        except ValidationError as error:
            problems[key] = "; ".join(error.messages)
        except RefusedError as error:
            problems[key] = str(error)
    return problems


def _kept(action: BatchAction, keys: list[int], values: Values, before: dict[int, Any], words: Words) -> dict[int, Any]:
    """What an undoing needs: how each object was, how the batch left it, and what stood there in words."""
    if action.snapshot is None or not keys:
        return {}
    after = {each.pk: action.snapshot(each, values) for each in action.rows(keys)}
    return {
        key: {"before": before[key], "after": after[key], "words": words[key][0][:LONGEST]}
        for key in keys
        if key in after
    }
