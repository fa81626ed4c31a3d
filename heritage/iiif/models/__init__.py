"""Models of iiif."""

from heritage.iiif.models.activity import Activity, ActivityKind
from heritage.iiif.models.annotation import Annotation, AnnotationLanguage, Moderation, Motivation, TextFormat
from heritage.iiif.models.canvas import Canvas, State
from heritage.iiif.models.caption import Caption, CaptionKind, CaptionLanguage
from heritage.iiif.models.contents import Range, RangeBehavior
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
    "Caption",
    "CaptionKind",
    "CaptionLanguage",
    "ControlPoint",
    "DigitalObject",
    "KeptManifest",
    "Moderation",
    "Motivation",
    "PageText",
    "Range",
    "RangeBehavior",
    "SavedSet",
    "SavedSetEntry",
    "State",
    "TextFormat",
    "Upload",
    "UploadState",
    "ViewingDirection",
]
