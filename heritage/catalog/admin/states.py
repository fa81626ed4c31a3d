"""The one state that staff see of a record, derived from publication, moderation and its tombstone."""

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from heritage.catalog.models import Record
from heritage.core.models import Identifier
from heritage.core.models.identifier import State as IdentifierState


class RecordState(models.TextChoices):
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    MODERATION = "moderation", _("awaiting approval")
    RETURNED = "returned", _("returned for changes")
    CHANGED = "changed", _("public, with unpublished changes")
    PUBLIC = "public", _("public")
    DRAFT = "draft", _("draft")


def with_state(records: QuerySet[Record]) -> QuerySet[Record]:
    """Annotate each record with `state`, a value of `RecordState`, in the same query."""
    identifiers = Identifier.objects.filter(model=Record._meta.label_lower, object_id=OuterRef("pk"))
    return records.annotate(
        identifier_state=Subquery(identifiers.values("state")[:1]),
        state=Case(
            When(identifier_state=IdentifierState.WITHDRAWN, then=Value(RecordState.WITHDRAWN)),
            When(identifier_state=IdentifierState.MERGED, then=Value(RecordState.MERGED)),
            When(_in_workflow(WorkflowState.STATUS_IN_PROGRESS), then=Value(RecordState.MODERATION)),
            When(_in_workflow(WorkflowState.STATUS_NEEDS_CHANGES), then=Value(RecordState.RETURNED)),
            When(Q(live=True, has_unpublished_changes=True), then=Value(RecordState.CHANGED)),
            When(live=True, then=Value(RecordState.PUBLIC)),
            default=Value(RecordState.DRAFT),
            output_field=CharField(),
        ),
    )


def in_state(records: QuerySet[Record], state: str) -> QuerySet[Record]:
    """Those of `records` in `state`; by small sets and columns, where the annotation would be worked out for each."""
    identifiers = Identifier.objects.filter(model=Record._meta.label_lower)
    conditions = {
        RecordState.WITHDRAWN: Q(pk__in=identifiers.filter(state=IdentifierState.WITHDRAWN).values("object_id")),
        RecordState.MERGED: Q(pk__in=identifiers.filter(state=IdentifierState.MERGED).values("object_id")),
        RecordState.MODERATION: Q(pk__in=_keys_in_workflow(WorkflowState.STATUS_IN_PROGRESS)),
        RecordState.RETURNED: Q(pk__in=_keys_in_workflow(WorkflowState.STATUS_NEEDS_CHANGES)),
        RecordState.CHANGED: Q(live=True, has_unpublished_changes=True),
        RecordState.PUBLIC: Q(live=True),
        RecordState.DRAFT: Q(live=False),
    }
    for earlier, condition in conditions.items():
        if earlier == state:
            return records.filter(condition)
        records = records.exclude(condition)
    return records.none()


def _workflow_states(status: str) -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(
        base_content_type__app_label="catalog", base_content_type__model="record", status=status
    )


def _keys_in_workflow(status: str) -> QuerySet:
    return _workflow_states(status).annotate(key=Cast("object_id", models.BigIntegerField())).values("key")


def _in_workflow(status: str) -> Exists:
    return Exists(_workflow_states(status).filter(object_id=Cast(OuterRef("pk"), CharField())))
