"""What waits for one person, and since when: to be decided, changed, merged, answered."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Revision, WorkflowState
from wagtail.permissions import policy_registry

from heritage.accounts.models import UnitApprovalTask
from heritage.accounts.registration import guarded_models
from heritage.accounts.roles import Action
from heritage.catalog.models import FieldComment, KeptVersion

MOST = 200
"""Tasks of one kind that are listed; the oldest first."""

DECIDE, CHANGE, MERGE, REQUEST = "decide", "change", "merge", "request"
SENT, COMMENT, WAITING = "sent", "comment", "waiting"
KINDS = {
    DECIDE: gettext_lazy("Waiting for your decision"),
    CHANGE: gettext_lazy("Returned to you for changes"),
    REQUEST: gettext_lazy("Changes requested of what is public"),
    SENT: gettext_lazy("Sent by visitors and owners"),
    MERGE: gettext_lazy("Two versions to be merged"),
    COMMENT: gettext_lazy("Comments to be answered"),
    WAITING: gettext_lazy("Submitted by you, waiting for others"),
}
OWN = (DECIDE, CHANGE, REQUEST, SENT, MERGE, COMMENT)
"""Kinds that wait for the person; the others wait for somebody else."""


@dataclass(frozen=True)
class Task:
    """`since` is when it began to wait; `screen` and `arguments` say where it is done."""

    kind: str
    instance: Any
    since: dt.datetime
    who: str = ""
    note: str = ""
    screen: str = "edit"
    arguments: tuple[Any, ...] = ()

    @property
    def days(self) -> int:
        """Whole days that it has waited."""
        return max(0, (timezone.now() - self.since).days)

    @property
    def key(self) -> str:
        """Names this task for as long as it is the same."""
        model, since = self.instance._meta.label_lower, self.since.isoformat()
        return ":".join(map(str, (self.kind, model, self.instance.pk, since, *self.arguments)))


_more: list[Callable[[Any], Iterable[Task]]] = []


def register(reader: Callable[[Any], Iterable[Task]]) -> None:
    """Let an app above tell what waits for a person: `reader` gives at most `MOST` tasks of a user."""
    if reader not in _more:
        _more.append(reader)


def of(user: Any) -> list[Task]:
    """Everything that waits for `user` or on what `user` submitted; the oldest of each kind first."""
    readers = (_decisions, _returned, _requests, _versions, _comments, _submitted, *_more)
    return sorted(
        (task for read in readers for task in read(user)), key=lambda task: (list(KINDS).index(task.kind), task.since)
    )


def _decisions(user: Any) -> Iterator[Task]:
    for step in UnitApprovalTask.objects.filter(active=True):
        states = step.get_task_states_user_can_moderate(user).select_related("workflow_state__requested_by")
        rows = list(states.order_by("started_at")[:MOST])
        for state, instance in _with_objects(rows, lambda state: state.workflow_state):
            who = str(state.workflow_state.requested_by or "")
            yield Task(DECIDE, instance, state.started_at, who, step.get_step_display())


def _returned(user: Any) -> Iterator[Task]:
    rows = _workflows(user, WorkflowState.STATUS_NEEDS_CHANGES)
    for state, instance in _with_objects(rows, lambda state: state):
        last = state.current_task_state
        yield Task(CHANGE, instance, last.finished_at or state.created_at, str(last.finished_by or ""), last.comment)


def _submitted(user: Any) -> Iterator[Task]:
    rows = _workflows(user, WorkflowState.STATUS_IN_PROGRESS)
    for state, instance in _with_objects(rows, lambda state: state):
        step = state.current_task_state
        yield Task(WAITING, instance, step.started_at, note=step.task.name, screen="workflow_history")


def _workflows(user: Any, status: str) -> list[WorkflowState]:
    rows = WorkflowState.objects.filter(requested_by=user, status=status, current_task_state__isnull=False)
    near = rows.select_related("current_task_state__finished_by", "current_task_state__task")
    return list(near.order_by("created_at")[:MOST])


def _versions(user: Any) -> Iterator[Task]:
    rows = list(KeptVersion.objects.filter(user=user, settled_at=None).order_by("created_at")[:MOST])
    for kept, instance in _with_objects(rows, lambda kept: kept):
        yield Task(MERGE, instance, kept.created_at, screen="merge", arguments=(kept.pk,))


def _requests(user: Any) -> Iterator[Task]:
    rows = list(_open_comments(user).filter(is_request=True)[:MOST])
    for said, instance in _with_objects(rows, lambda said: said, user, Action.CHANGE):
        yield Task(REQUEST, instance, said.created_at, str(said.author or ""), said.text, "comments", ())


def _comments(user: Any) -> Iterator[Task]:
    """Of others, on what the person wrote a version of."""
    written = Revision.objects.filter(
        user=user,
        base_content_type=models.OuterRef("content_type"),
        object_id=Cast(models.OuterRef("object_id"), models.CharField()),
    )
    rows = list(_open_comments(user).filter(models.Exists(written), is_request=False)[:MOST])
    for said, instance in _with_objects(rows, lambda said: said, user, Action.CHANGE):
        yield Task(COMMENT, instance, said.created_at, str(said.author or ""), said.text, "comments", ())


def _open_comments(user: Any) -> models.QuerySet[FieldComment]:
    open_ones = FieldComment.objects.filter(resolved_at=None, answer_to=None).exclude(author=user)
    return open_ones.select_related("author").order_by("created_at")


def _with_objects(rows: list[Any], of_row: Any, user: Any = None, action: str = "") -> Iterator[tuple[Any, Any]]:
    """Each row with the object that it speaks of, in one query for each kind; with `action`, where `user` may do it."""
    keys: dict[int, set[int]] = {}
    for row in rows:
        owner = of_row(row)
        keys.setdefault(_type_of(owner), set()).add(int(owner.object_id))
    objects: dict[tuple[int, int], Any] = {}
    for content_type, wanted in keys.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None or model not in guarded_models():
            continue
        allowed = policy_registry.get_by_type(model).condition(user, [action]) if action else models.Q()
        found = model._base_manager.filter(allowed, pk__in=wanted)
        objects |= {(content_type, instance.pk): instance for instance in found}
    for row in rows:
        owner = of_row(row)
        if (instance := objects.get((_type_of(owner), int(owner.object_id)))) is not None:
            yield row, instance


def _type_of(owner: Any) -> int:
    return owner.base_content_type_id if isinstance(owner, WorkflowState) else owner.content_type_id


def grouped(tasks: list[Task]) -> list[tuple[str, str, list[Task]]]:
    """Code, heading and tasks of each kind that has any."""
    return [
        (kind, str(heading), rows)
        for kind, heading in KINDS.items()
        if (rows := [task for task in tasks if task.kind == kind])
    ]


def age(days: int) -> str:
    """An age as people say it."""
    return _("today") if days == 0 else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
