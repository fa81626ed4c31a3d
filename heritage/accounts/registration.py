"""Guarding every model that says to which administrative units its objects belong."""

from django.apps import apps
from django.db import models
from wagtail.permissions import register_permission_policy

from heritage.accounts.policies import UnitPermissionPolicy


def guarded_models() -> list[type[models.Model]]:
    """All models with a class attribute `unit_fields`."""
    return [model for model in apps.get_models() if getattr(model, "unit_fields", None)]


def register_policies() -> None:
    """Give each guarded model its policy before anything asks Wagtail for one."""
    for model in guarded_models():
        register_permission_policy(model, UnitPermissionPolicy(model))
