"""Models of iiif."""

from heritage.iiif.models.activity import Activity, ActivityKind
from heritage.iiif.models.annotation import Annotation, AnnotationLanguage, Moderation, Motivation
from heritage.iiif.models.canvas import Canvas, State
from heritage.iiif.models.contents import Range
from heritage.iiif.models.control_point import ControlPoint
from heritage.iiif.models.digital_object import Access, Audience, Behavior, DigitalObject, ViewingDirection
from heritage.iiif.models.kept_manifest import KeptManifest
from heritage.iiif.models.page_text import PageText
from heritage.iiif.models.saved_set import SavedSet, SavedSetEntry
from heritage.iiif.models.upload import Upload, UploadState

__all__ = [
    "Access",
    "Activity",
    "ActivityKind",
    "Annotation",
    "AnnotationLanguage",
    "Audience",
    "Behavior",
    "Canvas",
    "ControlPoint",
    "DigitalObject",
    "KeptManifest",
    "Moderation",
    "Motivation",
    "PageText",
    "Range",
    "SavedSet",
    "SavedSetEntry",
    "State",
    "Upload",
    "UploadState",
    "ViewingDirection",
]
