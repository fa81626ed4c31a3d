"""The soft lock: who opens an object for editing first holds it; others read it until it is free.

Wagtail's editing sessions are the sign of life: a hold is in force while a session of its person has been heard of
within `settings.EDIT_HOLD_HEARTBEAT` seconds and the person did something within `settings.EDIT_HOLD_INACTIVITY`.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log

from heritage.accounts.models import User
from heritage.catalog.models import EditHold

TAKEN_OVER = "catalog.take_over"


def of(instance: models.Model) -> models.QuerySet[EditHold]:
    """The row of `instance`, in force or not."""
    return rows_of(ContentType.objects.get_for_model(instance), instance.pk)  # as the sessions: the concrete model


def rows_of(content_type: ContentType, key: Any) -> models.QuerySet[EditHold]:
    """By the key that a session has as text; what has other keys than numbers is not held."""
    return EditHold.objects.filter(content_type=content_type, object_id=key if str(key).isdigit() else -1)


def in_force(rows: models.QuerySet[EditHold]) -> models.QuerySet[EditHold]:
    """Those of `rows` whose person still has the object open and is not idle."""
    now = timezone.now()
    alive = EditingSession.objects.filter(
        content_type=models.OuterRef("content_type"),
        object_id=Cast(models.OuterRef("object_id"), models.CharField()),
        user=models.OuterRef("user"),
        last_seen_at__gte=now - dt.timedelta(seconds=settings.EDIT_HOLD_HEARTBEAT),
    )
    lately = now - dt.timedelta(seconds=settings.EDIT_HOLD_INACTIVITY)
    return rows.filter(models.Exists(alive), active_at__gte=lately).select_related("user")


def holder(instance: models.Model) -> EditHold | None:
    """Who holds `instance` now, and since when; None where it is free."""
    return in_force(of(instance)).first()


def take(instance: models.Model, user: Any, held: EditHold | None = None) -> None:
    """Let `user` hold `instance`; with `held`, their own hold in force, they go on since the same moment."""
    now = timezone.now()
    hold = EditHold(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        user_id=user.pk,
        since=held.since if held and held.user_id == user.pk else now,
        active_at=now,
    )
    EditHold.objects.bulk_create(
        [hold],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["user", "since", "active_at"],
    )


def let_go(instance: models.Model, user: Any) -> None:
    """End the hold of `user`, who has left the form; a heartbeat that is still on its way brings no hold back."""
    of(instance).filter(user=user.pk).delete()


@transaction.atomic
def take_over(instance: models.Model, user: User) -> EditHold | None:
    """Let `user` hold `instance` instead of whoever does; the history says from whom. Rights are the caller's to ask.

    Returns:
        The hold that was ended; None where it was free or one's own.
    """
    former = holder(instance)
    if former is None or former.user_id == user.pk:
        take(instance, user, former)
        return None
    log(instance, TAKEN_OVER, user=user, data={"from": str(former.user), "since": former.since.isoformat()})
    take(instance, user)
    return former


def heard_of(sender: Any, instance: EditingSession, **_others: Any) -> None:
    """A page in which something is typed says so with its heartbeat."""
    if instance.is_editing:
        rows = rows_of(instance.content_type, instance.object_id)
        rows.filter(user=instance.user_id).update(active_at=timezone.now())
