"""info.json: what can be asked of an image (Image API 3.0, section 5; 2.1.1, section 5)."""

from typing import Any

from heritage.iiif import addresses
from heritage.iiif.image_api.parameters import Limits
from heritage.iiif.presentation import authorization
from heritage.iiif.pyramids import TILE
from heritage.iiif.queries import ServedImage

CONTEXT = "http://iiif.io/api/image/3/context.json"
CONTEXT_2 = "http://iiif.io/api/image/2/context.json"
PROTOCOL = "http://iiif.io/api/image"
LEVEL_2 = "http://iiif.io/api/image/3/level2.json"
LEVEL_2_OF_2 = "http://iiif.io/api/image/2/level2.json"

EXTRA_FEATURES = [
    "canonicalLinkHeader",
    "mirroring",
    "profileLinkHeader",
    "regionSquare",
    "rotationArbitrary",
    "sizeUpscaling",
]


def scale_factors(width: int, height: int) -> list[int]:
    """1, 2, 4, ... until one tile holds the image: the levels that the pyramid has."""
    factors = [1]
    while width // factors[-1] > TILE or height // factors[-1] > TILE:
        factors.append(factors[-1] * 2)
    return factors


def sizes(image: ServedImage, limits: Limits) -> list[dict[str, int]]:
    """The pyramid's levels as whole images, smallest first; those over the limits left out."""
    found = [
        {"width": -(-image.width // factor), "height": -(-image.height // factor)}
        for factor in reversed(scale_factors(image.width, image.height))
    ]
    return [size for size in found if limits.admit(size["width"], size["height"])]


def version_3(image: ServedImage, limits: Limits) -> dict[str, Any]:
    """The document of Image API 3.0."""
    info: dict[str, Any] = {
        "@context": CONTEXT,
        "id": addresses.image_service(image.identifier),
        "type": "ImageService3",
        "protocol": PROTOCOL,
        "profile": "level2",
        "width": image.width,
        "height": image.height,
        "maxWidth": limits.max_width,
        "maxHeight": limits.max_height,
        "maxArea": limits.max_area,
        "sizes": sizes(image, limits),
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": scale_factors(image.width, image.height)}],
        "preferredFormats": ["jpg", "webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFormats": ["webp", "gif", "tif", "avif"],
        "extraFeatures": EXTRA_FEATURES,
    }
    if image.rights:
        info["rights"] = image.rights
    if services := _services(image):
        info["service"] = services
    return info


def _services(image: ServedImage) -> list[dict[str, Any]]:
    """How to get at the whole, where not everybody gets it; a reduced size names the services of its whole."""
    whole = image.whole or image
    return authorization.services(whole.identifier, whole.audience)


def version_2(image: ServedImage, limits: Limits) -> dict[str, Any]:
    """The document of Image API 2.1.1, for clients that know no newer one."""
    profile = {
        "formats": ["jpg", "png", "webp", "gif", "tif", "avif"],
        "qualities": ["default", "color", "gray", "bitonal"],
        "supports": ["mirroring", "regionSquare", "rotationArbitrary", "sizeAboveFull", "canonicalLinkHeader", "cors"],
        "maxWidth": limits.max_width,
        "maxHeight": limits.max_height,
        "maxArea": limits.max_area,
    }
    info: dict[str, Any] = {
        "@context": CONTEXT_2,
        "@id": addresses.image_2_service(image.identifier),
        "protocol": PROTOCOL,
        "profile": [LEVEL_2_OF_2, profile],
        "width": image.width,
        "height": image.height,
        "sizes": sizes(image, limits),
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": scale_factors(image.width, image.height)}],
    }
    if image.rights:
        info["license"] = image.rights
    if services := authorization.versions_1_of((image.whole or image).audience):
        info["service"] = services
    return info
