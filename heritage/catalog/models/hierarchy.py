"""Trees of rows that name their parent: no row may stand above itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

DEEPEST = 50
"""Steps upward after which a tree is taken for a loop."""


def refuse_loop(instance: models.Model, field: str, message: Any) -> None:
    """Refuse a parent (`field`) that is the row itself or stands below it.

    Raises:
        ValidationError: for `field`, with `message`.
    """
    above = getattr(instance, f"{field}_id")
    seen = {instance.pk} if instance.pk else set()
    for _step in range(DEEPEST):
        if above is None:
            return
        if above in seen:
            break
        seen.add(above)
        above = type(instance)._base_manager.filter(pk=above).values_list(field, flat=True).first()
    raise ValidationError({field: message})
