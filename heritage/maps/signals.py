"""What follows from every save of a place, through the admin too: its permanent number, and a note in the outbox."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import published, unpublished

from heritage.core import identifiers, outbox
from heritage.maps.models import Place


def connect() -> None:
    post_save.connect(_saved, sender=Place, dispatch_uid="maps.place.saved")
    post_delete.connect(_changed, sender=Place, dispatch_uid="maps.place.deleted")
    published.connect(_changed, sender=Place, dispatch_uid="maps.place.published")
    unpublished.connect(_changed, sender=Place, dispatch_uid="maps.place.unpublished")


def _saved(instance: Place, raw: bool = False, **_kwargs: Any) -> None:
    if raw:
        return
    identifiers.issue(instance, instance.number)
    outbox.changed(instance)


def _changed(instance: Place, **_kwargs: Any) -> None:
    outbox.changed(instance)
