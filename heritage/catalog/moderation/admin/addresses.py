"""Addresses of the admin's screens of one object."""

from typing import Any

from django.db import models
from django.urls import reverse


def address_of(instance: models.Model, screen: str, *arguments: Any) -> str:
    """Where a screen of `instance` stands: `edit`, `history`, `merge`, ..."""
    namespace = f"wagtailsnippets_{instance._meta.app_label}_{instance._meta.model_name}"
    return reverse(f"{namespace}:{screen}", args=[instance.pk, *arguments])
