"""Text is stored composed (NFC), whatever keyboard or file it came from, so that equal names are equal."""

from typing import Any

from django.db import models

from heritage.core.folding import nfc


def compose(instance: models.Model) -> None:
    """Bring every text column of `instance` to NFC."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField):
            value = getattr(instance, field.attname)
            if isinstance(value, str) and not value.isascii():
                setattr(instance, field.attname, nfc(value))


class ComposedText(models.Model):
    """A row whose texts are composed whenever it is saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        compose(self)
        super().save(*args, **kwargs)
