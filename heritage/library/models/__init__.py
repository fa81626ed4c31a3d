"""Models of the library, one file per concept."""

from heritage.library.models.app_password import AppPassword
from heritage.library.models.authority import AuthorityKind, AuthorityName
from heritage.library.models.card import CardState, ReaderCard
from heritage.library.models.edition import (
    Access,
    AudioTrack,
    Chapter,
    Edition,
    EditionKind,
    FileFormat,
    PageDirection,
    Transcript,
)
from heritage.library.models.job import Job, JobState
from heritage.library.models.lending import Hold, HoldEnd, Loan, LoanEnd
from heritage.library.models.question import Question
from heritage.library.models.reading import Mark, MarkKind, Reading
from heritage.library.models.settings import LibrarySettings
from heritage.library.models.shelf_summary import ShelfSummary
from heritage.library.models.subject import Subject
from heritage.library.models.work import Audience, Contributor, Language, Licence, Role, Work
from heritage.library.models.works_import import WorksImport, WorksMeaning

__all__ = [
    "Access",
    "AppPassword",
    "Audience",
    "AudioTrack",
    "AuthorityKind",
    "AuthorityName",
    "CardState",
    "Chapter",
    "Contributor",
    "Edition",
    "EditionKind",
    "FileFormat",
    "Hold",
    "HoldEnd",
    "Job",
    "JobState",
    "Language",
    "LibrarySettings",
    "Licence",
    "Loan",
    "LoanEnd",
    "Mark",
    "MarkKind",
    "PageDirection",
    "Question",
    "ReaderCard",
    "Reading",
    "Role",
    "ShelfSummary",
    "Subject",
    "Transcript",
    "Work",
    "WorksImport",
    "WorksMeaning",
]
