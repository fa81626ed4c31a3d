"""What keeps groups and moderation in step: migrations, and every change of a user's roles."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save

from heritage.accounts.models import UnitRole


def connect() -> None:
    """Listen; called once when the app is ready."""
    post_save.connect(_roles_changed, sender=UnitRole, dispatch_uid="accounts.roles_saved")
    post_delete.connect(_roles_changed, sender=UnitRole, dispatch_uid="accounts.roles_deleted")
    post_migrate.connect(_migrated, dispatch_uid="accounts.migrated")


def _roles_changed(instance: UnitRole, **kwargs: Any) -> None:
    from heritage.accounts import groups

    groups.synchronise_user(instance.user)


def _migrated(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Once, after the last app: only then do all permissions and content types exist."""
    from heritage.accounts import groups, moderation

    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if using == "default" and sender.label == last.label and not kwargs.get("plan_is_partial"):
        groups.synchronise()
        moderation.synchronise()
