"""Publishing many records: what one publication does, done for a whole step at once.

A record whose newest version is what its row says needs no row written but for its state; Wagtail would write it and
all its children anew. The others are published one by one (`services.publish`).
"""

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.log_actions import log
from wagtail.log_actions import registry as logs
from wagtail.models import ReferenceIndex, Revision, WorkflowState
from wagtail.signals import published

from heritage.catalog import bookkeeping, services
from heritage.catalog.models import Record
from heritage.core.models import Identifier
from heritage.core.models.identifier import State

Problems = dict[int, str]
"""By primary key, why a record was not published."""
Told = dict[int, dict[str, Any]]
"""By primary key, what its history says beside the act."""

OF_THE_STATE = frozenset(
    {
        "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision",
        "latest_revision", "locked", "locked_at", "locked_by", "expired", "modified_at", "created_at",
        "folded", "sort_vi", "sort_en",
    }
)  # fmt: skip
"""Columns that say how a record stands and what follows from the others; a revision's copies of them mean nothing."""
KEYS = [field.name for field in Record._meta.concrete_fields if isinstance(field, models.ForeignKey)]


@transaction.atomic
def publish_many(records: Iterable[Record], user: Any = None, told: Told | None = None) -> Problems:
    """Make the newest version of each of `records` public; rights are the caller's to ask.

    What cannot stand, is locked against `user` or is withdrawn stays as it is, with the reason; the rest is done.
    """
    told, chosen = told or {}, _with_children([record.pk for record in records])
    problems = _withdrawn(chosen) | {record.pk: said for record in chosen if (said := _locked(record, user))}
    in_rounds = _in_moderation(chosen)
    at_once: list[tuple[Record, Revision | None]] = []
    for record in chosen:
        if record.pk in problems:
            continue
        try:
            stands, revision = (False, None) if record.pk in in_rounds or record.go_live_at else _as_it_stands(record)
            if stands:
                record.clean_fields(exclude=KEYS)  # what the database itself holds true is not asked again
                record.clean()
                at_once.append((record, revision))
            else:
                _publish_one(record, user, told.get(record.pk))
        except ValidationError as error:
            problems[record.pk] = "; ".join(error.messages)
    _publish_as_they_stand(at_once, user, told)
    return problems


def _with_children(keys: list[int]) -> list[Record]:
    """The records with their newest revision and all that a revision holds, in a fixed number of queries."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(Record)]
    names += [field.name for field in get_all_child_m2m_relations(Record)]
    found = Record.objects.filter(pk__in=keys).select_related("latest_revision").prefetch_related(*names)
    return list(found.order_by("pk"))


def _withdrawn(records: list[Record]) -> Problems:
    own = Identifier.objects.filter(model=Record._meta.label_lower, object_id__in=[record.pk for record in records])
    gone = own.exclude(state=State.ACTIVE).values_list("object_id", flat=True)
    return dict.fromkeys(gone, _("It is withdrawn or merged; restore it first."))


def _locked(record: Record, user: Any) -> str:
    """Why `user` may not touch a record that somebody has locked; "" where they may."""
    lock = record.get_lock() if record.locked else None
    return _("Somebody has locked it.") if lock is not None and user is not None and lock.for_user(user) else ""


def _in_moderation(records: list[Record]) -> set[int]:
    """Publishing these ends a round of moderation, which Wagtail does."""
    running = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Record),
        object_id__in=[str(record.pk) for record in records],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return {int(key) for key in running.values_list("object_id", flat=True)}


def _as_it_stands(record: Record) -> tuple[bool, Revision | None]:
    """Whether the newest version is what the row says, and the revision that already holds it."""
    newest = record.latest_revision
    if newest is None:
        return True, None
    newest.content_object = record
    same = _told(json.loads(json.dumps(record.serializable_data(), cls=DjangoJSONEncoder))) == _told(newest.content)
    return same, newest if same else None


def _told(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in OF_THE_STATE}


def _publish_one(record: Record, user: Any, told: dict[str, Any] | None) -> None:
    with transaction.atomic():
        services.publish(Record.objects.get(pk=record.pk), user)
        if told:
            log(record, "accounts.batch", user=user, data=told)


def _publish_as_they_stand(chosen: list[tuple[Record, Revision | None]], user: Any, told: Told) -> None:
    if not chosen:
        return
    now, kind = timezone.now(), ContentType.objects.get_for_model(Record)
    fresh = [
        Revision(
            content_type=kind, base_content_type=kind, object_id=str(record.pk), user=user, created_at=now,
            content=record.serializable_data(), object_str=str(record),
        )
        for record, revision in chosen
        if revision is None
    ]  # fmt: skip
    made = iter(Revision.objects.bulk_create(fresh))
    records = []
    for record, revision in chosen:
        record.live_revision = record.latest_revision = revision or next(made)
        record.live, record.has_unpublished_changes, record.last_published_at = True, False, now
        records.append(record)
    _write(records, now)
    _log(records, user, told, now)
    for record in records:
        ReferenceIndex.create_or_update_for_object(record)
        published.send(sender=Record, instance=record, revision=record.live_revision)
    bookkeeping.records_were_published(records)


def _write(records: list[Record], now: Any) -> None:
    keys = [record.pk for record in records]
    Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Record),
        object_id__in=[str(key) for key in keys],
        approved_go_live_at__isnull=False,
    ).update(approved_go_live_at=None)
    Record.objects.bulk_update(records, ["live_revision", "latest_revision"])
    Record.objects.filter(pk__in=keys).update(
        live=True, expired=False, has_unpublished_changes=False, last_published_at=now, modified_at=now,
        first_published_at=Coalesce(F("first_published_at"), now),
    )  # fmt: skip


def _log(records: list[Record], user: Any, told: Told, now: Any) -> None:
    entry: Any = logs.get_log_model_for_model(Record)
    kind, act = ContentType.objects.get_for_model(Record), uuid.uuid4()
    entry.objects.bulk_create(
        entry(
            content_type=kind, object_id=str(record.pk), label=str(record), action="wagtail.publish", user=user,
            timestamp=now, uuid=act, revision=record.live_revision, content_changed=True,
            data=told.get(record.pk, {}),
        )
        for record in records
    )  # fmt: skip
