"""Works: entering, changing, publishing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from heritage.core import ending, identifiers, outbox
from heritage.library.models import Edition, LibrarySettings, Work
from heritage.library.services.queue import settle_locked


@transaction.atomic
def save_work(work: Work) -> Work:
    """Validate and save `work`; a new one without a number gets the next `TL-…`, for ever.

    Raises:
        ValidationError: by field; nothing is saved.
    """
    work.full_clean()
    work.save()
    return work


@transaction.atomic
def amend(work: Work, change: Callable[[Work], Any], user: AbstractBaseUser | None = None) -> Work:
    """Apply `change` to what is public and to a draft that waits, which would lose it otherwise.

    Raises:
        ValidationError: the work cannot stand as it would be; nothing is saved.
    """
    draft = work.get_latest_revision_as_object() if work.has_unpublished_changes and work.latest_revision else None
    change(work)
    save_work(work)
    if draft is not None:
        change(draft)
        draft.save_revision(user=user, clean=False)
    elif work.live:
        work.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)
        work.refresh_from_db()
    else:
        work.save_revision(user=user, clean=False)
    return work


@transaction.atomic
def publish(work: Work, user: AbstractBaseUser | None = None) -> Work:
    """Make the newest version of `work` public.

    Raises:
        ValidationError: the version cannot stand as it is; nothing changes.
    """
    revision = work.latest_revision if work.has_unpublished_changes else None
    if revision is not None:
        revision.as_object().full_clean()
    (revision or work.save_revision(user=user)).publish(user=user, skip_permission_checks=True)
    identifiers.restore(work)
    work.refresh_from_db()
    outbox.changed(work)
    _settle(work)
    return work


@transaction.atomic
def withdraw(work: Work, reason_vi: str, reason_en: str = "", user: AbstractBaseUser | None = None) -> Work:
    """Take `work` off the shelves: its addresses say why, running loans go on to their end, nobody new is served.

    Raises:
        ValidationError: no reason is given.
    """
    ending.check_reason(reason_vi)
    work.unpublish(user=user)
    identifiers.withdraw(work, reason_vi.strip(), reason_en.strip())
    outbox.changed(work)
    return work


def _settle(work: Work) -> None:
    for edition in Edition.objects.select_for_update().filter(work=work).order_by("pk"):
        settle_locked(edition, LibrarySettings.load(), timezone.now())
