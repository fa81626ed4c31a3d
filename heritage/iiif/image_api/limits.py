"""The limits that hold in every image request, from the settings."""

from django.conf import settings

from heritage.iiif.image_api.parameters import Limits


def current() -> Limits:
    return Limits(settings.IIIF_MAX_WIDTH, settings.IIIF_MAX_HEIGHT, settings.IIIF_MAX_AREA)
