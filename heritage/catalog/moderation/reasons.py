"""Why something was changed: kept with the history's entry of the version, shown wherever versions are."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

LONGEST = 500
"""Characters of a reason."""

ALWAYS, PUBLIC, NEVER = "always", "public", "never"
"""What `settings.EDIT_REASONS` may say."""


def give(instance: models.Model, revision: Revision, reason: str) -> None:
    """Keep `reason` with the entry of the history that tells how `revision` came to be."""
    entry = log_registry.get_logs_for_instance(instance).filter(revision=revision).order_by("-timestamp", "-pk").first()
    if entry is not None and reason:
        entry.data = {**entry.data, "reason": reason[:LONGEST]}
        entry.save(update_fields=["data"])


def is_needed(instance: Any) -> bool:
    """Whether a change of `instance` that goes on its way must say why, and has not said it in a draft since."""
    if settings.EDIT_REASONS == NEVER or (settings.EDIT_REASONS == PUBLIC and not instance.live):
        return False
    entries = log_registry.get_logs_for_instance(instance)
    if instance.last_published_at:
        entries = entries.filter(timestamp__gt=instance.last_published_at)
    return not any(entry.data.get("reason") for entry in entries)


def are_needed(rows: models.QuerySet) -> bool:
    """Whether what changes all of `rows` at once must say why."""
    if settings.EDIT_REASONS == NEVER:
        return False
    return (rows if settings.EDIT_REASONS == ALWAYS else rows.filter(live=True)).exists()


def between(instance: models.Model, older: Revision, newer: Revision) -> Iterator[Any]:
    """Entries with a reason of the versions made after `older` up to `newer`, the oldest first."""
    rows = log_registry.get_logs_for_instance(instance).select_related("user").order_by("timestamp", "pk")
    made = rows.filter(revision__created_at__gt=older.created_at, revision__created_at__lte=newer.created_at)
    return (entry for entry in made if entry.data.get("reason"))


class Edited(LogFormatter):
    """An edit, and what services note as one; the reason as the history's comment."""

    gives_reason = True
    label = gettext_lazy("Edit")

    def format_message(self, entry: Any) -> Any:
        told = entry.data
        if told.get("merged_into"):
            return _("Merged into %(number)s") % {"number": told["merged_into"]}
        if told.get("withdrawn"):
            return _("Withdrawn")
        if told.get("restored"):
            return _("Restored")
        return _("Decision recorded") if told.get("designation") else _("Edited")

    def format_comment(self, entry: Any) -> Any:
        told = entry.data
        return told.get("reason") or told.get("withdrawn") or told.get("designation") or ""
