"""Models that every app may use."""

from heritage.core.models.change import Change
from heritage.core.models.identifier import Identifier
from heritage.core.models.job import JobState, StaffJob
from heritage.core.models.media import ArchiveDocument, ArchiveImage, ArchiveRendition
from heritage.core.models.ordered import FileImport, ImportState, SavedMeaning
from heritage.core.models.preview import BilingualPreviewMixin

__all__ = [
    "ArchiveDocument",
    "ArchiveImage",
    "ArchiveRendition",
    "BilingualPreviewMixin",
    "Change",
    "FileImport",
    "Identifier",
    "ImportState",
    "JobState",
    "SavedMeaning",
    "StaffJob",
]
