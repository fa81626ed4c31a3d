"""Models of iiif."""

from heritage.iiif.models.canvas import Canvas, State
from heritage.iiif.models.digital_object import Access, Behavior, DigitalObject, ViewingDirection
from heritage.iiif.models.kept_manifest import KeptManifest
from heritage.iiif.models.page_text import PageText

__all__ = [
    "Access",
    "Behavior",
    "Canvas",
    "DigitalObject",
    "KeptManifest",
    "PageText",
    "State",
    "ViewingDirection",
]
