"""Kept manifests: the JSON is made once and served until its object, its description or the program changes."""

import hashlib

from django.conf import settings

from heritage.iiif import descriptions, queries
from heritage.iiif.descriptions import Description
from heritage.iiif.image_api import limits
from heritage.iiif.models import DigitalObject, KeptManifest
from heritage.iiif.presentation import manifests
from heritage.iiif.views.answers import dumped


def stamp_of(digital_object: DigitalObject, description: Description) -> str:
    """A digest of all that the manifest is made from. Every write of iiif moves the object's `modified_at`."""
    parts = (
        manifests.VERSION,
        settings.BASE_URL,
        digital_object.modified_at,
        limits.current(),
        description,
    )
    return hashlib.sha256("\n".join(repr(part) for part in parts).encode()).hexdigest()


def manifest_json(digital_object: DigitalObject) -> bytes:
    """The manifest as JSON: from the kept form where that is still true, else made and kept."""
    description = descriptions.of(digital_object)
    stamp = stamp_of(digital_object, description)
    kept = KeptManifest.objects.filter(digital_object=digital_object, stamp=stamp).values_list("body", flat=True)
    if (body := kept.first()) is not None:
        return bytes(body)
    canvases = list(queries.ready_canvases(digital_object))
    made = dumped(manifests.manifest(digital_object, canvases, description))
    KeptManifest.objects.update_or_create(digital_object=digital_object, defaults={"stamp": stamp, "body": made})
    return made
