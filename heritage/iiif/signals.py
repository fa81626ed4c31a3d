"""What must happen however a canvas is removed, also by a form of the admin: its files go with it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from heritage.core import outbox
from heritage.iiif import originals, stores
from heritage.iiif.models import Canvas, DigitalObject


@receiver(post_delete, sender=Canvas)
def remove_files(instance: Canvas, **_kwargs: Any) -> None:
    transaction.on_commit(lambda: _remove(instance))


@receiver(post_delete, sender=DigitalObject)
def say_that_it_is_gone(instance: DigitalObject, **_kwargs: Any) -> None:
    outbox.changed_ids("iiif.digitalobject", [instance.pk])


def _remove(canvas: Canvas) -> None:
    for place in (canvas.pyramid, canvas.technical.get("served")):
        if place:
            stores.remove(stores.pyramid(place))
    if not Canvas.objects.filter(original=canvas.original).exists():
        originals.forget(canvas.original)
