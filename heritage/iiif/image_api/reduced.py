"""The reduced size of an image: a service of its own, the levels of the same pyramid from one that is small enough.

The substitute that an Auth 2.0 probe names, and where Auth 1.0 sends whoever has no right to the whole.
"""

from dataclasses import replace

from django.conf import settings

from heritage.iiif import queries
from heritage.iiif.image_api.parameters import ImageRequest, Region
from heritage.iiif.models import Audience
from heritage.iiif.queries import ServedImage

SUFFIX = "-reduced"


def factor(width: int, height: int) -> int:
    """The power of two that brings the longer side to IIIF_REDUCED_SIDE pixels or fewer."""
    found = 1
    while -(-max(width, height) // found) > settings.IIIF_REDUCED_SIDE:
        found *= 2
    return found


def size(width: int, height: int) -> tuple[int, int]:
    by = factor(width, height)
    return -(-width // by), -(-height // by)


def served(identifier: str) -> ServedImage | None:
    """The image behind `TN01.1-reduced`, open like an image of its own; None where none is offered so."""
    if not identifier.endswith(SUFFIX):
        return None
    whole = queries.served_image(identifier.removesuffix(SUFFIX))
    if whole is None or whole.audience != Audience.REDUCED:
        return None
    width, height = size(whole.width, whole.height)
    by = factor(whole.width, whole.height)
    return replace(
        whole, identifier=identifier, audience=Audience.FULL, width=width, height=height, reduced_by=by, whole=whole
    )


def on_pyramid(asked: ImageRequest, image: ServedImage) -> ImageRequest:
    """The same request in pixels of the stored image."""
    if image.reduced_by == 1:
        return asked
    by, region = image.reduced_by, asked.region
    return replace(asked, region=Region(region.x * by, region.y * by, region.width * by, region.height * by))


def is_within(asked: ImageRequest, image: ServedImage) -> bool:
    """Whether what is asked of the whole image shows no more than its reduced size does."""
    by = factor(image.width, image.height) * 0.999
    return asked.region.width >= asked.width * by and asked.region.height >= asked.height * by
