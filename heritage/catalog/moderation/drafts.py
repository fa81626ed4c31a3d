"""Drafts of what is public: one that says what the public reads already waits for nobody."""

from typing import Any

from django.db.models import Model

from heritage.catalog.moderation import parts


def drop_idle(instance: Model) -> bool:
    """Let `instance` have no draft any more where its newest version says what is public; returns whether it was so."""
    model = type(instance)
    row: Any = model._default_manager.get(pk=instance.pk)
    if not (row.live and row.has_unpublished_changes):
        return False
    newest = row.get_latest_revision_as_object().serializable_data()
    if parts.fingerprints(model, newest) != parts.fingerprints(model, row.serializable_data()):
        return False
    model._default_manager.filter(pk=row.pk).update(has_unpublished_changes=False)
    return True
