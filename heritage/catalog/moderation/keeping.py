"""Keeping what somebody typed on a version that is no longer the newest, and merging it into the newest."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from heritage.accounts.models import User
from heritage.catalog.models import KeptVersion
from heritage.catalog.moderation import merging, parts, reasons
from heritage.catalog.moderation.merging import Merged


class MovedOnError(Exception):
    """A third version was saved while the two were being compared: look again."""


def keep(mine: Any, base: Mapping[str, str], user: User, reason: str = "") -> KeptVersion:
    """Keep `mine`, an object as a form would have saved it, made from the version with the fingerprints `base`."""
    return KeptVersion.objects.create(
        content_type=ContentType.objects.get_for_model(mine, for_concrete_model=False),
        object_id=mine.pk,
        user=user,
        content=mine.serializable_data(),
        base=dict(base),
        reason=reason,
    )


def waiting(instance: models.Model, user: Any) -> models.QuerySet[KeptVersion]:
    """What `user` has typed on `instance` and not yet merged, newest first."""
    content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    return KeptVersion.objects.filter(
        content_type=content_type, object_id=instance.pk, user=user.pk, settled_at=None
    ).order_by("-pk")


def stamp(instance: Any) -> str:
    """What names the newest version of `instance`; one written over, or moved to another unit, gets another name."""
    newest = instance.latest_revision
    return f"{newest.pk}@{parts.fingerprint(newest.content)}" if newest else f"@{getattr(instance, 'unit_id', '')}"


def joined(kept: KeptVersion, instance: Any, choices: Mapping[str, str] | None = None) -> Merged:
    """The two versions as one; `instance` is the stored object."""
    theirs = instance.get_latest_revision_as_object().serializable_data()
    mine = instance.with_content_json(kept.content).serializable_data()
    return merging.merge(type(instance), kept.base, mine, theirs, choices)


@transaction.atomic
def settle(kept: KeptVersion, choices: Mapping[str, str], seen: str, user: User) -> Revision:
    """Save both versions as one.

    Args:
        choices: by key of each part that both changed, `mine` or `theirs`.
        seen: the `stamp` of the version that was compared with.

    Raises:
        MovedOnError: somebody has saved once more.
        ValidationError: a part still waits for a choice, or what was chosen cannot stand together.
    """
    model: Any = kept.content_type.model_class()
    instance = model._base_manager.select_for_update().get(pk=kept.object_id)
    if stamp(instance) != seen:
        raise MovedOnError
    merged = joined(kept, instance, choices)
    if merged.conflicts:
        raise ValidationError(_("Choose one of the two versions in each row."))
    result = instance.with_content_json(merged.content)
    if not instance.live:
        result.save()  # as the edit form does: what is not public has its draft in its own row
    revision = result.save_revision(user=user, clean=False, log_action="catalog.merge_versions")
    reasons.give(result, revision, kept.reason)
    _settled(kept)
    return revision  # type: ignore[no-any-return]


def set_aside(kept: KeptVersion) -> None:
    """Go on with the newest version; what was typed stays in the archive, out of the way."""
    _settled(kept)


def _settled(kept: KeptVersion) -> None:
    kept.settled_at = timezone.now()
    kept.save(update_fields=["settled_at"])


def readmit(instance: Any, formset: str, keys: list[int]) -> None:
    """Give `instance` back, for reading a form into it, the child rows of these keys that it no longer has."""
    child = parts.relations(type(instance))[formset]
    manager = getattr(instance, formset)
    there = {row.pk for row in manager.all()}
    gone = [key for key in keys if key not in there]
    found = child._default_manager.in_bulk(gone)
    manager.add(*(found.get(key) or child(pk=key) for key in gone))
