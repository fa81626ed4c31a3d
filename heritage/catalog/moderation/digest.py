"""The daily message about tasks that wait: counts and ages only, for a letter box is read by others too."""

import datetime as dt
import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from heritage.accounts.models import UnitRole
from heritage.catalog.models import TaskDigest
from heritage.catalog.moderation import tasks
from heritage.core.addresses import absolute

logger = logging.getLogger(__name__)

PAUSE = dt.timedelta(hours=20)
"""Between two messages to one person: with the job's hourly look, one a day."""
REMINDER = dt.timedelta(days=7)
"""After which tasks that were told of already are told of again."""
EVERY_S = 3600.0


def preference(user: Any) -> TaskDigest:
    return TaskDigest.objects.filter(user=user).first() or TaskDigest(user=user)


def want(user: Any, wanted: bool) -> None:
    """Let `user` be told by e-mail, or not."""
    TaskDigest.objects.update_or_create(user=user, defaults={"is_wanted": wanted})


def tell(now: dt.datetime | None = None, *, dry_run: bool = False) -> int:
    """Send the messages that are due; returns how many. One that fails is tried again at the next turn."""
    now = now or timezone.now()
    sent = 0
    known = {row.user_id: row for row in TaskDigest.objects.all()}
    staff = get_user_model()._default_manager.filter(is_active=True, pk__in=UnitRole.objects.values("user"))
    for user in staff.exclude(email="").order_by("pk").iterator(chunk_size=200):
        row = known.get(user.pk) or TaskDigest(user=user)
        if not row.is_wanted or (row.sent_at and now - row.sent_at < PAUSE):
            continue
        waiting = [task for task in tasks.of(user) if task.kind in tasks.OWN]
        if not _is_news(row, waiting, now):
            continue
        if dry_run:
            sent += 1
        elif _sent(user, waiting):
            sent += 1
            _remember(row, waiting, now)
    return sent


def _is_news(row: TaskDigest, waiting: list[tasks.Task], now: dt.datetime) -> bool:
    """Something new waits, or what waits was last told of a week ago."""
    if not waiting:
        return False
    new = {task.key for task in waiting} - set(row.told)
    return bool(new) or row.sent_at is None or now - row.sent_at >= REMINDER


def _remember(row: TaskDigest, waiting: list[tasks.Task], now: dt.datetime) -> None:
    TaskDigest.objects.update_or_create(
        user=row.user, defaults={"sent_at": now, "told": [task.key for task in waiting]}
    )


def _sent(user: Any, waiting: list[tasks.Task]) -> bool:
    try:
        message(user, waiting).send()
    except OSError as error:
        logger.warning("the digest of user %s was not sent: %s", user.pk, error)
        return False
    return True


def message(user: Any, waiting: list[tasks.Task]) -> EmailMessage:
    """What is sent: how many tasks of each kind, how long the oldest waits, and where they are; no name, no text."""
    profile = getattr(user, "wagtail_userprofile", None)
    address = absolute(reverse("tasks"))
    with override((profile and profile.preferred_language) or "vi"):
        lines = [
            {"heading": heading, "count": len(rows), "oldest": tasks.age(max(task.days for task in rows))}
            for _kind, heading, rows in tasks.grouped(waiting)
        ]
        count = len(waiting)
        subject = ngettext("%(count)d task is waiting for you", "%(count)d tasks are waiting for you", count)
        subject %= {"count": count}
        text = render_to_string("catalog/moderation/digest.txt", {"lines": lines, "address": address})
    made = EmailMessage(subject, text, to=[user.email])
    made.extra_headers["List-Unsubscribe"] = f"<{address}>"  # RFC 2369; the page has the switch
    return made
