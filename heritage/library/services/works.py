"""Works: entering, publishing, withdrawing."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from heritage.core import identifiers, outbox
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
def publish(work: Work, user: AbstractBaseUser | None = None) -> Work:
    """Make the present text of `work` public."""
    work.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    identifiers.restore(work)
    work.refresh_from_db()
    outbox.changed(work)
    _settle(work)
    return work


@transaction.atomic
def withdraw(work: Work, reason_vi: str, reason_en: str = "", user: AbstractBaseUser | None = None) -> Work:
    """Take `work` off the shelves: its addresses say why, running loans go on to their end, nobody new is served."""
    work.unpublish(user=user)
    identifiers.withdraw(work, reason_vi, reason_en)
    outbox.changed(work)
    return work


def _settle(work: Work) -> None:
    for edition in Edition.objects.select_for_update().filter(work=work).order_by("pk"):
        settle_locked(edition, LibrarySettings.load(), timezone.now())
