"""Saying that an object changed."""

from django.utils import timezone

from heritage.core import outbox
from heritage.iiif.models import DigitalObject


def touch(digital_object: DigitalObject) -> None:
    """Say that the object changed: its manifest is made anew and harvesters hear of it."""
    digital_object.modified_at = timezone.now()
    digital_object.save(update_fields=["modified_at"])
    outbox.changed(digital_object)
